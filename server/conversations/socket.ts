import type { Handlers, Readers } from '../../shared/commands.ts'
import type { conversationCommands, conversationQueries } from '../../shared/conversations.ts'
import type { ConversationService } from './service.ts'

export const conversationHandlers = (conversations: ConversationService): Handlers<typeof conversationCommands> => ({
  'conversation:say': conversations.say,
})

export const conversationReaders = (conversations: ConversationService): Readers<typeof conversationQueries> => ({
  conversations: conversations.list,
})
