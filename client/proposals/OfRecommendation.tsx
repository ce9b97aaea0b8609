import { useTranslation } from 'react-i18next'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { ThemesAndVotes } from './ProposalSources.tsx'
import { ProposalSteps } from './ProposalSteps.tsx'
import './proposals.css'

/** How a recommendation came about. One from before there were proposals has none, and then nothing is shown. */
export function HowItCameAbout({ recommendationId }: { recommendationId: string }) {
  const { t } = useTranslation()
  const { data } = useQueryOf('proposal', { proposalId: recommendationId })
  if (!data) return null
  return (
    <Sheet title={t('proposals.history')}>
      <ProposalSteps proposal={data} />
    </Sheet>
  )
}

/** What else a recommendation came from, beside suggestions and passages. */
export function OtherSources({ recommendationId }: { recommendationId: string }) {
  const { data } = useQueryOf('proposal', { proposalId: recommendationId })
  return data ? <ThemesAndVotes proposal={data} /> : null
}
