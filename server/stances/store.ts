import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import type { Stance, StanceCounts } from '../../shared/stances.ts'
import type { Reader, Tx } from '../db/db.ts'
import { members } from '../suggestions/counts.ts'
import { stances } from './schema.ts'

export type Vote = { accountId: string; suggestionId: string; stance: Stance; at: string }

/** One person's stances on these, the newest first: it is the one that counts. */
export const readMine = (reader: Reader, accountId: string, suggestionIds: string[]) =>
  reader
    .select()
    .from(stances)
    .where(and(eq(stances.accountId, accountId), inArray(stances.suggestionId, suggestionIds)))
    .orderBy(desc(stances.at), desc(stances.suggestionId))

export async function putStance(tx: Tx, row: typeof stances.$inferInsert) {
  const { stance, at, commandId } = row
  await tx
    .insert(stances)
    .values(row)
    .onConflictDoUpdate({ target: [stances.suggestionId, stances.accountId], set: { stance, at, commandId } })
}

/** Gives another account's stances to this one; where both have one, the newest stays. */
export async function moveStances(tx: Tx, from: string, to: string): Promise<{ suggestionId: string; meetingId: string }[]> {
  await tx.execute(sql`
    insert into stances as known (suggestion_id, account_id, stance, at, command_id)
    select suggestion_id, ${to}, stance, at, command_id from stances where account_id = ${from}
    on conflict (suggestion_id, account_id) do update
      set stance = excluded.stance, at = excluded.at, command_id = excluded.command_id
      where known.command_id < excluded.command_id`)
  const { rows } = await tx.execute<{ suggestionId: string; meetingId: string }>(sql`
    with gone as (delete from stances where account_id = ${from} returning suggestion_id)
    select suggestion.id as "suggestionId", suggestion.meeting_id as "meetingId"
    from gone join suggestions suggestion on suggestion.id = gone.suggestion_id`)
  return rows
}

/** Of each person and each suggestion that the public may read, the stance that counts: the newest on all that are merged together. */
export async function readVotes(reader: Reader, meetingId: string, accountId?: string): Promise<Vote[]> {
  const { rows } = await reader.execute<Omit<Vote, 'at'> & { at: Date | string }>(sql`
    select distinct on (stance.account_id, survivor.id)
      stance.account_id as "accountId", survivor.id as "suggestionId", stance.stance, stance.at
    from stances stance
    join suggestions suggestion on suggestion.id = stance.suggestion_id
    join suggestions survivor on survivor.id = coalesce(suggestion.merged_into_id, suggestion.id)
    where suggestion.meeting_id = ${meetingId} and survivor.status in ('published', 'answered')
      ${accountId === undefined ? sql`` : sql`and stance.account_id = ${accountId}`}
    order by stance.account_id, survivor.id, stance.at desc, stance.suggestion_id desc`)
  return rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }))
}

const noVotes = sql`coalesce(agrees, 0) as agrees, coalesce(disagrees, 0) as disagrees, coalesce(passes, 0) as passes`

/** The counts of all suggestions that the public may read. `own` are those of which the account wrote a part. */
export async function readCounts(
  reader: Reader,
  meetingId: string,
  accountId: string | null = null,
): Promise<(StanceCounts & { own: boolean })[]> {
  const { rows } = await reader.execute<StanceCounts & { own: boolean }>(sql`
    with own as (
      select distinct coalesce(merged_into_id, id) as id from suggestions
      where meeting_id = ${meetingId} and author_id = ${accountId}
    )
    select suggestion.id as "suggestionId", ${noVotes}, own.id is not null as own
    from suggestions suggestion
    left join stance_counts counted on counted.suggestion_id = suggestion.id
    left join own on own.id = suggestion.id
    where suggestion.meeting_id = ${meetingId} and suggestion.status in ('published', 'answered')
    order by suggestion.created_at, suggestion.id`)
  return rows
}

/** Counts each person's newest stance on each of these suggestions, and stores what is other than before. */
export async function countStances(tx: Tx, survivors: string[]): Promise<{ counts: StanceCounts; changed: boolean }[]> {
  const { rows } = await tx.execute<StanceCounts & { changed: boolean }>(sql`
    with members as (${members(survivors)}),
    newest as (
      select distinct on (member.survivor, stance.account_id) member.survivor as id, stance.stance
      from members member join stances stance on stance.suggestion_id = member.id
      order by member.survivor, stance.account_id, stance.at desc, stance.suggestion_id desc
    ),
    counted as (
      select members.id, count(*) filter (where newest.stance = 'agree')::int as agrees,
        count(*) filter (where newest.stance = 'disagree')::int as disagrees,
        count(*) filter (where newest.stance = 'pass')::int as passes
      from members left join newest on newest.id = members.id
      where members.id = members.survivor group by members.id
    ),
    stored as (
      insert into stance_counts as known (suggestion_id, agrees, disagrees, passes)
      select id, agrees, disagrees, passes from counted
      where agrees + disagrees + passes > 0 or id in (select suggestion_id from stance_counts)
      on conflict (suggestion_id) do update
        set agrees = excluded.agrees, disagrees = excluded.disagrees, passes = excluded.passes
        where (known.agrees, known.disagrees, known.passes) <> (excluded.agrees, excluded.disagrees, excluded.passes)
      returning suggestion_id
    )
    select id as "suggestionId", agrees, disagrees, passes, stored.suggestion_id is not null as changed
    from counted left join stored on stored.suggestion_id = counted.id`)
  return rows.map(({ changed, ...counts }) => ({ counts, changed }))
}
