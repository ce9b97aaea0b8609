import type { Handlers, Readers } from '../../shared/commands.ts'
import type { guardCommands, guardQueries } from '../../shared/guard.ts'
import type { GuardService } from './service.ts'

export const guardHandlers = (guard: GuardService): Handlers<typeof guardCommands> => ({
  'guard:set-rules': guard.setRules,
  'guard:bar': guard.bar,
  'guard:unbar': guard.unbar,
  'guard:defend': guard.defend,
  'guard:set-aside': guard.setVotesAside,
  'guard:restore': guard.restoreVotes,
})

export const guardReaders = (guard: GuardService): Readers<typeof guardQueries> => ({
  'guard-rules': guard.rules,
  guard: guard.guard,
  'barred-devices': guard.barred,
})
