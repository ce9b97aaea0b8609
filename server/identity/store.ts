import { and, desc, eq, gt, ilike, inArray, or } from 'drizzle-orm'
import type { Account } from '../../shared/identity.ts'
import type { Actor, Grant, Role, Scope } from '../../shared/policy.ts'
import type { Db, Reader } from '../db/db.ts'
import { accounts, credentials, roleGrants, sessions } from './schema.ts'

type GrantRow = typeof roleGrants.$inferSelect

function scopeOf({ scopeKind, scopeId }: Pick<GrantRow, 'scopeKind' | 'scopeId'>): Scope {
  switch (scopeKind) {
    case 'region':
      return { kind: 'region', regionCode: scopeId }
    case 'organization':
      return { kind: 'organization', organizationId: scopeId }
    case 'meeting':
      return { kind: 'meeting', meetingId: scopeId }
  }
}

function scopeColumns(scope: Scope) {
  switch (scope.kind) {
    case 'region':
      return { scopeKind: scope.kind, scopeId: scope.regionCode }
    case 'organization':
      return { scopeKind: scope.kind, scopeId: scope.organizationId }
    case 'meeting':
      return { scopeKind: scope.kind, scopeId: scope.meetingId }
  }
}

const sessionQuery = `
  select session.id as session_id, session.expires_at, account.id, account.name, account.is_anonymous, role_grant.role, scope_kind, scope_id
  from sessions session
  join accounts account on account.id = session.account_id
  left join role_grants role_grant on role_grant.account_id = account.id
  where session.token = $1`

type SessionRow = { session_id: string; expires_at: Date; id: string; name: string; is_anonymous: boolean } & (
  | { role: Role; scope_kind: Scope['kind']; scope_id: string }
  | { role: null }
)

/** Whoever has this session's token, with their grants, by one query and without Drizzle's work on it. */
export async function findSession({ pool }: Db, token: string): Promise<(Actor & { expiresAt: Date }) | null> {
  // With a name, the database parses and plans it once for each connection; that costs more than looking the session up.
  const { rows } = await pool.query<SessionRow>({ name: 'session', text: sessionQuery, values: [token] })
  const [first] = rows
  if (!first) return null
  const grants = rows.flatMap((row) =>
    row.role === null ? [] : [{ role: row.role, scope: scopeOf({ scopeKind: row.scope_kind, scopeId: row.scope_id }) }],
  )
  return {
    accountId: first.id,
    name: first.name,
    anonymous: first.is_anonymous,
    sessionId: first.session_id,
    grants,
    expiresAt: first.expires_at,
  }
}

/** Accounts with their grants, in the order of `ids`' creation, newest last. */
export async function readAccounts(reader: Reader, ids: string[]): Promise<Account[]> {
  if (ids.length === 0) return []
  const rows = await reader.select().from(accounts).where(inArray(accounts.id, ids)).orderBy(accounts.createdAt)
  const grants = await reader.select().from(roleGrants).where(inArray(roleGrants.accountId, ids)).orderBy(roleGrants.createdAt)
  return rows.map((row) => ({
    id: row.id,
    username: row.username,
    name: row.name,
    anonymous: row.isAnonymous,
    grants: grants
      .filter((grant) => grant.accountId === row.id)
      .map((grant) => ({ id: grant.id, role: grant.role, scope: scopeOf(grant) })),
  }))
}

export async function findAccountIds(reader: Reader, text: string | undefined): Promise<string[]> {
  const like = text ? `%${text.replace(/[\\%_]/g, '\\$&')}%` : undefined
  const matches = like ? or(ilike(accounts.name, like), ilike(accounts.username, like)) : undefined
  const rows = await reader
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.isAnonymous, false), matches))
    .orderBy(desc(accounts.createdAt))
    .limit(200)
  return rows.map((row) => row.id)
}

type NewAccount = { id: string; username: string; name: string; passwordHash: string }

/** Returns false when the id or the user name is taken. */
export async function insertAccount(reader: Reader, { id, username, name, passwordHash }: NewAccount): Promise<boolean> {
  const inserted = await reader
    .insert(accounts)
    .values({ id, name, username, displayUsername: username, email: `${username}@accounts.invalid` })
    .onConflictDoNothing()
    .returning({ id: accounts.id })
  if (inserted.length === 0) return false
  await reader.insert(credentials).values({ id, userId: id, accountId: id, providerId: 'credential', password: passwordHash })
  return true
}

export async function renameAccount(reader: Reader, accountId: string, name: string) {
  await reader.update(accounts).set({ name, updatedAt: new Date() }).where(eq(accounts.id, accountId))
}

export async function setPassword(reader: Reader, username: string, passwordHash: string): Promise<string | null> {
  const accountId = await findAccountByUsername(reader, username)
  if (accountId === null) return null
  await reader
    .update(credentials)
    .set({ password: passwordHash, updatedAt: new Date() })
    .where(and(eq(credentials.userId, accountId), eq(credentials.providerId, 'credential')))
  return accountId
}

/** Returns false when the account has this role there already, or the id is taken. */
export async function insertGrant(reader: Reader, id: string, accountId: string, grant: Grant): Promise<boolean> {
  const inserted = await reader
    .insert(roleGrants)
    .values({ id, accountId, role: grant.role, ...scopeColumns(grant.scope) })
    .onConflictDoNothing()
    .returning({ id: roleGrants.id })
  return inserted.length > 0
}

export async function deleteGrant(reader: Reader, accountId: string, grantId: string): Promise<boolean> {
  const deleted = await reader
    .delete(roleGrants)
    .where(and(eq(roleGrants.id, grantId), eq(roleGrants.accountId, accountId)))
    .returning({ id: roleGrants.id })
  return deleted.length > 0
}

/** Returns false when the account has no such role there. */
export async function deleteGrantLike(reader: Reader, accountId: string, grant: Grant): Promise<boolean> {
  const deleted = await reader
    .delete(roleGrants)
    .where(and(eq(roleGrants.accountId, accountId), isGrant(grant)))
    .returning({ id: roleGrants.id })
  return deleted.length > 0
}

/** The accounts that have exactly this role there, in the order in which they were given it. */
export const listHolders = (reader: Reader, grant: Grant) =>
  reader
    .select({ accountId: accounts.id, name: accounts.name, username: accounts.username })
    .from(roleGrants)
    .innerJoin(accounts, eq(accounts.id, roleGrants.accountId))
    .where(isGrant(grant))
    .orderBy(roleGrants.createdAt, roleGrants.id)

function isGrant({ role, scope }: Grant) {
  const { scopeKind, scopeId } = scopeColumns(scope)
  return and(eq(roleGrants.role, role), eq(roleGrants.scopeKind, scopeKind), eq(roleGrants.scopeId, scopeId))
}

export async function findAccountByUsername(reader: Reader, username: string): Promise<string | null> {
  const [account] = await reader.select({ id: accounts.id }).from(accounts).where(eq(accounts.username, username))
  return account?.id ?? null
}

export const listSessions = (reader: Reader, accountId: string) =>
  reader
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, accountId), gt(sessions.expiresAt, new Date())))
    .orderBy(desc(sessions.createdAt))

export async function sessionOwner(reader: Reader, sessionId: string): Promise<string | null> {
  const [row] = await reader.select({ accountId: sessions.userId }).from(sessions).where(eq(sessions.id, sessionId))
  return row?.accountId ?? null
}

export async function deleteSessions(reader: Reader, which: { sessionId: string } | { accountId: string }): Promise<string[]> {
  const where = 'sessionId' in which ? eq(sessions.id, which.sessionId) : eq(sessions.userId, which.accountId)
  const rows = await reader.delete(sessions).where(where).returning({ id: sessions.id })
  return rows.map((row) => row.id)
}

export async function anyAccount(reader: Reader): Promise<boolean> {
  const rows = await reader.select({ id: accounts.id }).from(accounts).limit(1)
  return rows.length > 0
}
