import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Followed } from '../../shared/look-backs.ts'
import type { Topic } from '../../shared/topics.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { districts } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'
import { answer, conclude, type Hall, judged, openHall, statusOf } from './judging.ts'

let app: TestApp
let hall: Hall

beforeAll(async () => {
  app = await startApp({ now: () => new Date('2026-11-02T02:00:00.000Z') })
  hall = await openHall(app)
})
afterAll(() => app.close())

async function done() {
  const given = await judged(hall)
  await conclude(hall, given.assignment.id)
  return given
}

/** Not adopted after two rounds. */
async function registered() {
  const refused = { outcome: 'not-adopted', grade: 'C', text: '=航道夜间禁航, "暂缓"' } as const
  const given = await judged(hall, refused)
  await conclude(hall, given.assignment.id)
  await answer(hall, given, refused)
  await conclude(hall, given.assignment.id)
  return given
}

const lists = (person: Person, path: string) => person.get<Followed[]>(path)
const has = (list: Followed[], { assignment }: { assignment: { id: string } }) =>
  list.some(({ assignmentId }) => assignmentId === assignment.id)
const finding = (assignmentId: string, changes: object = {}) => ({
  ...{ id: v7(), assignmentId, stage: 'first' as const, finding: 'kept' as const, words: '晚间班次已开' },
  ...changes,
})

test('what is done with is looked back on after half a year and after a year', async () => {
  const given = await done()
  const item = (await lists(hall.secretary, '/api/look-backs')).find(({ assignmentId }) => assignmentId === given.assignment.id)!
  // The second of May 2027: a holiday week that is not announced yet, and a Sunday.
  expect(item).toMatchObject({ status: 'closed', lookBacks: [], next: { stage: 'first' }, organizationName: '交通局' })
  expect(item.next!.dueAt.slice(0, 7)).toBe('2027-05')
  const first = finding(given.assignment.id)
  const [one, two] = await Promise.all([hall.secretary.post('look-back:record', first), hall.secretary.post('look-back:record', first)])
  expect(value(one)).toEqual(value(two))
  expect(value(one)).toMatchObject({ lookBacks: [{ finding: 'kept', byName: hall.secretary.name }], next: { stage: 'second' } })
  expect(failure(await hall.secretary.post('look-back:record', finding(given.assignment.id)))).toMatchObject({
    reason: 'already-looked-back',
  })
  const last = value(await hall.secretary.post('look-back:record', finding(given.assignment.id, { stage: 'second' })))
  expect(last).toMatchObject({ next: null, status: 'closed' })
  expect(has(await lists(hall.secretary, '/api/look-backs'), given)).toBe(false)
  expect(await hall.member.get(`/api/assignments/${given.assignment.id}/look-backs`)).toHaveLength(2)
})

test('what was not kept goes to the register, and is settled once it was done', async () => {
  const given = await done()
  value(await hall.secretary.post('look-back:record', finding(given.assignment.id, { finding: 'not-kept', words: '班次停开' })))
  expect(await statusOf(hall.secretary, given)).toMatchObject({ status: 'registered' })
  expect((await statusOf(hall.secretary, given)).steps.at(-1)).toMatchObject({ move: 'lapse', reason: '班次停开' })
  expect(has(await lists(hall.secretary, '/api/register'), given)).toBe(true)
  value(await hall.secretary.post('look-back:record', finding(given.assignment.id, { stage: 'second' })))
  expect((await statusOf(hall.secretary, given)).status).toBe('closed')
  expect(has(await lists(hall.secretary, '/api/register'), given)).toBe(false)
  expect(has(await lists(hall.secretary, '/api/register?settled=yes'), given)).toBe(true)
})

test('the register lists what was not adopted with its reason, and as a file that no spreadsheet runs', async () => {
  const given = await registered()
  const item = (await lists(hall.secretary, '/api/register')).find(({ assignmentId }) => assignmentId === given.assignment.id)!
  expect(item).toMatchObject({
    status: 'registered',
    notAdopted: [{ reason: '=航道夜间禁航, "暂缓"' }],
    recommendation: { title: '增开晚间渡船' },
  })
  expect(has(await lists(hall.partner, '/api/register'), given)).toBe(false)
  const response = await hall.secretary.fetch('/api/register.csv')
  expect(response.headers.get('content-disposition')).toContain("filename*=UTF-8''")
  const text = await response.text()
  expect(text).toContain(`"'=航道夜间禁航, ""暂缓"""`)
  expect(text.split('\r\n')[0]).toContain('编号')
  expect((await (await hall.partner.fetch('/api/register.csv')).text()).trim().split('\r\n')).toHaveLength(1)
  expect((await app.stranger().fetch('/api/register.csv')).status).toBe(401)
  expect((await hall.secretary.fetch('/api/register.csv?settled=maybe')).status).toBe(400)
})

test('only the secretariat of the department’s region looks back, and only on what is concluded', async () => {
  const given = await done()
  for (const person of [hall.partner, hall.member, hall.moderator, hall.transport.handler, app.stranger()]) {
    expect(failure(await person.post('look-back:record', finding(given.assignment.id))).code).toMatch(/not-allowed|not-signed-in/)
    expect(failure(await person.post('look-back:raise', { id: v7(), assignmentId: given.assignment.id, title: '码头照明' })).code).toMatch(
      /not-allowed|not-signed-in/,
    )
  }
  for (const person of [hall.member, hall.transport.handler]) expect(await lists(person, '/api/look-backs')).toEqual([])
  await expect(lists(app.stranger(), '/api/look-backs')).rejects.toMatchObject({ status: 401 })
  await expect(app.stranger().get(`/api/assignments/${given.assignment.id}/look-backs`)).rejects.toMatchObject({ status: 401 })
  const open = await judged(hall)
  expect(failure(await hall.secretary.post('look-back:record', finding(open.assignment.id)))).toMatchObject({ reason: 'not-concluded' })
  expect(failure(await hall.secretary.post('look-back:record', finding(given.assignment.id, { words: ' ' }))).code).toBe('invalid-input')
  expect(failure(await hall.secretary.post('look-back:record', finding(v7()))).reason).toBe('no-such-assignment')
})

test('a new problem that was found becomes a topic with the suggestions it came from, once', async () => {
  const given = await done()
  const wish = { id: v7(), assignmentId: given.assignment.id, title: '渡口码头照明' }
  expect(failure(await hall.secretary.post('look-back:raise', wish))).toMatchObject({ reason: 'no-look-back-yet' })
  value(
    await hall.secretary.post('look-back:record', finding(given.assignment.id, { finding: 'partly-kept', words: '班次有了，码头没灯' })),
  )
  const topic = value(await hall.secretary.post('look-back:raise', wish))
  expect(topic).toMatchObject({ status: 'triaged', regionCode: districts.nanxun, title: '渡口码头照明', suggestionCount: 1 })
  expect(value(await hall.secretary.post('look-back:raise', wish))).toEqual(topic)
  expect(failure(await hall.secretary.post('look-back:raise', { ...wish, title: '别的' })).reason).toBe('id-taken')
  expect((await hall.secretary.get<Topic[]>('/api/topics?status=triaged')).map(({ id }) => id)).toContain(topic.id)
})
