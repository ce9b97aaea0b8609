import { useTranslation } from 'react-i18next'
import type { Recommendation, Reply } from '../../shared/recommendations.ts'
import { StateTag, type Tone } from '../ui/StateTag.tsx'

const tones: Record<Reply['items'][number]['outcome'], Tone> = { adopted: 'good', 'partly-adopted': 'next', 'not-adopted': 'plain' }

type Props = { reply: Pick<Reply, 'text' | 'items'>; suggestions: readonly Pick<Recommendation['suggestions'][number], 'id' | 'text'>[] }

/** A department's answer: as a whole, and to each suggestion. */
export function ReplyText({ reply, suggestions }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <p className="pre">{reply.text}</p>
      {reply.items.map(({ suggestionId, outcome, grade, text }) => (
        <div key={suggestionId} className="answer-item">
          <div className="soft">{suggestions.find(({ id }) => id === suggestionId)?.text}</div>
          <div className="row">
            <StateTag tone={tones[outcome]}>{t(`recommendations.outcome.${outcome}`)}</StateTag>
            <span>{t(`recommendations.grade.${grade}`)}</span>
          </div>
          {text && <div className="pre">{text}</div>}
        </div>
      ))}
    </>
  )
}
