import { sql } from 'drizzle-orm'
import { boolean, check, index, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { Role, Scope } from '../../shared/policy.ts'
import { dateColumn, instantColumn } from '../db/columns.ts'

// The first four tables are better-auth's; their property names are its field names.

export const accounts = pgTable('accounts', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull().unique(),
  emailVerified: boolean('email_verified').notNull().default(false),
  image: text('image'),
  username: text('username').unique(),
  displayUsername: text('display_username'),
  isAnonymous: boolean('is_anonymous').notNull().default(false),
  createdAt: dateColumn('created_at').notNull().defaultNow(),
  updatedAt: dateColumn('updated_at').notNull().defaultNow(),
})

export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    token: text('token').notNull().unique(),
    expiresAt: dateColumn('expires_at').notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    createdAt: dateColumn('created_at').notNull().defaultNow(),
    updatedAt: dateColumn('updated_at').notNull().defaultNow(),
  },
  (table) => [index('sessions_account').on(table.userId)],
)

export const credentials = pgTable(
  'credentials',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    accountId: text('provider_account_id').notNull(),
    providerId: text('provider_id').notNull(),
    issuer: text('issuer'),
    password: text('password'),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: dateColumn('access_token_expires_at'),
    refreshTokenExpiresAt: dateColumn('refresh_token_expires_at'),
    scope: text('scope'),
    createdAt: dateColumn('created_at').notNull().defaultNow(),
    updatedAt: dateColumn('updated_at').notNull().defaultNow(),
  },
  (table) => [unique('credentials_provider').on(table.providerId, table.accountId)],
)

export const verifications = pgTable(
  'verifications',
  {
    id: uuid('id').primaryKey(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: dateColumn('expires_at').notNull(),
    createdAt: dateColumn('created_at').notNull().defaultNow(),
    updatedAt: dateColumn('updated_at').notNull().defaultNow(),
  },
  (table) => [index('verifications_identifier').on(table.identifier)],
)

export const roleGrants = pgTable(
  'role_grants',
  {
    id: uuid('id').primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    role: text('role').$type<Role>().notNull(),
    scopeKind: text('scope_kind').$type<Scope['kind']>().notNull(),
    /** A region code ('' for the whole country), an organization's or a meeting's id. */
    scopeId: text('scope_id').notNull(),
    createdAt: instantColumn('created_at').notNull().default(sql`now()`),
  },
  (table) => [
    unique('role_grants_once').on(table.accountId, table.role, table.scopeKind, table.scopeId),
    index('role_grants_scope').on(table.scopeKind, table.scopeId),
    check('role_grants_scope_kind', sql`${table.scopeKind} in ('region', 'organization', 'meeting')`),
  ],
)
