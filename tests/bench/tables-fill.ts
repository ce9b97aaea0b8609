import type { PoolClient } from 'pg'
import type { Db } from '../../server/db/db.ts'
import { fixture, unseen } from '../topics/fixture.ts'

export type Sizes = { recommendations: number; suggestions: number; large: number }
type Run = (text: string, values?: unknown[]) => Promise<unknown>

/** A country of 31 provinces with 10 cities of 10 counties each; every number below is the same at each run. */
export const counties = 3_100
const codeOf = "lpad((11 + n / 100)::text, 2, '0') || lpad((n / 10 % 10 + 1)::text, 2, '0') || lpad((n % 10 + 1)::text, 2, '0')"
const sentences = [...fixture, ...unseen].map(({ text }) => text)
/** Besides, clauses of words that each stand in few texts, so that what people look for is as rare and as common as it is in life. */
const letters = [
  ...'人大年中会民主国家社经济发展农村工业教育文化卫生医疗交通道路桥梁水利环境保护治理规划建设管理服务质量标准制度责任督查落实推进协调联合机制平台数据信息公开监测评估整改资金补助扶持产业园区企业就业培训老幼残弱养殖种植林草湿地河湖库塘堤坝闸站',
]
const clauses = Array.from({ length: 1_500 }, (_, n) =>
  Array.from({ length: 14 }, (_, place) => letters[(n * 31 + place * (n % 89) + place * place * 7) % letters.length]).join(''),
)
const bodies = [...sentences, ...clauses]
/** An id from a text, with the version and the variant that ids have (RFC 9562). */
const uuidFrom = (text: string) => `overlay(overlay(md5(${text}) placing '8' from 13) placing '8' from 17)::uuid`
const id = (kind: string, n: string) => uuidFrom(`'${kind} ' || (${n})`)
/** The n-th of the texts that `tell` has put into the database. */
const said = (table: 'bench_sentences' | 'bench_bodies', n: string) => `(select said from ${table} where place = ${n})`

/** What is rare in so many texts, and what stands in each. */
const places = ['双林镇', '练市镇', '菱湖镇', '千金镇', '石淙镇', '和孚镇', '旧馆街道', '东迁街道', '南浔古镇', '含山村']

/**
 * Fills a migrated database by bulk SQL: by two connections, without looking anything up that is known to be right, and with the indexes
 * made afterwards. The ledger's lines are not made here but by the program itself, as after an upgrade.
 */
export async function fillTables({ pool }: Db, sizes: Sizes) {
  const meetings = Math.max(50, Math.round(sizes.recommendations / 25))
  const fillers = [await pool.connect(), await pool.connect()] as const
  try {
    const [one, other] = fillers.map(
      (client): Run =>
        (text, values) =>
          client.query(text, values),
    ) as [Run, Run]
    for (const run of [one, other]) await run('set session_replication_role = replica')
    await tell(one)
    const indexes = await dropIndexes(fillers[0], ['suggestions', 'recommendations', 'assignments', 'assignment_clocks', 'reply_items'])
    await fillPlaces(one, meetings)
    await Promise.all([fillSuggestions(one, sizes, meetings), fillRecommendations(other, sizes, meetings)])
    const half = Math.ceil(indexes.length / 2)
    await Promise.all([indexes.slice(0, half), indexes.slice(half)].map((own, place) => makeIndexes(fillers[place]!, own)))
    await one('drop table bench_sentences, bench_bodies')
  } finally {
    // What was set goes with them.
    for (const client of fillers) client.release(true)
  }
  await pool.query('vacuum analyze')
}

/** Texts are looked up by their place: in an array of so many that would be a walk each time. */
async function tell(run: Run) {
  for (const [name, texts] of [['bench_sentences', sentences] as const, ['bench_bodies', bodies] as const]) {
    await run(`create unlogged table ${name} (place int primary key, said text not null)`)
    await run(`insert into ${name} select place, said from unnest($1::text[]) with ordinality given(said, place)`, [texts])
    await run(`analyze ${name}`)
  }
}

async function dropIndexes(client: PoolClient, tables: string[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes
     where tablename = any($1) and not exists (select from pg_constraint where conname = indexname) order by length(indexdef) % 7, indexname`,
    [tables],
  )
  for (const { name } of rows) await client.query(`drop index "${name}"`)
  return rows.map(({ definition }) => definition)
}

async function makeIndexes(client: PoolClient, definitions: string[]) {
  await client.query("set maintenance_work_mem = '512MB'")
  for (const definition of definitions) await client.query(definition)
}

async function fillPlaces(run: Run, meetings: number) {
  await run(`insert into regions (code, name, parent_code)
    select code, '省' || code, null from (select distinct left(${codeOf}, 2) as code from generate_series(0, ${counties - 1}) n) s
    union all select code, '市' || code, left(code, 2) from (select distinct left(${codeOf}, 4) as code from generate_series(0, ${counties - 1}) n) s
    union all select ${codeOf}, '县' || n, left(${codeOf}, 4) from generate_series(0, ${counties - 1}) n`)
  await run(`insert into accounts (id, name, email, username)
    select ${id('account', 'n')}, '委员' || n, 'bench' || n || '@example.org', 'bench' || n from generate_series(0, 4999) n`)
  await run(`insert into organizations (id, region_code, name, kind)
    select ${id('organization', 'n * 4 + k')}, ${codeOf}, '县' || n || (array['交通运输局', '水利局', '教育局', '农业农村局'])[k + 1], 'department'
    from generate_series(0, ${counties - 1}) n, generate_series(0, 3) k`)
  await run(
    `insert into meetings (id, code, title, status, starts_at, ended_at, suggestion_policy, created_by)
    select ${id('meeting', 'n')}, 'M' || n, '第' || n || '次' || ($1::text[])[1 + n % 10] || '协商会', 'ended', at, at, 'approval', ${id('account', 'n % 5000')}
    from generate_series(0, ${meetings - 1}) n, lateral (select timestamptz '2021-01-04' + n * interval '5 years' / ${meetings} as at) s`,
    [places],
  )
  await run(`insert into meeting_regions (meeting_id, region_code, position)
    select ${id('meeting', 'm')}, ${codeOf}, 0 from generate_series(0, ${meetings - 1}) m, lateral (select (m * 7 % ${counties})::int as n) s
    union all select ${id('meeting', 'm')}, ${codeOf}, 1 from generate_series(0, ${meetings - 1}, 5) m, lateral (select ((m * 7 + 1500) % ${counties})::int as n) s`)
}

const fillSuggestions = (run: Run, { suggestions, large }: Sizes, meetings: number) =>
  run(`insert into suggestions (id, meeting_id, author_id, author_name, text, status, flags, support_count, receipt, created_at)
    select ${id('suggestion', 'n')}, case when n < ${large} then ${id('meeting', '0')} else ${id('meeting', `1 + n % ${meetings - 1}`)} end,
      ${id('account', 'n % 5000')}, '', ${said('bench_sentences', `1 + n % ${sentences.length}`)} || '，' || ${said('bench_sentences', `1 + n * 7 % ${sentences.length}`)},
      case when n % 10 < 2 then 'pending' when n % 10 < 7 then 'published' when n % 10 < 9 then 'answered' else 'hidden' end,
      case when n % 40 = 0 then array['links'] else array[]::text[] end, n * 31 % 97, 'R' || n, timestamptz '2021-01-05' + n * interval '5 years' / ${suggestions}
    from generate_series(0, ${suggestions - 1}) n`)

async function fillRecommendations(run: Run, { recommendations, suggestions }: Sizes, meetings: number) {
  await run(
    `insert into recommendations (id, meeting_id, region_code, year, serial, number, title, body, created_by, created_at)
    select ${id('recommendation', 'n')}, ${id('meeting', `n % ${meetings}`)}, '11', extract(year from at)::int, n, '协商建议〔' || extract(year from at)::int || '〕' || n || '号',
      '关于' || ($1::text[])[1 + n % 10] || left(${said('bench_sentences', `1 + n * 11 % ${sentences.length}`)}, 12) || '的建议',
      '建议：' || (select string_agg(${said('bench_bodies', `1 + (n * 13 + k * (n % 517 + 3) * 7) % ${bodies.length}`)}, '。' order by k) from generate_series(1, 16) k),
      ${id('account', 'n % 5000')}, at
    from generate_series(0, ${recommendations - 1}) n,
      lateral (select timestamptz '2021-01-06' + (n % ${meetings}) * interval '5 years' / ${meetings} + (n / ${meetings}) * interval '1 hour' as at) s`,
    [places],
  )
  await run(`insert into recommendation_suggestions (recommendation_id, suggestion_id)
    select ${id('recommendation', 'n')}, ${id('suggestion', `n % ${suggestions}`)} from generate_series(0, ${recommendations - 1}) n`)
  await giveOut(run, recommendations, meetings)
}

/**
 * One department of the meeting's county for nine in ten, and a second one for every fourth of them. Most are answered; a fifth is done
 * with and to be looked back on, the odd one stands in the register.
 */
async function giveOut(run: Run, recommendations: number, meetings: number) {
  await run(`insert into assignments (id, recommendation_id, organization_id, part, host_code, status, issued_at, signed_at, signed_by)
    select ${id('assignment', 'n * 2 + k')}, ${id('recommendation', 'n')}, ${id('organization', `(n % ${meetings}) * 7 % ${counties} * 4 + (n + k) % 4`)},
      case k when 0 then 'lead' else 'co-handler' end, (select ${codeOf} from (select ((r.n % ${meetings}) * 7 % ${counties})::int as n) county),
      case when k = 1 and status not in ('issued', 'signed', 'returned') then 'countersigned' else status end,
      at, case when status not in ('issued', 'returned') then at + interval '3 days' end, case when status not in ('issued', 'returned') then ${id('account', 'n % 5000')} end
    from generate_series(0, ${recommendations - 1}) r(n), generate_series(0, 1) k,
      lateral (select case when n % 20 < 2 then 'issued' when n % 20 < 5 then 'signed' when n % 20 < 6 then 'returned' when n % 20 < 14 then 'replied'
          when n % 500 = 14 then 'registered' else 'closed' end as status,
        now() - (n % 97) * interval '1 day' as at) s
    where n % 10 <> 9 and (k = 0 or n % 4 = 0)`)
  await run(`insert into assignment_clocks (assignment_id, kind, started_at, period, due_at, stopped_at)
    select id, kind, issued_at, period::jsonb, due, case when status not in ('issued', 'signed') or (kind = 'sign' and status = 'signed') then now() end
    from assignments, lateral (values ('sign', '{"amount":7,"unit":"calendar-days"}', issued_at + interval '7 days'),
      ('reply', '{"amount":3,"unit":"months"}', issued_at + interval '3 months')) c(kind, period, due)`)
  await run(`insert into assignment_clocks (assignment_id, kind, started_at, period, due_at)
    select id, kind, issued_at, period::jsonb, due
    from assignments, lateral (values ('first-look-back', '{"amount":6,"unit":"months"}', issued_at + interval '6 months'),
      ('second-look-back', '{"amount":12,"unit":"months"}', issued_at + interval '12 months')) c(kind, period, due)
    where status in ('closed', 'registered')`)
  await run(`insert into replies (id, assignment_id, text, replied_at, replied_by)
    select ${uuidFrom("'reply ' || id")}, id, '已按建议办理，详见逐条答复。', now(), signed_by from assignments where status in ('replied', 'closed', 'registered')`)
  await run(`insert into reply_items (reply_id, suggestion_id, outcome, grade, text)
    select ${uuidFrom("'reply ' || a.id")}, s.suggestion_id, 'adopted', (array['A', 'A', 'A', 'B', 'B', 'C'])[1 + abs(hashtext(a.id::text)) % 6], ''
    from assignments a join recommendation_suggestions s on s.recommendation_id = a.recommendation_id where a.status in ('replied', 'closed', 'registered')`)
}
