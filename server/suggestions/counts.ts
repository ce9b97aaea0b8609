import { sql } from 'drizzle-orm'
import type { Reader, Tx } from '../db/db.ts'

const uuids = (ids: readonly string[]) => sql`${sql.param(ids)}::uuid[]`

/**
 * The suggestions that survive of these, locked in the order of their ids as everybody locks them. What is counted in a later
 * statement is then newer than what any other node has stored.
 */
export async function lockSurvivors(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    select id from suggestions
    where id in (select coalesce(merged_into_id, id) from suggestions where id = any(${uuids(ids)}))
    order by id for no key update`)
  return rows.map(({ id }) => id)
}

/** Members of each survivor: itself, and what is merged into it. */
export const members = (survivors: readonly string[]) => sql`
  select id, author_id, id as survivor from suggestions where id = any(${uuids(survivors)})
  union all
  select id, author_id, merged_into_id from suggestions where merged_into_id = any(${uuids(survivors)})`

/** Counts the people who want each suggestion, and stores what is other than before. */
export async function countSupports(tx: Tx, survivors: readonly string[]): Promise<Map<string, { count: number; changed: boolean }>> {
  const { rows } = await tx.execute<{ id: string; count: number; changed: boolean }>(sql`
    with members as (${members(survivors)}),
    people as (
      select survivor, author_id as account_id from members
      union
      select member.survivor, support.account_id from members member
      join supports support on support.suggestion_id = member.id and support.supported
      -- Whoever keeps the receipt of one of them is taken for its author, who is counted above.
      where not exists (
        select 1 from receipt_claims claim join members own on own.id = claim.suggestion_id
        where own.survivor = member.survivor and claim.account_id = support.account_id
      )
    ),
    counted as (select survivor as id, count(*)::int as count from people group by survivor),
    stored as (
      update suggestions set support_count = counted.count from counted
      where suggestions.id = counted.id and suggestions.support_count <> counted.count returning suggestions.id
    )
    select counted.id, counted.count, stored.id is not null as changed from counted left join stored using (id)`)
  return new Map(rows.map(({ id, count, changed }) => [id, { count, changed }]))
}

/** All suggestions of the meetings that are live. */
export async function listLive(reader: Reader): Promise<{ meetingId: string; ids: string[] }[]> {
  const { rows } = await reader.execute<{ meetingId: string; ids: string[] }>(sql`
    select suggestion.meeting_id as "meetingId", array_agg(suggestion.id) as ids
    from suggestions suggestion join meetings meeting on meeting.id = suggestion.meeting_id and meeting.status = 'live'
    group by suggestion.meeting_id`)
  return rows
}
