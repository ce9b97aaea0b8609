import { getTableColumns, getTableName, type SQL, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { Tx } from './db.ts'

type Columns<T extends PgTable> = (keyof T['$inferInsert'] & string)[]

/**
 * Inserts any number of rows by one statement with one parameter: neither what we write nor what the database parses grows with a
 * placeholder for each value, which for a crowd's posts is dearer than storing them. Columns that are not named get their defaults; in those
 * that are named, what a row leaves out is null.
 */
export function insertMany<T extends PgTable>(table: T, named: Columns<T>, { onConflict = '', returning = false } = {}) {
  const all = getTableColumns(table)
  const columns = named.map((key) => ({ key, column: all[key]! }))
  const quoted = (name: string) => `"${name}"`
  const names = columns.map(({ column }) => quoted(column.name)).join(', ')
  const types = columns.map(({ column }) => `${quoted(column.name)} ${column.getSQLType()}`).join(', ')
  const before = sql.raw(`insert into ${quoted(getTableName(table))} (${names}) select ${names} from rows from (jsonb_to_recordset(`)
  const after = sql.raw(
    `::jsonb) as (${types})) with ordinality as given(${names}, "which row") order by "which row" ${onConflict} ${returning ? 'returning *' : ''}`,
  )

  const statement = (rows: readonly T['$inferInsert'][]): SQL => {
    const records = rows.map((row) =>
      Object.fromEntries(columns.map(({ key, column }) => [column.name, (row as Record<string, unknown>)[key]])),
    )
    return sql`${before}${JSON.stringify(records)}${after}`
  }
  const rowOf = (stored: Record<string, unknown>) =>
    Object.fromEntries(
      Object.entries(all).map(([key, column]) => {
        const value = stored[column.name]
        return [key, value === null ? null : column.mapFromDriverValue(value as never)]
      }),
    ) as T['$inferSelect']

  /** In the order of `rows`. Gives what was inserted where that was wished for. */
  return async (tx: Tx, rows: readonly T['$inferInsert'][]): Promise<T['$inferSelect'][]> => {
    if (rows.length === 0) return []
    const { rows: stored } = await tx.execute<Record<string, unknown>>(statement(rows))
    return stored.map(rowOf)
  }
}
