import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { can } from '../../shared/policy.ts'
import { type Proposal, standingOf } from '../../shared/proposals.ts'
import { isLive, isUnderReview, type ReviewMove, reviewMovesFor } from '../../shared/review-machine.ts'
import { useMe } from '../identity/MeContext.tsx'
import { ReasonDialog } from '../recommendations/ReasonDialog.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { When } from '../ui/When.tsx'
import { MergeDialog } from './MergeDialog.tsx'
import { ClaimedBy } from './ProposalTag.tsx'
import { useTakeProposal } from './useProposal.ts'

/** For reviewers: who has it, and exactly what may be done with it now. */
export function ReviewSheet({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const subject = { meetingId: proposal.meetingId, regionCodes: proposal.regionCodes }
  if (!can(actor, 'proposal:review', subject)) return null
  const moves = reviewMovesFor(actor, standingOf(proposal), new Date())
  const secondNeeded = proposal.status === 'second-review' && proposal.firstReviewer?.id === actor.accountId && !proposal.sameReviewer
  if (!isUnderReview(proposal.status) && !moves.includes('unmerge')) return null
  return (
    <Sheet title={t('proposals.review')} aside={isUnderReview(proposal.status) && <ClaimedBy claim={proposal.claim} />}>
      <div className="stack">
        {proposal.firstReviewer && isUnderReview(proposal.status) && (
          <div className="soft">{t('proposals.firstReviewedBy', { name: proposal.firstReviewer.name })}</div>
        )}
        {secondNeeded && <div>{t('proposals.secondNeeded')}</div>}
        {isUnderReview(proposal.status) && <ClaimButtons proposal={proposal} needed={!secondNeeded} />}
        {moves.length > 0 && <MoveButtons proposal={proposal} moves={moves} />}
      </div>
    </Sheet>
  )
}

/** `needed` when nothing can be done without claiming it first. */
function ClaimButtons({ proposal: { id: proposalId, claim, meetingId, regionCodes }, needed }: { proposal: Proposal; needed: boolean }) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const take = useTakeProposal()
  const claiming = useCommand('proposal:claim')
  const release = useCommand('proposal:release')
  const takeOver = useCommand('proposal:take-over')
  const [asking, setAsking] = useState(false)
  const held = isLive(claim, new Date()) ? claim : null
  if (held === null)
    return (
      <div className="stack">
        {needed && <div className="soft">{t('proposals.claimHelp')}</div>}
        <FailureNote failure={claiming.failure} />
        <div>
          <Button
            type={needed ? 'primary' : 'default'}
            loading={claiming.pending}
            onClick={() => void claiming.send({ proposalId }).then(take)}
          >
            {t('proposals.claim')}
          </Button>
        </div>
      </div>
    )
  if (held.accountId === actor.accountId)
    return (
      <div className="row">
        <span className="soft">
          {t('proposals.claimUntil')} <When at={held.until} />
        </span>
        <Button loading={release.pending} onClick={() => void release.send({ proposalId }).then(take)}>
          {t('proposals.release')}
        </Button>
        <FailureNote failure={release.failure} />
      </div>
    )
  if (!can(actor, 'proposal:take-over', { meetingId, regionCodes })) return null
  return (
    <div>
      <Button onClick={() => setAsking(true)}>{t('proposals.takeOver')}</Button>
      {asking && (
        <ReasonDialog
          title={t('proposals.takeOverFrom', { name: claim?.name ?? '' })}
          button={t('proposals.takeOver')}
          {...takeOver}
          submit={async (reason) => take(await takeOver.send({ proposalId, fromId: held.accountId, reason }))}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  )
}

function MoveButtons({ proposal, moves }: { proposal: Proposal; moves: readonly ReviewMove[] }) {
  const { t } = useTranslation()
  const take = useTakeProposal()
  const receive = useCommand('proposal:receive')
  const pass = useCommand('proposal:pass')
  const approve = useCommand('proposal:approve')
  const sendBack = useCommand('proposal:return')
  const unmerge = useCommand('proposal:unmerge')
  const [dialog, setDialog] = useState<'return' | 'merge' | 'unmerge' | null>(null)
  const proposalId = proposal.id
  const remarkField = useId()
  const [remark, setRemark] = useState('')
  const onward = {
    receive: { ...receive, go: () => receive.send({ proposalId }) },
    pass: { ...pass, go: () => pass.send({ proposalId, remark }) },
    approve: { ...approve, go: () => approve.send({ proposalId, remark }) },
  }
  const goOn = async (move: keyof typeof onward) => {
    if (take(await onward[move].go())) setRemark('')
  }
  const close = () => setDialog(null)
  return (
    <div className="stack">
      {(moves.includes('pass') || moves.includes('approve')) && (
        <div>
          <label htmlFor={remarkField}>{t('proposals.remark')}</label>
          <Input.TextArea
            id={remarkField}
            value={remark}
            maxLength={500}
            autoSize={{ minRows: 2, maxRows: 8 }}
            onChange={(event) => setRemark(event.target.value)}
          />
        </div>
      )}
      <FailureNote failure={receive.failure ?? pass.failure ?? approve.failure} />
      <div className="row">
        {(['receive', 'pass', 'approve'] as const)
          .filter((move) => moves.includes(move))
          .map((move) => (
            <Button key={move} type="primary" loading={onward[move].pending} onClick={() => void goOn(move)}>
              {t(`proposals.move.${move}`)}
            </Button>
          ))}
        {(['return', 'merge', 'unmerge'] as const)
          .filter((move) => moves.includes(move))
          .map((move) => (
            <Button key={move} onClick={() => setDialog(move)}>
              {t(`proposals.move.${move}`)}
            </Button>
          ))}
      </div>
      {dialog === 'return' && (
        <ReasonDialog
          title={t('proposals.move.return')}
          button={t('proposals.move.return')}
          {...sendBack}
          submit={async (reason) => take(await sendBack.send({ proposalId, reason }))}
          onClose={close}
        >
          <p className="soft">{t('proposals.returnHelp')}</p>
        </ReasonDialog>
      )}
      {dialog === 'unmerge' && (
        <ReasonDialog
          title={t('proposals.move.unmerge')}
          button={t('proposals.move.unmerge')}
          {...unmerge}
          submit={async (reason) => take(await unmerge.send({ proposalId, reason }))}
          onClose={close}
        >
          <p className="soft">{t('proposals.unmergeHelp')}</p>
        </ReasonDialog>
      )}
      {dialog === 'merge' && <MergeDialog proposal={proposal} onClose={close} />}
    </div>
  )
}
