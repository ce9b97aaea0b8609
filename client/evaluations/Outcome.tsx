import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { type Because, type Conclusion, evaluationGrades, questions } from '../../shared/evaluation-rules.ts'
import type { EvaluationOutcome } from '../../shared/evaluations.ts'
import { StateTag, type Tone } from '../ui/StateTag.tsx'

const tones: Record<Conclusion, Tone> = { close: 'good', reopen: 'warn', register: 'warn' }

/** How a round was judged: what followed from it and why, the figures by side, and what was said. */
export function Outcome({ outcome }: { outcome: EvaluationOutcome }) {
  const { t } = useTranslation()
  const { conclusion, because, words } = outcome
  return (
    <div className="stack">
      <div>
        <StateTag tone={tones[conclusion]}>{t(`evaluations.outcome.${conclusion}`)}</StateTag>
        {because.length > 0 && (
          <ul className="evaluation-because" aria-label={t('evaluations.why')}>
            {because.map((one) => (
              <li key={JSON.stringify(one)}>{reasonText(t, one)}</li>
            ))}
          </ul>
        )}
      </div>
      <Figures results={outcome.results} />
      {words.length > 0 && (
        <div>
          <strong>{t('evaluations.said')}</strong>
          {words.map(({ side, grade, words: said }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they never change, and two may be equal.
            <div key={place} className="evaluation-said">
              <span className="soft small">
                {t(`evaluations.side.${side}`)} · {t(`evaluations.grade.${grade}`)}
              </span>
              <div className="pre">{said}</div>
            </div>
          ))}
        </div>
      )}
    </div>
  )
}

function Figures({ results }: Pick<EvaluationOutcome, 'results'>) {
  const { t } = useTranslation()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways on a phone, also by keyboard.
    <section className="evaluation-scroll" aria-label={t('evaluations.results')} tabIndex={0}>
      <table className="evaluation-sides">
        <thead>
          <tr>
            <th scope="col">{t('evaluations.results')}</th>
            {evaluationGrades.map((grade) => (
              <th key={grade} scope="col" className="number">
                {t(`evaluations.grade.${grade}`)}
              </th>
            ))}
            {questions.map((question) => (
              <th key={question} scope="col" className="number">
                {t(`evaluations.question.${question}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {results.map(({ side, evaluators, given, grades, means }) => (
            <tr key={side}>
              <th scope="row">
                {t(`evaluations.side.${side}`)} <span className="soft small">{t('evaluations.turnout', { given, evaluators })}</span>
              </th>
              {evaluationGrades.map((grade) => (
                <td key={grade} className="number">
                  {grades[grade]}
                </td>
              ))}
              {questions.map((question) => (
                <td key={question} className="number">
                  {means[question]?.toFixed(1) ?? '—'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function reasonText(t: TFunction, one: Because): string {
  switch (one.kind) {
    case 'reply-grade':
      return t('evaluations.because.reply-grade', { grade: one.grade })
    case 'side-grade':
      return t('evaluations.because.side-grade', { side: t(`evaluations.side.${one.side}`), grade: t(`evaluations.grade.${one.grade}`) })
    case 'low-mark':
      return t('evaluations.because.low-mark', {
        side: t(`evaluations.side.${one.side}`),
        question: t(`evaluations.question.${one.question}`),
        mean: one.mean.toFixed(1),
      })
    case 'not-adopted':
      return t('evaluations.because.not-adopted', { count: one.count })
  }
}
