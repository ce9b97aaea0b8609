import { useTranslation } from 'react-i18next'
import type { Proposal } from '../../shared/proposals.ts'
import { Sources } from '../recommendations/Sources.tsx'
import { Sheet } from '../ui/Sheet.tsx'

/** All that a proposal came from. */
export function ProposalSources({ proposal }: { proposal: Proposal }) {
  return (
    <div className="stack stack-wide">
      <Sources recommendation={proposal} />
      <ThemesAndVotes proposal={proposal} />
    </div>
  )
}

/** The themes that it takes up, and the votes that it rests on; nothing when there are none. */
export function ThemesAndVotes({ proposal: { themes, votes } }: { proposal: Pick<Proposal, 'themes' | 'votes'> }) {
  const { t } = useTranslation()
  return (
    <>
      {themes.length > 0 && (
        <Sheet title={t('proposals.themes')} aside={themes.length}>
          <p>{themes.map(({ name }) => name).join(t('proposals.between'))}</p>
        </Sheet>
      )}
      {votes.length > 0 && (
        <Sheet title={t('proposals.votes')} aside={votes.length}>
          {votes.map(({ id, question, outcome }) => (
            <blockquote key={id} className="source">
              {question}
              {outcome && <div className="soft small">{t(`chairing.vote.outcome.${outcome}`)}</div>}
            </blockquote>
          ))}
        </Sheet>
      )}
    </>
  )
}
