import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { Organization } from '../../shared/regions.ts'
import type { RegionSetting } from '../../shared/settings.ts'
import { codeColumn } from '../db/columns.ts'

/** The tree of administrative divisions. A subtree is a range of codes, since every code begins with its parent's. */
export const regions = pgTable(
  'regions',
  {
    code: codeColumn('code').primaryKey(),
    name: text('name').notNull(),
    parentCode: codeColumn('parent_code'),
  },
  (table) => [
    index('regions_parent').on(table.parentCode),
    index('regions_name_trigrams').using('gin', table.name.op('gin_trgm_ops')),
    // Trigrams need three letters, and most Chinese names have two: the search then walks in its own order until it has enough.
    index('regions_by_level').on(sql`length(${table.code})`, table.code),
  ],
)

export const organizations = pgTable(
  'organizations',
  {
    id: uuid('id').primaryKey(),
    regionCode: codeColumn('region_code')
      .notNull()
      .references(() => regions.code),
    name: text('name').notNull(),
    kind: text('kind').$type<Organization['kind']>().notNull(),
  },
  (table) => [index('organizations_region').on(table.regionCode)],
)

/** What a region has set for itself and all below it. `value` null takes what the region above says, again. */
export const regionSettings = pgTable(
  'region_settings',
  {
    regionCode: codeColumn('region_code')
      .notNull()
      .references(() => regions.code),
    key: text('key').$type<RegionSetting['key']>().notNull(),
    value: jsonb('value').$type<RegionSetting['value']>(),
    version: integer('version').notNull(),
  },
  (table) => [primaryKey({ columns: [table.regionCode, table.key] })],
)
