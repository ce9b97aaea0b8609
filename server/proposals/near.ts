import { and, desc, eq, inArray, ne, or, sql } from 'drizzle-orm'
import type { Grant } from '../../shared/policy.ts'
import type { Near } from '../../shared/proposals.ts'
import { underReview } from '../../shared/review-machine.ts'
import type { Reader } from '../db/db.ts'
import { meetings } from '../meetings/schema.ts'
import { proposalSuggestions, proposals } from './schema.ts'
import { reachedBy } from './store.ts'

type Sought = { title: string; suggestionIds: string[]; exceptId: string | undefined }

/** Proposals under review within the reach of these grants whose titles share many trigrams with this one, or that come from one of these suggestions. */
export async function listNear(reader: Reader, grants: readonly Grant[], { title, suggestionIds, exceptId }: Sought): Promise<Near[]> {
  const reach = grants.map((grant) => reachedBy(reader, grant)).filter((condition) => condition !== undefined)
  if (reach.length === 0) return []
  const shared = sql<number>`(select count(*)::int from ${proposalSuggestions} where ${proposalSuggestions.proposalId} = ${proposals.id}
    and ${suggestionIds.length > 0 ? inArray(proposalSuggestions.suggestionId, suggestionIds) : sql`false`})`
  const likeness = sql<number>`similarity(${proposals.title}, ${title})`
  return reader
    .select({
      id: proposals.id,
      number: sql<string | null>`null`,
      title: proposals.title,
      meetingTitle: meetings.title,
      createdAt: proposals.createdAt,
      likeness,
      sharedSuggestions: shared,
    })
    .from(proposals)
    .innerJoin(meetings, eq(meetings.id, proposals.meetingId))
    .where(
      and(
        inArray(proposals.status, [...underReview]),
        or(sql`${proposals.title} % ${title}`, sql`${shared} > 0`),
        exceptId ? ne(proposals.id, exceptId) : undefined,
        or(...reach),
      ),
    )
    .orderBy(desc(shared), desc(likeness))
    .limit(5)
}
