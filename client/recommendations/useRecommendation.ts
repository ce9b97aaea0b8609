import { useQueryClient } from '@tanstack/react-query'
import type { Recommendation } from '../../shared/recommendations.ts'
import { useNews } from '../transport/ConnectionContext.tsx'
import { newerOf } from '../transport/mergeNewer.ts'
import { useReadAgain } from '../transport/readAgain.ts'
import { keyOf, useQueryOf } from '../transport/useQueryOf.ts'

/** A recommendation that stays as it is now, as far as its news reaches this page. */
export function useRecommendation(recommendationId: string) {
  const put = usePutRecommendation()
  const readAgain = useReadAgain()
  useNews('recommendation:changed', (changed) => {
    if (changed.id !== recommendationId) return
    put(changed)
    readAgain('recommendation')
  })
  return useQueryOf('recommendation', { recommendationId }, { refetchInterval: 60_000 })
}

/** Keeps the newer of what is known of a recommendation and what has arrived. */
export function usePutRecommendation() {
  const queryClient = useQueryClient()
  return (arrived: Recommendation) => {
    queryClient.setQueryData<Recommendation>(keyOf('recommendation', { recommendationId: arrived.id }), (known) => newerOf(known, arrived))
  }
}
