import { useQueryClient } from '@tanstack/react-query'
import type { Evaluation } from '../../shared/evaluations.ts'
import { keyOf, useQueryOf } from '../transport/useQueryOf.ts'

/** An assignment's evaluations as they stand now, round by round; read again with every change of its recommendation (`readAfter`). */
export const useEvaluations = (assignmentId: string) => useQueryOf('evaluations', { assignmentId }, { refetchInterval: 30_000 })

/** Keeps an evaluation that came back. */
export function usePutEvaluation() {
  const queryClient = useQueryClient()
  return (arrived: Evaluation) => {
    queryClient.setQueryData<Evaluation[]>(keyOf('evaluations', { assignmentId: arrived.assignmentId }), (known) =>
      known?.map((one) => (one.id === arrived.id ? arrived : one)),
    )
  }
}
