import { createHash } from 'node:crypto'
import type { App } from '../../server/app.ts'
import type { Db } from '../../server/db/db.ts'
import { inOrganization, inRegion } from '../support/meetings.ts'
import { createPeople, type Person } from '../support/people.ts'
import { fillTables, type Sizes } from './tables-fill.ts'

export type Measured = { who: string; what: string; p50: number; p99: number; seqScans: number }

/** The same as in SQL. */
const uuidOf = (kind: string, n: number) =>
  createHash('md5')
    .update(`${kind} ${n}`)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-8$3-8$4-$5')

/** Of the sizes that would hurt. */
const bigTables = ['ledger_lines', 'ledger_texts', 'suggestions', 'recommendations', 'assignments', 'assignment_clocks']

type Place = { url: string; db: Db; ledger: App['services']['ledger'] }

/** Fills the tables, and has the program make its ledger of them. */
export async function prepareTables({ db, ledger }: Place, sizes: Sizes, tell: (line: string) => void) {
  const began = performance.now()
  await fillTables(db, sizes)
  tell(`filled in ${Math.round((performance.now() - began) / 1_000)} s`)
  ledger.start()
  await ledger.caughtUp()
  await db.pool.query('vacuum analyze ledger_lines')
  await db.pool.query('vacuum analyze ledger_texts')
  tell(`ledger made in ${Math.round((performance.now() - began) / 1_000)} s from the beginning`)
}

/** Asks for pages of the tables as people do, each question with other words at each round. */
export async function measureTables({ url, db }: Place, rounds: number, asked = 4): Promise<Measured[]> {
  const people = createPeople(url, db)
  const asking: [string, Person][] = [
    ['nation', await people.person({ grants: [inRegion('secretary', '')] })],
    ['province', await people.person({ grants: [inRegion('secretary', '11')] })],
    ['county', await people.person({ grants: [inRegion('secretary', '110101')] })],
    ['department', await people.person({ grants: [inOrganization('handler', uuidOf('organization', 1))] })],
  ]
  const measured: Measured[] = []
  for (const [who, person] of asking.slice(0, asked))
    for (const [what, pathOf] of Object.entries({ ...questions, ...desks })) measured.push(await ask(db, who, what, person, pathOf, rounds))
  for (const [what, pathOf] of Object.entries(lists)) measured.push(await ask(db, 'moderator', what, asking[0]![1], pathOf, rounds))
  const visitor = await people.visitor()
  for (const [what, pathOf] of Object.entries(publicly)) measured.push(await ask(db, 'everybody', what, visitor, pathOf, rounds))
  people.close()
  return measured
}

const words = ['公交', '末班车', '路灯', '水葫芦', '停车位', '校门口', '双林镇', '含山村', '充电桩', '排污口', '养猪场', '雨棚']
const word = (n: number) => encodeURIComponent(words[n % words.length]!)
const day = (n: number) => new Date(Date.UTC(2021, 0, 1) + ((n * 37) % 1_800) * 86_400_000).toISOString()
const cursor = (n: number) => Buffer.from(JSON.stringify(['newest', day(n), uuidOf('assignment', n)])).toString('base64url')

const questions: Record<string, (n: number) => string> = {
  newest: () => '/api/ledger?',
  oldest: () => '/api/ledger?sort=oldest',
  due: () => '/api/ledger?sort=due',
  changed: () => '/api/ledger?sort=changed',
  'deep page': (n) => `/api/ledger?after=${cursor(n)}`,
  state: (n) => `/api/ledger?state=${['to-issue', 'issued', 'signed', 'replied', 'returned'][n % 5]}`,
  colour: (n) => `/api/ledger?sort=due&colour=${['green', 'yellow', 'red'][n % 3]}`,
  'colour, newest': (n) => `/api/ledger?colour=${['green', 'yellow', 'red'][n % 3]}`,
  region: (n) => `/api/ledger?regionCode=${['11', '1101', '110101', '12', '41', '3105', '250307'][n % 7]}`,
  organization: (n) => `/api/ledger?organizationId=${uuidOf('organization', (n * 113) % 12_400)}`,
  meeting: (n) => `/api/ledger?meetingId=${uuidOf('meeting', (n * 17) % 2_000)}`,
  proposer: (n) => `/api/ledger?proposerId=${uuidOf('account', (n * 17) % 5_000)}`,
  year: (n) => `/api/ledger?year=${2021 + (n % 5)}`,
  grade: (n) => `/api/ledger?grade=${'ABC'[n % 3]}`,
  'year, state, grade, region': (n) => `/api/ledger?year=${2021 + (n % 5)}&state=replied&grade=${'ABC'[n % 3]}&regionCode=${11 + (n % 31)}`,
  'overdue of a region by deadline': (n) => `/api/ledger?sort=due&colour=red&regionCode=${11 + (n % 31)}`,
  'search, one word': (n) => `/api/ledger?text=${word(n)}`,
  'search, two words': (n) => `/api/ledger?text=${word(n)}%20${word(n * 5 + 1)}`,
  'search, in every text': () => `/api/ledger?text=${encodeURIComponent('建议')}`,
  'search, one character': (n) => `/api/ledger?text=${encodeURIComponent('路灯河桥车'[n % 5]!)}`,
  'search, a number': (n) => `/api/ledger?text=${encodeURIComponent(`协商建议〔${2021 + (n % 5)}〕${n * 977}号`)}`,
  'search, nothing found': (n) => `/api/ledger?text=${encodeURIComponent(`航天飞机${n}`)}`,
  'search with state and year': (n) => `/api/ledger?text=${word(n)}&state=signed&year=${2021 + (n % 5)}`,
  'search by deadline': (n) => `/api/ledger?sort=due&text=${word(n)}&colour=red`,
  counts: () => '/api/ledger/counts',
  'counts of a search': (n) => `/api/ledger/counts?text=${word(n)}`,
  'counts of what is in every text': () => `/api/ledger/counts?text=${encodeURIComponent('建议')}`,
  'counts of a region': (n) => `/api/ledger/counts?regionCode=${11 + (n % 31)}`,
  'choices of departments': (n) => `/api/ledger/choices?of=organization&text=${encodeURIComponent(`县${n}`)}`,
  'choices of meetings': (n) => `/api/ledger/choices?of=meeting&text=${word(n)}`,
  'choices of proposers': (n) => `/api/ledger/choices?of=proposer&text=${encodeURIComponent(`委员${n}`)}`,
}

const after = (n: number) => `${String(Date.parse(day(n))).padStart(13, '0')}_${uuidOf('recommendation', n)}`

/** What everybody may read, without an account. */
const publicly: Record<string, (n: number) => string> = {
  newest: () => '/api/outcomes?',
  'deep page': (n) => `/api/outcomes?after=${after(n)}`,
  region: (n) => `/api/outcomes?region=${['11', '1101', '110101', '12', '41', '3105', '250307'][n % 7]}`,
  'region without any': () => '/api/outcomes?region=99',
  state: (n) => `/api/outcomes?state=${['issued', 'handling', 'replied'][n % 3]}`,
  department: (n) => `/api/outcomes?department=${encodeURIComponent(['水利局', '县7', `县${n}教育局`, '没有这个局'][n % 4]!)}`,
  year: (n) => `/api/outcomes?year=${2021 + (n % 5)}`,
  'one word': (n) => `/api/outcomes?words=${word(n)}`,
  'two words': (n) => `/api/outcomes?words=${word(n)}%20${word(n * 5 + 1)}`,
  'in every text': () => `/api/outcomes?words=${encodeURIComponent('建议')}`,
  'nothing found': (n) => `/api/outcomes?words=${encodeURIComponent(`航天飞机${n}`)}`,
  'word, region, state and year': (n) => `/api/outcomes?words=${word(n)}&region=${11 + (n % 31)}&state=replied&year=${2021 + (n % 5)}`,
  'the page itself': (n) => `/public?words=${n % 2 ? word(n) : ''}`,
}

/** The desks of those who follow up. */
const desks: Record<string, () => string> = {
  worklist: () => '/api/worklist',
  'look-backs': () => '/api/look-backs',
  register: () => '/api/register',
}

const list = (meeting: number, rest: string) => `/api/meetings/${uuidOf('meeting', meeting)}/${rest}`
const lists: Record<string, (n: number) => string> = Object.fromEntries(
  [['a usual meeting', (n: number) => 1 + (n % 40)] as const, ['a huge meeting', () => 0] as const].flatMap(([where, meetingOf]) => [
    ...['pending', 'flagged', 'unanswered', 'all'].map((view) => [
      `queue ${view}, ${where}`,
      (n: number) => list(meetingOf(n), `queue?view=${view}`),
    ]),
    ...['newest', 'supported', 'unanswered'].map((sort) => [
      `suggestions ${sort}, ${where}`,
      (n: number) => list(meetingOf(n), `suggestions?sort=${sort}`),
    ]),
  ]),
)

async function ask(db: Db, who: string, what: string, person: Person, pathOf: (n: number) => string, rounds: number): Promise<Measured> {
  const before = await scans(db)
  const times: number[] = []
  for (let n = -Math.min(3, rounds); n < rounds; n++) {
    const began = performance.now()
    const response = await person.fetch(pathOf(Math.abs(n)))
    await response.arrayBuffer()
    if (!response.ok) throw new Error(`${pathOf(n)}: ${response.status}`)
    if (n >= 0) times.push(performance.now() - began)
  }
  times.sort((a, b) => a - b)
  const at = (part: number) => Math.round(times[Math.max(0, Math.ceil(times.length * part) - 1)]! * 10) / 10
  return { who, what, p50: at(0.5), p99: at(0.99), seqScans: (await scans(db)) - before }
}

/** How often one of the big tables was read from one end to the other. Sessions tell a moment after, so what is counted may lag by a question. */
async function scans(db: Db): Promise<number> {
  const { rows } = await db.pool.query<{ scans: string }>(
    'select sum(seq_scan) as scans from pg_stat_user_tables where relname = any($1)',
    [bigTables],
  )
  return Number(rows[0]?.scans ?? 0)
}
