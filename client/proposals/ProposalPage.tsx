import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import { type Proposal, standingOf } from '../../shared/proposals.ts'
import { reviewMovesFor } from '../../shared/review-machine.ts'
import { useMe } from '../identity/MeContext.tsx'
import { useWatch } from '../meetings/useMeeting.ts'
import { useCommand } from '../transport/useCommand.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { LinkButton } from '../ui/LinkButton.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { AnswerSheet } from './AnswerSheet.tsx'
import { fieldsOf } from './form.ts'
import { ProposalForm } from './ProposalForm.tsx'
import { ProposalSources } from './ProposalSources.tsx'
import { ProposalSteps } from './ProposalSteps.tsx'
import { ProposalTag } from './ProposalTag.tsx'
import { ReviewSheet } from './ReviewSheet.tsx'
import { SignerList } from './Signers.tsx'
import { useProposal, useTakeProposal } from './useProposal.ts'
import '../recommendations/recommendations.css'
import './proposals.css'

export function ProposalPage() {
  const { proposalId = '' } = useParams()
  return <Loaded of={useProposal(proposalId)}>{(proposal) => <Shown key={proposal.id} proposal={proposal} />}</Loaded>
}

/** A draft of one's own is written; anything else is read. */
function Shown({ proposal }: { proposal: Proposal }) {
  const { actor } = useMe()
  useWatch(proposal.meetingId)
  const mine = proposal.proposer.id === actor.accountId
  return mine && proposal.status === 'draft' ? <Writing proposal={proposal} /> : <Detail proposal={proposal} mine={mine} />
}

function Writing({ proposal }: { proposal: Proposal }) {
  const navigate = useNavigate()
  const meeting = useQueryOf('meeting', { meetingId: proposal.meetingId })
  return (
    <Loaded of={meeting}>
      {(found) => (
        <ProposalForm
          meeting={found}
          id={proposal.id}
          proposal={proposal}
          initial={fieldsOf(proposal)}
          onSaved={() => undefined}
          onAccepted={() => void navigate(`/recommendations/${proposal.id}`)}
        >
          <DropButton proposalId={proposal.id} />
        </ProposalForm>
      )}
    </Loaded>
  )
}

function Detail({ proposal, mine }: { proposal: Proposal; mine: boolean }) {
  const { t } = useTranslation()
  const { title, body, measures, meetingId, meetingTitle, proposer, signers, status, number, mergedInto, merged } = proposal
  return (
    <section className="page">
      <PageHead
        title={title || t('proposals.untitled')}
        sub={
          <div className="row row-wide soft page-under">
            <ProposalTag proposal={proposal} />
            <span>{t('proposals.by', { name: proposer.name })}</span>
            <Link to={`/meetings/${meetingId}`}>{meetingTitle}</Link>
          </div>
        }
      >
        {status === 'ready' && (
          <LinkButton type="primary" to={`/recommendations/${proposal.id}`}>
            {number}
          </LinkButton>
        )}
        {mine && <WithdrawButton proposal={proposal} />}
      </PageHead>
      <div className="columns">
        <div className="stack stack-wide">
          {mergedInto && (
            <div>
              {t('proposals.mergedInto')} <Link to={`/recommendations/proposals/${mergedInto.id}`}>{mergedInto.title}</Link>
            </div>
          )}
          <AnswerSheet proposal={proposal} />
          <ReviewSheet proposal={proposal} />
          <Sheet title={t('recommendations.text')}>
            <div className="pre">{body}</div>
            {measures.length > 0 && (
              <>
                <h3 className="measures-title">{t('proposals.measures')}</h3>
                <ol className="measure-list">
                  {measures.map((measure) => (
                    <li key={measure} className="pre">
                      {measure}
                    </li>
                  ))}
                </ol>
              </>
            )}
          </Sheet>
          {signers.length > 0 && (
            <Sheet title={t('proposals.signers')}>
              <SignerList signers={signers} />
            </Sheet>
          )}
          {merged.length > 0 && (
            <Sheet title={t('proposals.merged')} aside={merged.length}>
              <ul className="plain-list stack">
                {merged.map((one) => (
                  <li key={one.id}>
                    <Link to={`/recommendations/proposals/${one.id}`}>{one.title}</Link> <span className="soft">{one.proposerName}</span>
                  </li>
                ))}
              </ul>
            </Sheet>
          )}
          <Sheet title={t('proposals.history')}>
            <ProposalSteps proposal={proposal} />
          </Sheet>
        </div>
        <ProposalSources proposal={proposal} />
      </div>
    </section>
  )
}

function WithdrawButton({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const withdraw = useCommand('proposal:withdraw')
  const take = useTakeProposal()
  if (!reviewMovesFor(actor, standingOf(proposal), new Date()).includes('withdraw')) return null
  return (
    <>
      <Button loading={withdraw.pending} onClick={() => void withdraw.send({ proposalId: proposal.id }).then(take)}>
        {t('proposals.move.withdraw')}
      </Button>
      <FailureNote failure={withdraw.failure} />
    </>
  )
}

function DropButton({ proposalId }: { proposalId: string }) {
  const { t } = useTranslation()
  const drop = useCommand('proposal:drop')
  const take = useTakeProposal()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button type="text" danger onClick={() => setAsking(true)}>
        {t('proposals.move.drop')}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t('proposals.dropTitle')}
          text={t('proposals.dropText')}
          okText={t('proposals.move.drop')}
          danger
          pending={drop.pending}
          failure={drop.failure}
          onOk={() => void drop.send({ proposalId }).then(take)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}
