import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { Finding, GuardRules, GuardState } from '../../shared/guard.ts'
import { codeColumn, instantColumn } from '../db/columns.ts'
import { accounts } from '../identity/schema.ts'
import { meetings } from '../meetings/schema.ts'
import { regions } from '../regions/schema.ts'

/** What suggestions are looked at by. A region's rules hold in everything below it, together with those above it. */
export const guardRules = pgTable(
  'guard_rules',
  {
    regionCode: codeColumn('region_code')
      .primaryKey()
      .references(() => regions.code),
    words: text('words').array().notNull(),
    links: text('links').$type<NonNullable<GuardRules['links']>>(),
    domains: text('domains').array().notNull(),
    version: integer('version').notNull(),
  },
  (table) => [check('guard_rules_links', sql`${table.links} in ('flag', 'allow')`)],
)

/** From where an account took part for the first time. The address is kept as a keyed hash only: enough to tell one line from another. */
export const deviceTraces = pgTable('device_traces', {
  accountId: uuid('account_id')
    .primaryKey()
    .references(() => accounts.id, { onDelete: 'cascade' }),
  deviceId: uuid('device_id'),
  network: text('network').notNull(),
  at: instantColumn('at').notNull(),
})

/** Devices that may not take part in a meeting: by the account, and by the cookie that stays when the account is left behind. */
export const barredDevices = pgTable(
  'barred_devices',
  {
    id: uuid('id').primaryKey(),
    meetingId: uuid('meeting_id')
      .notNull()
      .references(() => meetings.id),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    deviceId: uuid('device_id'),
    name: text('name').notNull(),
    reason: text('reason').notNull(),
    at: instantColumn('at').notNull(),
    byName: text('by_name').notNull(),
    liftedAt: instantColumn('lifted_at'),
    liftedByName: text('lifted_by_name'),
  },
  (table) => [index('barred_devices_meeting').on(table.meetingId)],
)

/** How a meeting is defended, where somebody has decided it. */
export const meetingDefence = pgTable(
  'meeting_defence',
  {
    meetingId: uuid('meeting_id')
      .primaryKey()
      .references(() => meetings.id),
    defence: text('defence').$type<GuardState['defence']>().notNull(),
  },
  (table) => [check('meeting_defence_known', sql`${table.defence} in ('auto', 'on', 'off')`)],
)

/** Voices that look as if they were not several people's own, and what was decided about them. */
export const guardFindings = pgTable(
  'guard_findings',
  {
    id: uuid('id').primaryKey(),
    meetingId: uuid('meeting_id')
      .notNull()
      .references(() => meetings.id),
    kind: text('kind').$type<Finding['kind']>().notNull(),
    state: text('state').$type<Finding['state']>().notNull(),
    automatic: boolean('automatic').notNull(),
    evidence: jsonb('evidence').$type<Finding['evidence']>().notNull(),
    at: instantColumn('at').notNull(),
    decidedAt: instantColumn('decided_at'),
    decidedByName: text('decided_by_name'),
    version: integer('version').notNull().default(1),
  },
  (table) => [
    index('guard_findings_meeting').on(table.meetingId),
    check('guard_findings_state', sql`${table.state} in ('suspected', 'set-aside', 'restored')`),
  ],
)

export const guardFindingAccounts = pgTable(
  'guard_finding_accounts',
  {
    findingId: uuid('finding_id')
      .notNull()
      .references(() => guardFindings.id),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
  },
  (table) => [primaryKey({ columns: [table.findingId, table.accountId] }), index('guard_finding_accounts_account').on(table.accountId)],
)
