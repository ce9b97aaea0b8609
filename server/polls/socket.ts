import type { Handlers, Readers } from '../../shared/commands.ts'
import type { pollCommands, pollQueries } from '../../shared/polls.ts'
import type { PollService } from './service.ts'

export const pollHandlers = (polls: PollService): Handlers<typeof pollCommands> => ({
  'poll:open': polls.open,
  'poll:answer': polls.answer,
  'poll:close': polls.close,
})

export const pollReaders = (polls: PollService): Readers<typeof pollQueries> => ({ polls: polls.list })
