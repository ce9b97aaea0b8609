import { useTranslation } from 'react-i18next'
import type { Evaluation } from '../../shared/evaluations.ts'
import type { Assignment } from '../../shared/recommendations.ts'
import { useCommand } from '../transport/useCommand.ts'
import { StateTag } from '../ui/StateTag.tsx'
import { When } from '../ui/When.tsx'
import { BallotForm } from './BallotForm.tsx'
import { LookBackList } from './LookBackList.tsx'
import { ManageEvaluation } from './ManageEvaluation.tsx'
import { Outcome } from './Outcome.tsx'
import { useEvaluations, usePutEvaluation } from './useEvaluations.ts'
import './evaluations.css'

/** How an assignment's reply was judged, round by round; nothing before there is one to judge. */
export function EvaluationParts({ assignment }: { assignment: Assignment }) {
  const { data } = useEvaluations(assignment.id)
  if (!data || data.length === 0) return null
  return (
    <>
      {data.map((evaluation) => (
        <Round key={evaluation.id} evaluation={evaluation} />
      ))}
      <LookBackList assignmentId={assignment.id} />
    </>
  )
}

function Round({ evaluation }: { evaluation: Evaluation }) {
  const { t } = useTranslation()
  const { round, closedAt, dueAt, outcome } = evaluation
  const title = t(`evaluations.roundTitle.${round === 1 ? 'first' : 'second'}`)
  return (
    <section className="stack evaluation-round" aria-label={title}>
      <div className="row row-wide">
        <h3>{title}</h3>
        <StateTag tone={closedAt ? 'good' : 'next'}>{t(closedAt ? 'evaluations.closed' : 'evaluations.open')}</StateTag>
        <span className="soft">{closedAt ? <When at={closedAt} /> : <Until at={dueAt} />}</span>
      </div>
      {outcome ? <Outcome outcome={outcome} /> : <Turnout evaluation={evaluation} />}
      {!closedAt && evaluation.mine.map((mine) => <Mine key={mine.evaluatorId} mine={mine} />)}
      {!closedAt && evaluation.evaluators && <ManageEvaluation evaluation={evaluation} evaluators={evaluation.evaluators} />}
    </section>
  )
}

function Until({ at }: { at: string }) {
  const { t } = useTranslation()
  return (
    <>
      {t('evaluations.until')} <When at={at} />
    </>
  )
}

function Turnout({ evaluation }: { evaluation: Evaluation }) {
  const { t } = useTranslation()
  return (
    <dl className="evaluation-turnout">
      {evaluation.turnout.map(({ side, evaluators, given }) => (
        <div key={side}>
          <dt>{t(`evaluations.side.${side}`)}</dt>
          <dd>{t('evaluations.turnout', { given, evaluators })}</dd>
        </div>
      ))}
    </dl>
  )
}

/** One's own part in it. */
function Mine({ mine: { evaluatorId, side, ballot } }: { mine: Evaluation['mine'][number] }) {
  const { t } = useTranslation()
  const give = useCommand('evaluation:give')
  const put = usePutEvaluation()
  return (
    <div className="evaluation-mine">
      <p>
        <strong>{t('evaluations.as', { side: t(`evaluations.side.${side}`) })}</strong>
        {ballot && <span className="soft"> {t('evaluations.given')}</span>}
      </p>
      <BallotForm
        key={ballot === null ? 'new' : 'given'}
        side={side}
        ballot={ballot}
        pending={give.pending}
        failure={give.failure}
        submit={async (said) => {
          const result = await give.send({ evaluatorId, ...said })
          if (result.ok) put(result.value)
        }}
      />
    </div>
  )
}
