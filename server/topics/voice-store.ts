import { sql } from 'drizzle-orm'
import type { Suggestion } from '../../shared/suggestions.ts'
import type { Reader } from '../db/db.ts'
import { toBeLookedAt } from '../suggestions/looked-at.ts'

/** A suggestion with all that the chair's picture needs to know of it. */
export type VoiceRow = {
  id: string
  text: string
  status: Suggestion['status']
  createdAt: string
  /** Flagged, and no moderator has looked at it yet. */
  toBeLookedAt: boolean
  supports: number
  agrees: number
  disagrees: number
  passes: number
  themeId: string | null
  category: string | null
  via: string | null
  /** The site at which its author takes part in the meeting. */
  siteId: string | null
}

const uuids = (ids: readonly string[]) => sql`${sql.param(ids)}::uuid[]`

/**
 * A meeting's suggestions with their counts, less what the accounts in `out` have given. Only theirs are looked up one by one,
 * by the same rules by which all were counted: a person once over all that is merged, of several stances the newest.
 */
export async function listVoices(reader: Reader, meetingId: string, out: readonly string[]): Promise<VoiceRow[]> {
  const { rows } = await reader.execute<VoiceRow>(sql`
    with members as (select id, author_id, coalesce(merged_into_id, id) as survivor from suggestions where meeting_id = ${meetingId}),
    less_supports as (
      select survivor, count(distinct account_id)::int as count from (
        select survivor, author_id as account_id from members
        union all
        select m.survivor, p.account_id from members m join supports p on p.suggestion_id = m.id and p.supported
      ) people where account_id = any(${uuids(out)}) group by survivor
    ),
    less_stances as (
      select survivor, count(*) filter (where stance = 'agree')::int as agrees,
        count(*) filter (where stance = 'disagree')::int as disagrees, count(*) filter (where stance = 'pass')::int as passes
      from (
        select distinct on (m.survivor, p.account_id) m.survivor, p.stance
        from members m join stances p on p.suggestion_id = m.id where p.account_id = any(${uuids(out)})
        order by m.survivor, p.account_id, p.at desc, p.suggestion_id desc
      ) newest group by survivor
    )
    select s.id, left(s.text, 300) as text, s.status, ${toBeLookedAt(sql`s`)} as "toBeLookedAt", to_char(s.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
      greatest(s.support_count - coalesce(ls.count, 0), 0) as supports, greatest(coalesce(c.agrees, 0) - coalesce(lt.agrees, 0), 0) as agrees,
      greatest(coalesce(c.disagrees, 0) - coalesce(lt.disagrees, 0), 0) as disagrees, greatest(coalesce(c.passes, 0) - coalesce(lt.passes, 0), 0) as passes,
      st.theme_id as "themeId", coalesce(s.category, st.category) as category, s.via, p.site_id as "siteId"
    from suggestions s
    left join stance_counts c on c.suggestion_id = s.id
    left join suggestion_themes st on st.suggestion_id = s.id
    left join participants p on p.meeting_id = s.meeting_id and p.account_id = s.author_id
    left join less_supports ls on ls.survivor = s.id
    left join less_stances lt on lt.survivor = s.id
    where s.meeting_id = ${meetingId}
    order by s.created_at desc, s.id desc`)
  return rows
}

/** Everybody who wrote, supported or gave a stance, once. */
export async function countPeople(reader: Reader, meetingId: string, out: readonly string[]): Promise<number> {
  const { rows } = await reader.execute<{ count: number }>(sql`
    select count(*)::int as count from (
      select author_id as account_id from suggestions where meeting_id = ${meetingId}
      union select p.account_id from supports p join suggestions s on s.id = p.suggestion_id where s.meeting_id = ${meetingId} and p.supported
      union select p.account_id from stances p join suggestions s on s.id = p.suggestion_id where s.meeting_id = ${meetingId}
    ) people where account_id <> all(${uuids(out)})`)
  return rows[0]?.count ?? 0
}
