import { type AnyColumn, type SQL, sql } from 'drizzle-orm'

/** What comes behind the place that a cursor of `shared/cursor.ts` names, the newest first. */
export function isBehind(at: AnyColumn | SQL, id: AnyColumn, cursor: string): SQL {
  const [millis, last] = cursor.split('_') as [string, string]
  return sql`(${at}, ${id}) < (${new Date(Number(millis)).toISOString()}::timestamptz, ${last}::uuid)`
}
