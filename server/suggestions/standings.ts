import { sql } from 'drizzle-orm'
import type { CitationStanding } from '../../shared/minutes-published.ts'
import type { Reader } from '../db/db.ts'

/** What stands behind these suggestions now: of one that is merged, what stands behind the one it became part of. */
export async function readStandings(reader: Reader, ids: readonly string[]): Promise<CitationStanding[]> {
  const { rows } = await reader.execute<CitationStanding>(sql`
    select cited.id as "suggestionId", cited.status, survivor.support_count as supporters,
      (select count(*)::int from suggestions member where member.id = survivor.id or member.merged_into_id = survivor.id) as receipts
    from suggestions cited join suggestions survivor on survivor.id = coalesce(cited.merged_into_id, cited.id)
    where cited.id = any(${sql.param(ids)}::uuid[])
    order by cited.created_at, cited.id`)
  return rows.map(({ suggestionId, status, supporters, receipts }) => ({ suggestionId, status, supporters, receipts }))
}
