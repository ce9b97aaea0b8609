import { hashPassword } from 'better-auth/crypto'
import { AppError, found } from '../../shared/errors.ts'
import type { Account, Me, Session } from '../../shared/identity.ts'
import { type Actor, allow, can, type Grant, signedIn } from '../../shared/policy.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Tx } from '../db/db.ts'
import type { Auth } from './auth.ts'
import { createSessionReader } from './sessions.ts'
import * as store from './store.ts'

export type IdentityService = ReturnType<typeof createIdentityService>

type Deps = {
  db: Db
  auth: Auth
  audit: AuditService
  oidcName: string | null
}

/** Whose live connections no longer stand for what they did: an account's, whose rights changed, or a session's, which was revoked. */
export type Whose = { accountId: string } | { sessionId: string }

/** Gives what is `from`'s to `to`, within the transaction that makes them one. */
export type UniteListener = (tx: Tx, from: string, to: string) => Promise<void>

/** Who somebody is, and what they may do where. */
export function createIdentityService({ db, auth, audit, oidcName }: Deps) {
  const changeListeners: ((whose: Whose) => void)[] = []
  const uniteListeners: UniteListener[] = []
  const tellChange = (whose: Whose) => changeListeners.forEach((listener) => void listener(whose))
  const actorOf = createSessionReader({ auth, db })
  const accountOf = async (accountId: string) => found((await store.readAccounts(db.reader, [accountId]))[0], 'no-such-account')

  /** Rights changed: every socket of the account reconnects and is judged anew. */
  const judgeAnew = (tx: Tx, accountId: string) => tx.afterCommit(() => tellChange({ accountId }))

  return {
    actorOf,
    /** What an account may do where, for deciding about somebody else than whoever asks. */
    grantsOf: async (accountId: string): Promise<Grant[]> => (await accountOf(accountId)).grants,
    /** Called when live connections have to be closed, so that they come back with the rights of now. */
    onChange: (listener: (whose: Whose) => void) => void changeListeners.push(listener),

    /** Called when an anonymous visitor turns out to be somebody with an account. */
    onUnite: (listener: UniteListener) => void uniteListeners.push(listener),

    /**
     * One person is one person: whoever signs in, in the browser of an anonymous visitor, was that visitor. What the visitor did is
     * the account's from then on, and the visitor's sessions end.
     */
    async unite(visitorId: string, account: { id: string; name: string }) {
      const actor: Actor = { accountId: account.id, name: account.name, anonymous: false, sessionId: null, grants: [] }
      await db.transaction(async (tx) => {
        for (const listener of uniteListeners) await listener(tx, visitorId, account.id)
        await store.deleteSessions(tx, { accountId: visitorId })
        await audit.record(tx, actor, 'account:unite', account.id, { visitorId })
        judgeAnew(tx, visitorId)
      })
    },

    /** A session that signed out by itself. */
    signedOut: (sessionId: string) => tellChange({ sessionId }),

    async me(actor: Actor): Promise<Me> {
      const account = actor.accountId ? await accountOf(actor.accountId) : null
      return { account, sessionId: actor.sessionId, oidcName }
    },

    async mySessions(actor: Actor): Promise<Session[]> {
      const rows = await store.listSessions(db.reader, signedIn(actor))
      return rows.map((row) => ({
        id: row.id,
        createdAt: row.createdAt.toISOString(),
        expiresAt: row.expiresAt.toISOString(),
        userAgent: row.userAgent,
        ipAddress: row.ipAddress,
        current: row.id === actor.sessionId,
      }))
    },

    async accounts(actor: Actor, { text }: { text?: string | undefined }): Promise<Account[]> {
      allow(actor, 'account:manage')
      return store.readAccounts(db.reader, await store.findAccountIds(db.reader, text))
    },

    /** @throws AppError `conflict` when the user name is taken. */
    async createAccount(actor: Actor, input: { id: string; username: string; name: string; password: string }): Promise<Account> {
      allow(actor, 'account:manage')
      const passwordHash = await hashPassword(input.password)
      await db.transaction(async (tx) => {
        const inserted = await store.insertAccount(tx, { ...input, passwordHash })
        if (inserted) return audit.record(tx, actor, 'account:create', input.id, { username: input.username })
        const [same] = await store.readAccounts(tx, [input.id])
        if (same?.username !== input.username) throw new AppError('conflict', 'username-taken')
      })
      return accountOf(input.id)
    },

    async grantRole(actor: Actor, input: { id: string; accountId: string } & Grant): Promise<Account> {
      allow(actor, 'account:manage')
      await accountOf(input.accountId)
      const grant = { role: input.role, scope: input.scope }
      await db.transaction(async (tx) => {
        if (!(await store.insertGrant(tx, input.id, input.accountId, grant))) return
        await audit.record(tx, actor, 'role:grant', input.accountId, grant)
        judgeAnew(tx, input.accountId)
      })
      return accountOf(input.accountId)
    },

    /** @throws AppError `conflict` when it would take the asking administrator's own administration away. */
    async revokeRole(actor: Actor, { accountId, grantId }: { accountId: string; grantId: string }): Promise<Account> {
      allow(actor, 'account:manage')
      const account = await accountOf(accountId)
      const grant = account.grants.find((one) => one.id === grantId)
      if (accountId === actor.accountId && grant?.role === 'admin') throw new AppError('conflict', 'own-administration')
      await db.transaction(async (tx) => {
        if (!(await store.deleteGrant(tx, accountId, grantId))) return
        await audit.record(tx, actor, 'role:revoke', accountId, { grantId })
        judgeAnew(tx, accountId)
      })
      return accountOf(accountId)
    },

    async revokeSession(actor: Actor, { sessionId }: { sessionId: string }) {
      const ownerId = found(await store.sessionOwner(db.reader, sessionId), 'no-such-session')
      if (!can(actor, 'session:revoke', { ownerId })) throw new AppError('not-found', 'no-such-session')
      return revokeSessions(actor, { sessionId }, sessionId)
    },

    async revokeSessionsOf(actor: Actor, { accountId }: { accountId: string }) {
      allow(actor, 'account:manage')
      return revokeSessions(actor, { accountId }, accountId)
    },

    /** Names a guest who came by an invitation. @throws AppError `invalid-input` when no name was given. */
    async nameGuest(tx: Tx, accountId: string, name: string | undefined) {
      if (name === undefined) throw new AppError('invalid-input', 'name-needed', { name: 'name-needed' })
      await store.renameAccount(tx, accountId, name)
    },

    /** Gives a role within the caller's own transaction, as an invitation does. */
    async grantWithin(tx: Tx, id: string, accountId: string, grant: Grant): Promise<boolean> {
      const given = await store.insertGrant(tx, id, accountId, grant)
      if (given) judgeAnew(tx, accountId)
      return given
    },

    /** Takes a role away within the caller's own transaction; false for who has not got it. */
    async revokeWithin(tx: Tx, accountId: string, grant: Grant): Promise<boolean> {
      const taken = await store.deleteGrantLike(tx, accountId, grant)
      if (taken) judgeAnew(tx, accountId)
      return taken
    },
  }

  async function revokeSessions(actor: Actor, which: { sessionId: string } | { accountId: string }, subjectId: string) {
    const gone = await db.transaction(async (tx) => {
      const ids = await store.deleteSessions(tx, which)
      await audit.record(tx, actor, 'session:revoke', subjectId, { count: ids.length })
      return ids
    })
    for (const sessionId of gone) tellChange({ sessionId })
    return { revoked: gone.length }
  }
}
