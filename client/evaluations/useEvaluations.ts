import { useQueryClient } from '@tanstack/react-query'
import type { Evaluation } from '../../shared/evaluations.ts'
import { keyOf, useQueryOf } from '../transport/useQueryOf.ts'

/** An assignment's evaluations as they stand now, round by round; read again with every change of its recommendation (`usePutRecommendation`). */
export const useEvaluations = (assignmentId: string) => useQueryOf('evaluations', { assignmentId }, { refetchInterval: 30_000 })

/** Keeps an evaluation that came back, and reads again what follows from one that closed. */
export function usePutEvaluation() {
  const queryClient = useQueryClient()
  return (arrived: Evaluation) => {
    queryClient.setQueryData<Evaluation[]>(keyOf('evaluations', { assignmentId: arrived.assignmentId }), (known) =>
      known?.map((one) => (one.id === arrived.id ? arrived : one)),
    )
    if (arrived.closedAt === null) return
    for (const name of ['recommendation', 'recommendations', 'assignment-clocks']) void queryClient.invalidateQueries({ queryKey: [name] })
  }
}
