import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { codeColumn, instantColumn } from '../db/columns.ts'
import { accounts } from '../identity/schema.ts'
import { organizations, regions } from '../regions/schema.ts'

/** Addresses of other systems that are told what happens. */
export const webhooks = pgTable(
  'webhooks',
  {
    id: uuid('id').primaryKey(),
    regionCode: codeColumn('region_code').references(() => regions.code),
    organizationId: uuid('organization_id').references(() => organizations.id),
    url: text('url').notNull(),
    /** Both sides sign with it, so it has to be known here. */
    secret: text('secret').notNull(),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => accounts.id),
    createdByName: text('created_by_name').notNull(),
    createdAt: instantColumn('created_at').notNull(),
    removedAt: instantColumn('removed_at'),
  },
  (table) => [
    index('webhooks_region').on(table.regionCode),
    index('webhooks_organization').on(table.organizationId),
    check('webhooks_scope', sql`(${table.regionCode} is null) <> (${table.organizationId} is null)`),
  ],
)

/** What was sent to whom, and what came of it. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: uuid('id').primaryKey(),
    webhookId: uuid('webhook_id')
      .notNull()
      .references(() => webhooks.id),
    event: text('event').notNull(),
    body: text('body').notNull(),
    at: instantColumn('at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    deliveredAt: instantColumn('delivered_at'),
    outcome: text('outcome').notNull().default(''),
  },
  (table) => [index('webhook_deliveries_webhook').on(table.webhookId, table.at)],
)
