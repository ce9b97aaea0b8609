import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Proposal } from '../../shared/proposals.ts'
import { isUnderReview } from '../../shared/review-machine.ts'
import { useMe } from '../identity/MeContext.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { useTakeProposal } from './useProposal.ts'

/** For whoever was asked to sign: signs these words, or declines. */
export function AnswerSheet({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const answer = useCommand('proposal:answer')
  const take = useTakeProposal()
  const { id: proposalId, signers, status, textVersion, proposer } = proposal
  const mine = signers.find(({ accountId }) => accountId === actor.accountId)
  if (!mine || (status !== 'draft' && !isUnderReview(status))) return null
  const signed = mine.answer === 'signed' && mine.current
  const send = async (sign: boolean) => take(await answer.send({ proposalId, sign, textVersion }))
  return (
    <Sheet title={t('proposals.askedTitle')}>
      <div className="stack">
        <p>
          {mine.answer === 'signed' && !mine.current
            ? t('proposals.askedAgain', { name: proposer.name })
            : t(`proposals.asked.${mine.answer}`, { name: proposer.name })}
        </p>
        <FailureNote failure={answer.failure} />
        <div className="row">
          {!signed && (
            <Button type="primary" loading={answer.pending} onClick={() => void send(true)}>
              {t('proposals.sign')}
            </Button>
          )}
          {!(mine.answer === 'declined' && mine.current) && (
            <Button loading={answer.pending} onClick={() => void send(false)}>
              {t(signed ? 'proposals.unsign' : 'proposals.decline')}
            </Button>
          )}
        </div>
      </div>
    </Sheet>
  )
}
