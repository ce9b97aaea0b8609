import { useTranslation } from 'react-i18next'
import { choices, type Rule, type Vote } from '../../shared/votes.ts'
import { StateTag } from '../ui/StateTag.tsx'
import './chairing.css'

/** What a vote needs to carry, in words. */
export function useRuleText() {
  const { t } = useTranslation()
  return ({ majority, base }: Rule) => t(`chairing.vote.ruleText.${base}`, { majority: t(`chairing.vote.majority.${majority}`) })
}

/** A closed vote: the outcome, the numbers, and of an open one who chose what. */
export function VoteResult({ vote }: { vote: Vote }) {
  const { t } = useTranslation()
  const ruleText = useRuleText()
  const { result, question, secret, ballots } = vote
  if (!result) return null
  const { present, quorum, outcome } = result
  return (
    <div className="vote-result">
      <h2>{question}</h2>
      <p>
        <StateTag tone={outcome === 'carried' ? 'good' : 'next'}>
          <b>{t(`chairing.vote.outcome.${outcome}`)}</b>
        </StateTag>
      </p>
      <dl className="vote-numbers">
        {choices.map((choice) => (
          <div key={choice}>
            <dt>{t(`chairing.vote.choice.${choice}`)}</dt>
            <dd>{result[choice]}</dd>
          </div>
        ))}
      </dl>
      <p className="soft small">
        {[
          t(secret ? 'chairing.vote.secret' : 'chairing.vote.open'),
          ruleText(vote),
          t('chairing.vote.present', { present }),
          ...(quorum === null ? [] : [t('chairing.vote.quorum', { quorum })]),
        ].join(' · ')}
      </p>
      {ballots.length > 0 && (
        <details>
          <summary>{t('chairing.vote.ballots')}</summary>
          <ul className="plain-list small">
            {ballots.map(({ participantId, name, siteName, choice }) => (
              <li key={participantId}>{[name, siteName, t(`chairing.vote.choice.${choice}`)].filter(Boolean).join(' · ')}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}
