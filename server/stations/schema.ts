import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { Station } from '../../shared/stations.ts'
import { codeColumn, instantColumn } from '../db/columns.ts'
import { regions } from '../regions/schema.ts'

export const stations = pgTable(
  'stations',
  {
    id: uuid('id').primaryKey(),
    regionCode: codeColumn('region_code')
      .notNull()
      .references(() => regions.code),
    kind: text('kind').$type<Station['kind']>().notNull(),
    name: text('name').notNull(),
    code: text('code').notNull().unique(),
    retired: boolean('retired').notNull().default(false),
    createdAt: instantColumn('created_at').notNull(),
    version: integer('version').notNull().default(1),
  },
  (table) => [
    index('stations_region').on(table.regionCode),
    check('stations_kind', sql`${table.kind} in ('main-hall', 'hall', 'post', 'studio')`),
  ],
)
