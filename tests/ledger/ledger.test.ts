import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { countSoon } from '../../server/ledger/store.ts'
import { type LedgerCounts, type LedgerLine, ledgerLineSchema } from '../../shared/ledger.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { Recommendation } from '../../shared/recommendations.ts'
import { draftOf, issue, makeDepartment, replyTo, writeMinutes } from '../recommendations/outcomes.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting, type plan } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'

type Department = Awaited<ReturnType<typeof makeDepartment>>
type Page = { lines: LedgerLine[]; next: string | null }

let now = new Date('2026-11-01T02:00:00.000Z')
let app: TestApp
let secretary: Person
let partner: Person
let nation: Person
let transport: Department
let water: Department
let meeting: Meeting
let blockIds: string[]

beforeAll(async () => {
  app = await startApp({ now: () => now })
  await addRegions(app)
  nation = await app.person({ grants: [inRegion('admin', '')] })
  secretary = await app.person({ name: '南浔秘书', grants: [inRegion('secretary', districts.nanxun)] })
  partner = await app.person({ name: '吴江秘书', grants: [inRegion('secretary', districts.wujiang)] })
  transport = await makeDepartment(app, nation, districts.nanxun, '交通局')
  water = await makeDepartment(app, nation, districts.wujiang, '水务局')
  ;({ meeting, blockIds } = await meet())
})
afterAll(() => app.close())

async function meet(by = secretary, changes: Partial<ReturnType<typeof plan>> = {}) {
  const made = await makeMeeting(by, changes)
  return { meeting: made, blockIds: await writeMinutes(app, by, made, ['与会各方同意。']) }
}

/** A meeting of one region alone, and what it recommends. */
const alone = (regionCode: string): Partial<ReturnType<typeof plan>> => ({
  regionCodes: [regionCode],
  sites: [{ id: v7(), name: '主会场', regionCode, kind: 'main' }],
})

async function recommend(title: string, by = secretary, of = { meeting, blockIds }): Promise<Recommendation> {
  now = new Date(now.getTime() + 60_000)
  return value(await by.post('recommendation:create', { ...draftOf(of.meeting, of.blockIds), title }))
}

const read = (person: Person, search: Record<string, string | number> = {}) =>
  person.get<Page>(`/api/ledger?${new URLSearchParams(Object.entries(search).map(([key, one]) => [key, String(one)]))}`)
const titles = async (person: Person, search: Record<string, string | number> = {}) =>
  (await read(person, search)).lines.map(({ title }) => title)
const refusal = (person: Person, path: string) =>
  person.get(path).then(
    () => null,
    (error: { error: { code: string; reason: string } }) => error.error,
  )

test('a line follows its recommendation: to be issued, then one for each department, with its deadline', async () => {
  const made = await recommend('雨棚甲')
  expect((await read(secretary, { text: '雨棚甲' })).lines.map((line) => ledgerLineSchema.parse(line))).toMatchObject([
    {
      id: made.id,
      state: 'to-issue',
      number: made.number,
      meetingTitle: meeting.title,
      proposerName: '南浔秘书',
      organizationId: null,
      dueAt: null,
    },
  ])
  const first = await issue(secretary, made, transport.organization)
  const second = await issue(partner, made, water.organization)
  const { lines } = await read(secretary, { text: '雨棚甲', sort: 'oldest' })
  expect(lines.map(({ id, state, organizationName, dueAt }) => ({ id, state, organizationName, dueAt }))).toEqual([
    { id: first.id, state: 'issued', organizationName: '交通局', dueAt: first.signDueAt },
    { id: second.id, state: 'issued', organizationName: '水务局', dueAt: second.signDueAt },
  ])
  value(await transport.handler.post('assignment:sign', { assignmentId: first.id }))
  value(await transport.handler.post('assignment:reply', replyTo(first.id, [])))
  expect((await read(secretary, { text: '雨棚甲', state: 'replied' })).lines).toMatchObject([{ id: first.id, dueAt: null }])
  value(await partner.post('assignment:pause', { assignmentId: second.id, reason: '等资料' }))
  expect((await read(secretary, { text: '雨棚甲', state: 'issued' })).lines).toMatchObject([{ id: second.id, paused: true, dueAt: null }])
})

test('what is found in very much is counted so far, and it is said that there is more', async () => {
  for (const title of ['芦苇荡甲', '芦苇荡乙', '芦苇荡丙']) await recommend(title)
  await recommend('芦苇荡丁', partner, await meet(partner, alone(districts.wujiang)))
  const wanted = { reach: undefined, filter: { text: '芦苇荡' }, now }
  const upTo = async (most: number, regions: string[] | null) => {
    const { counts, atLeast } = await countSoon(app.db.reader, wanted, regions, most)
    return { total: counts.reduce((sum, { total }) => sum + total, 0), atLeast }
  }
  expect((await upTo(2, null)).atLeast).toBe(true)
  expect(await upTo(4, null)).toEqual({ total: 4, atLeast: false })
  expect(await upTo(3, [districts.nanxun])).toEqual({ total: 3, atLeast: false })
  expect(await secretary.get('/api/ledger/counts?text=芦苇荡')).toMatchObject({ counts: [{ state: 'to-issue', total: 3 }], atLeast: false })
})

test('what a region says of how early its deadlines warn colours the lines that are there already', async () => {
  const made = await recommend('界河渡口')
  const [own, other] = [await issue(secretary, made, transport.organization), await issue(partner, made, water.organization)]
  const yellow = async () => (await read(secretary, { text: '界河渡口', colour: 'yellow', sort: 'oldest' })).lines.map(({ id }) => id)
  const warn = (value: { sign: number; reply: number } | null, version: number) =>
    nation.post('setting:set', { regionCode: districts.nanxun, key: 'reminders', value, version })
  expect(await yellow()).toEqual([])
  value(await warn({ sign: 20, reply: 7 }, 0))
  expect(await yellow()).toEqual([own.id])
  value(await secretary.post('setting:set', { regionCode: districts.nanxun, key: 'evaluation', value: null, version: 0 }))
  expect(await yellow()).toEqual([own.id])
  value(await warn(null, 1))
  expect(await yellow()).toEqual([])
  expect(await titles(secretary, { text: '界河渡口', colour: 'green' })).toHaveLength(2)
  expect(other.status).toBe('issued')
})

test('everybody reads what is theirs, and nothing else', async () => {
  const mine = await recommend('界碑之一', secretary, await meet(secretary, alone(districts.nanxun)))
  await recommend('界碑之二', partner, await meet(partner, alone(districts.wujiang)))
  const joint = await recommend('界碑之三')
  await issue(secretary, joint, transport.organization)
  const inMeetingOnly = await app.person({ grants: [inMeeting('moderator', meeting.id)] })
  const above = await app.person({ grants: [inRegion('secretary', '33')] })
  const elsewhere = await app.person({ grants: [inRegion('secretary', '3502')] })
  const seen = (person: Person) => titles(person, { text: '界碑', sort: 'oldest' })
  expect(await seen(nation)).toEqual(['界碑之一', '界碑之二', '界碑之三'])
  expect(await seen(secretary)).toEqual(['界碑之一', '界碑之三'])
  expect(await seen(partner)).toEqual(['界碑之二', '界碑之三'])
  expect(await seen(above)).toEqual(['界碑之一', '界碑之三'])
  expect(await seen(inMeetingOnly)).toEqual(['界碑之三'])
  expect(await seen(transport.handler)).toEqual(['界碑之三'])
  for (const person of [elsewhere, water.handler, await app.visitor(), await app.person({ grants: [inRegion('citizen', '33')] })]) {
    expect(await seen(person)).toEqual([])
    expect(await person.get('/api/ledger/counts?text=界碑')).toEqual({ counts: [], atLeast: false })
    if (person !== water.handler) expect(await person.get('/api/ledger/choices?of=meeting')).toEqual([])
  }
  expect(await refusal(app.stranger(), '/api/ledger')).toMatchObject({ code: 'not-signed-in' })
  expect(await titles(elsewhere, { meetingId: mine.meetingId })).toEqual([])
})

test('when a meeting changes hands, so does what it recommends', async () => {
  const other = await meet()
  await recommend('移交之渡', secretary, other)
  expect(await titles(partner, { text: '移交之渡' })).toEqual(['移交之渡'])
  const { title, startsAt, suggestionPolicy, version, agenda } = await secretary.get<Meeting>(`/api/meetings/${other.meeting.id}`)
  const changed = { meetingId: other.meeting.id, title, startsAt, suggestionPolicy, version, agenda, ...alone(districts.nanxun) }
  const { regionCodes = [], sites = [], ...rest } = changed
  value(await secretary.post('meeting:update', { ...rest, regionCodes, sites }))
  expect(await titles(partner, { text: '移交之渡' })).toEqual([])
  expect(await titles(secretary, { text: '移交之渡' })).toEqual(['移交之渡'])
})

test('filters narrow it down, alone and together', async () => {
  const one = await recommend('筛子一')
  const two = await recommend('筛子二')
  await recommend('筛子三')
  const given = await issue(secretary, one, transport.organization)
  await issue(partner, two, water.organization)
  value(await transport.handler.post('assignment:sign', { assignmentId: given.id }))
  const seen = (search: Record<string, string | number>) => titles(nation, { text: '筛子', sort: 'oldest', ...search })
  expect(await seen({ state: 'to-issue' })).toEqual(['筛子三'])
  expect(await seen({ state: 'signed' })).toEqual(['筛子一'])
  expect(await seen({ organizationId: water.organization.id })).toEqual(['筛子二'])
  expect(await seen({ regionCode: '33' })).toEqual(['筛子一', '筛子三'])
  expect(await seen({ regionCode: districts.wujiang, state: 'issued' })).toEqual(['筛子二'])
  expect(await seen({ proposerId: secretary.accountId! })).toHaveLength(3)
  expect(await seen({ year: 2025 })).toEqual([])
  expect(await seen({ grade: 'A' })).toEqual([])
  expect(await titles(nation, { text: '水务局 筛子' })).toEqual(['筛子二'])
  expect(await titles(nation, { text: two.number })).toContain('筛子二')
  expect(await titles(nation, { text: '？？' })).toEqual([])
})

test('the three colours follow the clock, in the list and in the counts', async () => {
  const made = await recommend('红绿灯')
  await issue(secretary, made, transport.organization)
  const coloured = async () => {
    const [count] = (await secretary.get<LedgerCounts>('/api/ledger/counts?text=红绿灯')).counts
    const lists = await Promise.all(
      (['green', 'yellow', 'red'] as const).map(async (colour) => (await titles(secretary, { text: '红绿灯', colour })).length),
    )
    const { green, yellow, red } = count!
    expect([green, yellow, red]).toEqual(lists)
    return lists
  }
  const start = now
  expect(await coloured()).toEqual([1, 0, 0])
  // The seventh day is a Sunday, so the next one counts.
  now = new Date(start.getTime() + 7 * 86_400_000)
  expect(await coloured()).toEqual([0, 1, 0])
  now = new Date(start.getTime() + 9 * 86_400_000)
  expect(await coloured()).toEqual([0, 0, 1])
  now = start
})

test.each(['newest', 'oldest', 'due', 'changed'])('page after page in the order "%s" gives every line once', async (sort) => {
  const whole = (await read(nation, { sort, limit: 200 })).lines
  const paged: LedgerLine[] = []
  for (let after: string | null = ''; after !== null; ) {
    const { lines, next }: Page = await read(nation, { sort, limit: 3, ...(after && { after }) })
    paged.push(...lines)
    after = next
  }
  expect(whole.length).toBeGreaterThan(5)
  expect(paged.map(({ id }) => id)).toEqual(whole.map(({ id }) => id))
})

test('a cursor that is made up or of another order, and what is no filter, is refused', async () => {
  const { next } = await read(nation, { limit: 1 })
  const forged = (thing: unknown) => Buffer.from(JSON.stringify(thing)).toString('base64url')
  const bad = [
    'nonsense',
    forged(null),
    forged(['newest', 'yesterday', v7()]),
    forged(['newest', '0000-01-01T00:00:00Z', v7()]),
    forged(['newest', now, 'x']),
  ]
  for (const after of [...bad, forged(["newest'; drop table", now, v7()])])
    expect(await refusal(nation, `/api/ledger?after=${after}`)).toMatchObject({ code: 'invalid-input', reason: 'cursor-unreadable' })
  expect(await refusal(nation, `/api/ledger?sort=due&after=${next}`)).toMatchObject({ reason: 'cursor-unreadable' })
  for (const search of [
    'state=lost',
    'colour=blue',
    'regionCode=3',
    'organizationId=me',
    'year=1',
    'grade=D',
    'sort=random',
    'limit=0',
    'limit=201',
    `text=${'渡'.repeat(61)}`,
  ])
    expect(await refusal(nation, `/api/ledger?${search}`)).toMatchObject({ code: 'invalid-input' })
})

test('one looks for departments, meetings and proposers among what one may read', async () => {
  await issue(secretary, await recommend('有单位'), transport.organization)
  const choices = (person: Person, search: string) => person.get<{ id: string; name: string }[]>(`/api/ledger/choices?${search}`)
  expect(await choices(secretary, 'of=organization&text=交通')).toEqual([{ id: transport.organization.id, name: '交通局' }])
  expect(await choices(secretary, `of=proposer&id=${secretary.accountId}`)).toEqual([{ id: secretary.accountId, name: '南浔秘书' }])
  expect(await choices(secretary, 'of=meeting&text=%25')).toEqual([])
  expect((await choices(secretary, 'of=meeting')).map(({ id }) => id)).toContain(meeting.id)
})

test('what was there before the ledger is in it after a start', async () => {
  const made = await recommend('补录之船')
  await app.db.pool.query('delete from ledger_lines where recommendation_id = $1', [made.id])
  await app.db.pool.query('delete from ledger_texts where subject_id = $1', [made.id])
  expect(await titles(secretary, { text: '补录之船' })).toEqual([])
  app.services.ledger.start()
  await app.services.ledger.caughtUp()
  expect(await titles(secretary, { text: '补录之船' })).toEqual(['补录之船'])
})

test('several are issued at once, and of each it is told what became of it', async () => {
  const [one, two] = [await recommend('一批之一'), await recommend('一批之二')]
  const foreign = await recommend('别处之船', partner, await meet(partner, alone(districts.wujiang)))
  const unknown = v7()
  const items = [one, two, foreign, { id: unknown }].map(({ id }) => ({
    id: v7(),
    recommendationId: id,
    organizationId: transport.organization.id,
  }))
  const outcomes = value(await secretary.post('ledger:issue-many', { items }))
  expect(outcomes.map(({ id, done, reason }) => [id, done, reason])).toEqual([
    [one.id, true, null],
    [two.id, true, null],
    [foreign.id, false, 'not-allowed'],
    [unknown, false, 'no-such-recommendation'],
  ])
  // After a lost answer.
  expect(value(await secretary.post('ledger:issue-many', { items }))).toEqual(outcomes)
  const again = { items: [{ ...items[0]!, id: v7() }] }
  expect(value(await secretary.post('ledger:issue-many', again))).toMatchObject([
    { done: false, code: 'conflict', reason: 'already-issued' },
  ])
  expect(failure(await app.stranger().post('ledger:issue-many', { items }))).toMatchObject({ code: 'not-signed-in' })
  for (const person of [await app.visitor(), transport.handler])
    expect(failure(await person.post('ledger:issue-many', { items }))).toMatchObject({ code: 'not-allowed' })
  expect(failure(await secretary.post('ledger:issue-many', { items: [] }))).toMatchObject({ code: 'invalid-input' })
})

test('departments are reminded of what waits for them, once in a round', async () => {
  const waiting = await issue(secretary, await recommend('催一'), transport.organization)
  const answered = await issue(secretary, await recommend('催二'), transport.organization)
  value(await transport.handler.post('assignment:sign', { assignmentId: answered.id }))
  value(await transport.handler.post('assignment:reply', replyTo(answered.id, [])))
  const round = { id: v7(), assignmentIds: [waiting.id, answered.id, waiting.id], words: '请本周内签收' }
  expect(value(await secretary.post('ledger:remind-many', round)).map(({ done, reason }) => [done, reason])).toEqual([
    [true, null],
    [false, 'nothing-to-remind-of'],
    [true, null],
  ])
  const told = (person: Person) => person.get(`/api/assignments/${waiting.id}/reminders`)
  expect(await told(transport.handler)).toMatchObject([{ byName: '南浔秘书', words: '请本周内签收' }])
  expect(await refusal(water.handler, `/api/assignments/${waiting.id}/reminders`)).toMatchObject({ code: 'not-allowed' })
  expect(await refusal(secretary, `/api/assignments/${v7()}/reminders`)).toMatchObject({ code: 'not-found' })
  expect(value(await partner.post('ledger:remind-many', { ...round, id: v7() }))).toMatchObject([{ reason: 'not-allowed' }, {}, {}])
  for (const person of [transport.handler, await app.visitor()])
    expect(failure(await person.post('ledger:remind-many', round))).toMatchObject({ code: 'not-allowed' })
  expect(failure(await app.stranger().post('ledger:remind-many', round))).toMatchObject({ code: 'not-signed-in' })
})
