import type { Handlers, Readers } from '../../shared/commands.ts'
import type { identityCommands, identityQueries } from '../../shared/identity.ts'
import type { IdentityService } from './service.ts'

export const identityHandlers = (identity: IdentityService): Handlers<typeof identityCommands> => ({
  'account:create': identity.createAccount,
  'role:grant': identity.grantRole,
  'role:revoke': identity.revokeRole,
  'session:revoke': identity.revokeSession,
  'account:revoke-sessions': identity.revokeSessionsOf,
})

export const identityReaders = (identity: IdentityService): Readers<typeof identityQueries> => ({
  me: identity.me,
  'my-sessions': identity.mySessions,
  accounts: identity.accounts,
})
