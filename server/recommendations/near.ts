import { and, desc, eq, inArray, ne, or, sql } from 'drizzle-orm'
import type { Grant } from '../../shared/policy.ts'
import type { Near } from '../../shared/proposals.ts'
import type { Reader } from '../db/db.ts'
import { meetings } from '../meetings/schema.ts'
import { recommendationSuggestions, recommendations } from './schema.ts'
import { reachedBy } from './store.ts'

/** Where more titles than this are so alike, they share a turn of phrase rather than a matter, and a hint may miss one. */
const mostAlike = 10_000

export type Sought = { title: string; suggestionIds: string[]; exceptId: string | undefined }

/** Those of the reach of these grants whose titles share many trigrams with this one, or that come from one of these suggestions. */
export async function listNear(reader: Reader, grants: Grant[], { title, suggestionIds, exceptId }: Sought): Promise<Near[]> {
  if (grants.length === 0) return []
  const sharing = reader
    .select({ id: recommendationSuggestions.recommendationId, shared: sql<number>`count(*)::int`.as('shared') })
    .from(recommendationSuggestions)
    .where(suggestionIds.length > 0 ? inArray(recommendationSuggestions.suggestionId, suggestionIds) : sql`false`)
    .groupBy(recommendationSuggestions.recommendationId)
    .as('sharing')
  const alike = reader
    .select({ id: recommendations.id })
    .from(recommendations)
    .where(sql`${recommendations.title} % ${title}`)
    .limit(mostAlike)
  const sharingIds = reader.select({ id: sharing.id }).from(sharing)
  const likeness = sql<number>`similarity(${recommendations.title}, ${title})`
  const { id, number, createdAt } = recommendations
  return reader
    .select({
      id,
      number: sql<string | null>`${number}`,
      title: recommendations.title,
      meetingTitle: meetings.title,
      createdAt,
      likeness,
      sharedSuggestions: sql<number>`coalesce(${sharing.shared}, 0)`,
    })
    .from(recommendations)
    .innerJoin(meetings, eq(meetings.id, recommendations.meetingId))
    .leftJoin(sharing, eq(sharing.id, id))
    .where(
      and(
        // A union, so that each half may use its own index.
        sql`${id} in (${alike} union ${sharingIds})`,
        exceptId ? ne(id, exceptId) : undefined,
        or(...grants.map((grant) => reachedBy(reader, grant))),
      ),
    )
    .orderBy(desc(sql`coalesce(${sharing.shared}, 0)`), desc(likeness), desc(createdAt))
    .limit(5)
}
