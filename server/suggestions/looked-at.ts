import { type SQLWrapper, sql } from 'drizzle-orm'
import { suggestions } from './schema.ts'

/** The same as `isToBeLookedAt`, for the database: of the table, or of the name that a query gives it. */
export const toBeLookedAt = (of: SQLWrapper = suggestions) =>
  sql<boolean>`${of}.status in ('pending', 'published') and cardinality(${of}.flags) > 0 and not ${of}.kept`
