import { isShown, resultOf } from '../../shared/evaluation-rules.ts'
import type { PublicJudgement } from '../../shared/outcomes.ts'
import type { Reader } from '../db/db.ts'
import * as store from './store.ts'

/** How the answers of several assignments were judged, as everybody may read it: what is over, without names and without words. */
export async function readJudgements(
  reader: Reader,
  assignmentIds: readonly string[],
): Promise<(assignmentId: string) => PublicJudgement[]> {
  const rows = await store.listClosed(reader, assignmentIds)
  const people = await store.listEvaluators(
    reader,
    rows.map(({ id }) => id),
  )
  const judgements = rows.flatMap((row) => {
    const { id, assignmentId, round, closedAt, conclusion } = row
    if (closedAt === null || conclusion === null) return []
    const sides = store.bySide(people.filter(({ evaluationId }) => evaluationId === id)).map(sideOf)
    return [{ assignmentId, judgement: { round, closedAt, conclusion, sides } }]
  })
  return (wanted) => judgements.flatMap(({ assignmentId, judgement }) => (assignmentId === wanted ? [judgement] : []))
}

function sideOf({ side, own }: ReturnType<typeof store.bySide>[number]): PublicJudgement['sides'][number] {
  const result = resultOf(side, own.map(store.ballotOf))
  const { evaluators, given, grades, means } = result
  return { side, evaluators, given, figures: isShown(result) ? { grades, means } : null }
}
