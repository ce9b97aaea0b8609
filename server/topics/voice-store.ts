import { sql } from 'drizzle-orm'
import type { Suggestion } from '../../shared/suggestions.ts'
import type { Reader } from '../db/db.ts'

/** A suggestion with all that the chair's picture needs to know of it. */
export type VoiceRow = {
  id: string
  text: string
  status: Suggestion['status']
  createdAt: string
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

export async function listVoices(reader: Reader, meetingId: string): Promise<VoiceRow[]> {
  const { rows } = await reader.execute<VoiceRow>(sql`
    select s.id, left(s.text, 300) as text, s.status, to_char(s.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
      s.support_count as supports, coalesce(c.agrees, 0) as agrees, coalesce(c.disagrees, 0) as disagrees, coalesce(c.passes, 0) as passes,
      st.theme_id as "themeId", coalesce(s.category, st.category) as category, s.via, p.site_id as "siteId"
    from suggestions s
    left join stance_counts c on c.suggestion_id = s.id
    left join suggestion_themes st on st.suggestion_id = s.id
    left join participants p on p.meeting_id = s.meeting_id and p.account_id = s.author_id
    where s.meeting_id = ${meetingId}
    order by s.created_at desc, s.id desc`)
  return rows
}

/** Everybody who wrote, supported or gave a stance, once. */
export async function countPeople(reader: Reader, meetingId: string): Promise<number> {
  const { rows } = await reader.execute<{ count: number }>(sql`
    select count(*)::int as count from (
      select author_id from suggestions where meeting_id = ${meetingId}
      union select p.account_id from supports p join suggestions s on s.id = p.suggestion_id where s.meeting_id = ${meetingId} and p.supported
      union select p.account_id from stances p join suggestions s on s.id = p.suggestion_id where s.meeting_id = ${meetingId}
    ) people`)
  return rows[0]?.count ?? 0
}
