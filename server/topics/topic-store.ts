import { and, asc, desc, eq, inArray, or, sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import type { Topic } from '../../shared/topics.ts'
import type { Reader, Tx } from '../db/db.ts'
import { meetings } from '../meetings/schema.ts'
import { readPaths } from '../regions/store.ts'
import { suggestions } from '../suggestions/schema.ts'
import { topicSuggestions, topics } from './schema.ts'

export type TopicRow = typeof topics.$inferSelect
/** What a supporter beyond the author counts, beside a suggestion's 1. */
export const supportWeight = 0.25
/** After so many half-lives a suggestion counts for less than two hundredths. */
const halfLives = 6
const shownSuggestions = 5
const mostLinked = 50

export type HotCategory = { category: string; heat: number; suggestionIds: string[]; themes: string[] }

export type Span = { regionCode: string; halfLifeDays: number; at: string }

const isRecent = ({ halfLifeDays, at }: Span) =>
  sql`s.created_at > ${at}::timestamptz - make_interval(days => ${halfLifeDays * halfLives}::int)`

/** The meetings of a region whose suggestions still give heat. */
export async function listHeatedMeetings(reader: Reader, span: Span): Promise<string[]> {
  const { rows } = await reader.execute<{ id: string }>(sql`
    select distinct s.meeting_id as id from suggestions s
    join meeting_regions mr on mr.meeting_id = s.meeting_id and mr.region_code = ${span.regionCode}
    where ${isRecent(span)}`)
  return rows.map(({ id }) => id)
}

/**
 * A region's heat by category: `Σ (1 + ¼ · supporters beyond the author) · 2^(−age / half-life)` over the suggestions to its
 * meetings, but for those that a decided topic has already: what was decided must heat up anew. Those in `out` give no heat, neither
 * as authors nor as supporters.
 */
export async function readHeat(
  reader: Reader,
  span: Span,
  out: readonly { meetingId: string; accountId: string }[],
): Promise<HotCategory[]> {
  const { regionCode, halfLifeDays, at } = span
  const column = (key: 'meetingId' | 'accountId') => sql`${sql.param(out.map((one) => one[key]))}::uuid[]`
  const { rows } = await reader.execute<HotCategory>(sql`
    with outside as (select * from unnest(${column('meetingId')}, ${column('accountId')}) as one(meeting_id, account_id)),
    less as (
      select survivor, count(distinct account_id)::int as count from (
        select coalesce(s.merged_into_id, s.id) as survivor, s.meeting_id, s.author_id as account_id
        from suggestions s join outside o on o.meeting_id = s.meeting_id and o.account_id = s.author_id
        union all
        select coalesce(s.merged_into_id, s.id), s.meeting_id, p.account_id
        from suggestions s join outside o on o.meeting_id = s.meeting_id
        join supports p on p.suggestion_id = s.id and p.supported and p.account_id = o.account_id
      ) people group by survivor
    ),
    voices as (
      select s.id, s.status, coalesce(s.category, st.category) as category, th.name, th.words,
        (post.weight + ${supportWeight}::float8
          * case when s.status = 'merged' then 0 else greatest(s.support_count - coalesce(l.count, 0) - post.weight, 0) end)
          * power(0.5::float8, extract(epoch from ${at}::timestamptz - s.created_at)::float8 / (86400 * ${halfLifeDays}::float8)) as heat
      from suggestions s
      join meeting_regions mr on mr.meeting_id = s.meeting_id and mr.region_code = ${regionCode}
      left join suggestion_themes st on st.suggestion_id = s.id
      left join themes th on th.id = st.theme_id
      left join less l on l.survivor = s.id
      cross join lateral (
        select case when exists (select 1 from outside o where o.meeting_id = s.meeting_id and o.account_id = s.author_id) then 0 else 1 end as weight
      ) post
      where s.status <> 'hidden' and ${isRecent(span)}
        and not exists (
          select 1 from topic_suggestions ts join topics t on t.id = ts.topic_id
          where ts.suggestion_id = s.id and t.region_code = ${regionCode} and t.status <> 'proposed'
        )
    )
    select category, sum(heat)::float8 as heat,
      (array_agg(id order by heat desc, id) filter (where status <> 'merged'))[1:${mostLinked}] as "suggestionIds",
      array_remove((array_agg(coalesce(name, array_to_string(words[1:2], '、')) order by heat desc, id))[1:3], null) as themes
    from voices where category is not null and heat > 0
    group by category order by heat desc, category`)
  return rows.map((row) => ({ ...row, suggestionIds: row.suggestionIds ?? [], themes: row.themes ?? [] }))
}

/** The categories for which a region has a topic that waits to be decided. */
export async function listWaiting(reader: Reader, regionCode: string): Promise<string[]> {
  const rows = await reader
    .select({ category: topics.category })
    .from(topics)
    .where(and(eq(topics.regionCode, regionCode), eq(topics.status, 'proposed')))
  return rows.map(({ category }) => category)
}

/** The topic of a category that waits to be decided, locked. */
export async function lockProposed(tx: Tx, regionCode: string, category: string): Promise<TopicRow | undefined> {
  // Two nodes may see the same heat: the second waits and then finds what the first has proposed.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`topic ${regionCode} ${category}`}, 0))`)
  const [row] = await tx
    .select()
    .from(topics)
    .where(and(eq(topics.regionCode, regionCode), eq(topics.category, category), eq(topics.status, 'proposed')))
    .for('update')
  return row
}

export async function insertTopic(
  tx: Tx,
  row: Pick<TopicRow, 'regionCode' | 'title' | 'category' | 'heat' | 'proposedAt'>,
): Promise<string> {
  const id = v7()
  await tx.insert(topics).values({ id, ...row, status: 'proposed' })
  return id
}

/** A topic that was decided on when it was made. Returns false when the id is taken. */
export async function insertTaken(tx: Tx, row: Omit<TopicRow, 'status' | 'reason' | 'version'>): Promise<boolean> {
  const rows = await tx
    .insert(topics)
    .values({ ...row, status: 'triaged' })
    .onConflictDoNothing()
    .returning({ id: topics.id })
  return rows.length > 0
}

export async function updateTopic(tx: Tx, topicId: string, changes: Partial<Omit<TopicRow, 'id' | 'version'>>) {
  await tx
    .update(topics)
    .set({ ...changes, version: sql`${topics.version} + 1` })
    .where(eq(topics.id, topicId))
}

export async function linkSuggestions(tx: Tx, topicId: string, suggestionIds: readonly string[]) {
  if (suggestionIds.length === 0) return
  await tx
    .insert(topicSuggestions)
    .values(suggestionIds.map((suggestionId) => ({ topicId, suggestionId })))
    .onConflictDoNothing()
}

export async function findTopic(reader: Reader, topicId: string): Promise<TopicRow | undefined> {
  const [row] = await reader.select().from(topics).where(eq(topics.id, topicId))
  return row
}

export async function lockTopic(tx: Tx, topicId: string): Promise<TopicRow | undefined> {
  const [row] = await tx.select().from(topics).where(eq(topics.id, topicId)).for('update')
  return row
}

/** Of the regions under these codes (`''` is the whole country), those to decide first, then the hottest. */
export async function listTopicIds(reader: Reader, under: readonly string[], status: Topic['status'] | undefined): Promise<string[]> {
  if (under.length === 0) return []
  const rows = await reader
    .select({ id: topics.id })
    .from(topics)
    .where(
      and(
        or(...under.map((code) => sql`starts_with(${topics.regionCode}, ${code})`)),
        status === undefined ? undefined : eq(topics.status, status),
      ),
    )
    .orderBy(desc(sql`${topics.status} = 'proposed'`), desc(topics.heat), asc(topics.id))
    .limit(200)
  return rows.map(({ id }) => id)
}

/** Topics whole, in the order of `ids`. */
export async function readTopics(reader: Reader, ids: string[]): Promise<Topic[]> {
  if (ids.length === 0) return []
  const rows = await reader.select().from(topics).where(inArray(topics.id, ids))
  const linked = await reader
    .select({
      topicId: topicSuggestions.topicId,
      id: suggestions.id,
      meetingId: suggestions.meetingId,
      meetingTitle: meetings.title,
      text: suggestions.text,
      supports: suggestions.supportCount,
      status: suggestions.status,
    })
    .from(topicSuggestions)
    .innerJoin(suggestions, eq(suggestions.id, topicSuggestions.suggestionId))
    .innerJoin(meetings, eq(meetings.id, suggestions.meetingId))
    .where(inArray(topicSuggestions.topicId, ids))
    .orderBy(desc(suggestions.supportCount), asc(suggestions.id))
  const paths = await readPaths(
    reader,
    rows.map((row) => row.regionCode),
  )
  const byId = new Map(
    rows.map(({ decidedBy: _by, reason: _reason, ...row }) => {
      // What was hidden since is no reason any more.
      const own = linked.filter(({ topicId, status }) => topicId === row.id && status !== 'hidden' && status !== 'merged')
      const shown = own.slice(0, shownSuggestions).map(({ topicId: _topic, status: _status, ...suggestion }) => suggestion)
      return [row.id, { ...row, regionPath: paths.get(row.regionCode) ?? [], suggestionCount: own.length, suggestions: shown }]
    }),
  )
  return ids.flatMap((id) => byId.get(id) ?? [])
}
