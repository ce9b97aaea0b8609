import { useTranslation } from 'react-i18next'
import type { ProposalSummary } from '../../shared/proposals.ts'
import type { ProposalStatus } from '../../shared/review-machine.ts'
import { useMe } from '../identity/MeContext.tsx'
import { StateTag, type Tone } from '../ui/StateTag.tsx'
import { When } from '../ui/When.tsx'

const tones: Record<ProposalStatus, Tone> = {
  draft: 'plain',
  received: 'next',
  'first-review': 'next',
  'second-review': 'next',
  ready: 'good',
  merged: 'plain',
  dropped: 'plain',
}

export function ProposalTag({ proposal: { status, returned } }: { proposal: Pick<ProposalSummary, 'status' | 'returned'> }) {
  const { t } = useTranslation()
  if (status === 'draft' && returned !== null) return <StateTag tone="warn">{t('proposals.returnedTag')}</StateTag>
  return <StateTag tone={tones[status]}>{t(`proposals.status.${status}`)}</StateTag>
}

/** Who reviews it now, and since when. */
export function ClaimedBy({ claim }: Pick<ProposalSummary, 'claim'>) {
  const { t } = useTranslation()
  const { actor } = useMe()
  if (!claim) return <span className="soft">{t('proposals.unclaimed')}</span>
  return (
    <span>
      {claim.accountId === actor.accountId ? t('proposals.claimedByMe') : t('proposals.claimedBy', { name: claim.name })}{' '}
      <span className="soft small">
        <When at={claim.at} />
      </span>
    </span>
  )
}
