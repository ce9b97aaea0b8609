import { useQueryClient } from '@tanstack/react-query'
import type { Result } from '../../shared/commands.ts'
import type { Proposal } from '../../shared/proposals.ts'
import { useNews } from '../transport/ConnectionContext.tsx'
import { newerOf } from '../transport/mergeNewer.ts'
import { keyOf, useQueryOf } from '../transport/useQueryOf.ts'

/** A proposal that stays as it is now, as far as its news reaches this page. */
export function useProposal(proposalId: string) {
  const queryClient = useQueryClient()
  useNews('proposal:changed', ({ id }) => {
    if (id === proposalId) void queryClient.invalidateQueries({ queryKey: keyOf('proposal', { proposalId }) })
  })
  return useQueryOf('proposal', { proposalId }, { refetchInterval: 30_000 })
}

/** Keeps what a command on a proposal gave back. */
export function useTakeProposal() {
  const queryClient = useQueryClient()
  return (result: Result<Proposal>): boolean => {
    if (!result.ok) {
      if (result.error.code === 'conflict') void queryClient.invalidateQueries({ queryKey: ['proposal'] })
      return false
    }
    const { id: proposalId } = result.value
    queryClient.setQueryData<Proposal>(keyOf('proposal', { proposalId }), (known) => newerOf(known, result.value))
    return true
  }
}
