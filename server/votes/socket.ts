import type { Handlers, Readers } from '../../shared/commands.ts'
import type { voteCommands, voteQueries } from '../../shared/votes.ts'
import type { VoteService } from './service.ts'

export const voteHandlers = (votes: VoteService): Handlers<typeof voteCommands> => ({
  'vote:open': votes.open,
  'vote:cast': votes.cast,
  'vote:close': votes.close,
})

export const voteReaders = (votes: VoteService): Readers<typeof voteQueries> => ({ votes: votes.list })
