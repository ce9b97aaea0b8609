import { useQueryClient } from '@tanstack/react-query'
import type { ConversationMessage } from '../../shared/conversations.ts'
import { useNews } from '../transport/ConnectionContext.tsx'
import type { QueryOutput } from '../transport/http.ts'
import { keyOf, useQueryOf } from '../transport/useQueryOf.ts'

/** The conversations in which the reader takes part, as they go on. */
export function useConversations(recommendationId: string) {
  useNews('conversation:said', usePutMessage(recommendationId))
  return useQueryOf('conversations', { recommendationId }, { refetchInterval: 60_000 })
}

/** Keeps a message that arrived, once. */
export function usePutMessage(recommendationId: string) {
  const queryClient = useQueryClient()
  return (message: ConversationMessage) =>
    queryClient.setQueryData<QueryOutput<'conversations'>>(keyOf('conversations', { recommendationId }), (all) =>
      all?.map((one) =>
        one.assignmentId !== message.assignmentId || one.messages.some(({ id }) => id === message.id)
          ? one
          : { ...one, messages: [...one.messages, message] },
      ),
    )
}
