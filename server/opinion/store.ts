import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Stance } from '../../shared/stances.ts'
import type { Reader } from '../db/db.ts'
import { toBeLookedAt } from '../suggestions/looked-at.ts'
import { suggestions } from '../suggestions/schema.ts'
import type { StoredState } from './conversation.ts'
import { opinions } from './schema.ts'

/** A suggestion that the public may read, with all that were merged into it: what people said of any of them counts for it. */
export type Judged = { id: string; members: string[] }
export type GivenVote = { accountId: string; suggestionId: string; stance: Stance; at: number }

export async function listJudged(reader: Reader, meetingId: string): Promise<Judged[]> {
  const { rows } = await reader.execute<Judged>(sql`
    select survivor.id, array_agg(suggestion.id::text order by suggestion.id) as members
    from suggestions suggestion
    join suggestions survivor on survivor.id = coalesce(suggestion.merged_into_id, suggestion.id)
    where suggestion.meeting_id = ${meetingId} and survivor.status in ('published', 'answered')
    group by survivor.id, survivor.created_at
    order by survivor.created_at, survivor.id`)
  return rows
}

/** The votes on these since an instant, under the id of the suggestion they count for, the newest last: it is the one that counts. */
export async function listVotesOn(reader: Reader, judged: readonly Judged[], since: number): Promise<GivenVote[]> {
  const pairs = judged.flatMap(({ id, members }) => members.map((member) => ({ id, member })))
  const { rows } = await reader.execute<GivenVote>(sql`
    select stance.account_id as "accountId", member.survivor as "suggestionId", stance.stance,
      (extract(epoch from stance.at) * 1000)::float8 as at
    from jsonb_to_recordset(${JSON.stringify(pairs.map(({ id, member }) => ({ survivor: id, id: member })))}::jsonb)
      as member (survivor uuid, id uuid)
    join stances stance on stance.suggestion_id = member.id
    where stance.at >= ${new Date(since).toISOString()}
    order by stance.at, stance.suggestion_id`)
  return rows
}

export async function findState(reader: Reader, meetingId: string): Promise<StoredState | undefined> {
  const [row] = await reader.select({ state: opinions.state }).from(opinions).where(eq(opinions.meetingId, meetingId))
  return row?.state
}

export async function putState(reader: Reader, meetingId: string, state: StoredState) {
  const at = new Date().toISOString()
  await reader.insert(opinions).values({ meetingId, state, at }).onConflictDoUpdate({ target: opinions.meetingId, set: { state, at } })
}

export async function listTexts(reader: Reader, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await reader.select({ id: suggestions.id, text: suggestions.text }).from(suggestions).where(inArray(suggestions.id, ids))
  return new Map(rows.map(({ id, text }) => [id, text]))
}

/** Those of them that are flagged, and that no moderator has looked at yet. */
export async function listToBeLookedAt(reader: Reader, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await reader
    .select({ id: suggestions.id })
    .from(suggestions)
    .where(and(inArray(suggestions.id, ids), toBeLookedAt()))
  return new Set(rows.map(({ id }) => id))
}

/** Everybody who voted on a meeting's suggestions or wrote one that the public may read, by the time of the first of it. */
export async function listPeople(reader: Reader, meetingId: string): Promise<string[]> {
  const { rows } = await reader.execute<{ id: string }>(sql`
    select id from (
      select stance.account_id as id, stance.at from stances stance
      join suggestions suggestion on suggestion.id = stance.suggestion_id where suggestion.meeting_id = ${meetingId}
      union all
      select author_id, created_at from suggestions where meeting_id = ${meetingId} and status in ('published', 'answered')
    ) people group by id order by min(at), id`)
  return rows.map(({ id }) => id)
}

export type Comment = { id: string; authorId: string; at: number; agrees: number; disagrees: number; text: string }

export async function listComments(reader: Reader, meetingId: string): Promise<Comment[]> {
  const { rows } = await reader.execute<Comment>(sql`
    select suggestion.id, author_id as "authorId", (extract(epoch from created_at) * 1000)::float8 as at,
      coalesce(counted.agrees, 0) as agrees, coalesce(counted.disagrees, 0) as disagrees, text
    from suggestions suggestion left join stance_counts counted on counted.suggestion_id = suggestion.id
    where meeting_id = ${meetingId} and status in ('published', 'answered')`)
  return rows
}
