import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Notice, NoticeSettings } from '../../shared/notifications.ts'
import { draftOf, issue, makeDepartment, post, replyTo, writeMinutes } from '../recommendations/outcomes.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'
import { addressesOf, openMailbox } from './mailbox.ts'

type Told = { unread: number; notices: Notice[] }

let app: TestApp
let mailbox: Awaited<ReturnType<typeof openMailbox>>
let at = '2026-11-02T02:00:00.000Z'
let admin: Person

beforeAll(async () => {
  mailbox = await openMailbox()
  app = await startApp({
    now: () => new Date(at),
    runJobs: true,
    env: { SMTP_URL: mailbox.url, SMTP_FROM: '议事 <yishi@example.cn>', PUBLIC_URL: 'http://yishi.example.cn' },
  })
  await addRegions(app)
  admin = await app.person({ grants: [inRegion('admin', '')] })
})
afterAll(async () => {
  await app?.close()
  await mailbox?.close()
})

const toldTo = (person: Person) => person.get<Told>('/api/me/notices')
const notify = (to: Person[], changes: Partial<Notice['about']> = {}, kind: Notice['kind'] = 'department-issued') =>
  app.db.transaction((tx) =>
    app.services.notifications.notify(tx, {
      to: to.map(({ accountId }) => accountId!),
      kind,
      about: { link: '/recommendations/1', title: '增开渡船', number: '1号', ...changes },
    }),
  )
const confirmedBy = (letter: { text?: string | undefined }) => /confirm=([\w-]{43})/.exec(letter.text ?? '')![1]!

/** Somebody with a confirmed address. */
async function reader(
  email: string,
  changes: Partial<Pick<NoticeSettings, 'language'>> & { rhythm?: NoticeSettings['rhythms']['department'] } = {},
) {
  const person = await app.person()
  value(await person.post('email:set', { email }))
  const [letter] = await mailbox.to(email)
  value(await app.stranger().post('email:confirm', { token: confirmedBy(letter!) }))
  const { rhythm = 'at-once', language = 'zh-CN' } = changes
  const rhythms = { suggestions: rhythm, recommendations: rhythm, department: rhythm, secretariat: rhythm }
  value(await person.post('notice:choose', { language, rhythms }))
  return person
}

test('a notice is there at once, is counted until it is read, and is nobody else’s', async () => {
  const [person, other] = [await app.person(), await app.person()]
  const came = person.next('notice:came')
  await notify([person, person])
  const { unread, notices } = await toldTo(person)
  expect([unread, notices.length]).toEqual([1, 1])
  expect(await came).toEqual(notices[0])
  expect(await toldTo(other)).toEqual({ unread: 0, notices: [] })
  const mark = { upTo: notices[0]!.at, ids: [notices[0]!.id] }
  expect(value(await other.post('notice:read', mark))).toEqual({ unread: 0 })
  expect((await toldTo(person)).unread).toBe(1)
  expect(value(await person.post('notice:read', mark))).toEqual({ unread: 0 })
  expect(value(await person.post('notice:read', { upTo: notices[0]!.at }))).toEqual({ unread: 0 })
})

test('what is taken back is never told', async () => {
  const person = await app.person()
  const failed = app.db.transaction(async (tx) => {
    await app.services.notifications.notify(tx, {
      to: [person.accountId!],
      kind: 'department-issued',
      about: { link: '/', title: '没有发生' },
    })
    throw new Error('taken back')
  })
  await expect(failed).rejects.toThrow('taken back')
  expect(await toldTo(person)).toEqual({ unread: 0, notices: [] })
})

test('visitors and strangers have no notices', async () => {
  const visitor = await app.visitor()
  await notify([visitor])
  await expect(toldTo(visitor)).rejects.toMatchObject({ error: { reason: 'needs-an-account' } })
  await expect(toldTo(app.stranger())).rejects.toMatchObject({ status: 401 })
  expect(failure(await visitor.post('email:set', { email: 'someone@example.cn' }))).toMatchObject({ reason: 'needs-an-account' })
})

test('an address counts once the link in the first letter was followed, once, within two days', async () => {
  const person = await app.person()
  expect(value(await person.post('email:set', { email: 'Wang@example.cn' }))).toMatchObject({
    email: null,
    unconfirmed: 'wang@example.cn',
  })
  expect(failure(await person.post('email:set', { email: 'wang2@example.cn' }))).toMatchObject({ reason: 'letter-just-sent' })
  await notify([person])
  const [letter] = await mailbox.to('wang@example.cn')
  expect(letter).toMatchObject({ subject: '请确认您在“议事”的邮箱', from: { text: '"议事" <yishi@example.cn>' } })
  const token = confirmedBy(letter!)
  at = '2026-11-04T02:00:01.000Z'
  expect(failure(await app.stranger().post('email:confirm', { token }))).toMatchObject({ reason: 'no-such-confirmation' })
  value(await person.post('email:set', { email: 'wang@example.cn' }))
  const [, second] = await mailbox.to('wang@example.cn', 2)
  expect(failure(await app.stranger().post('email:confirm', { token }))).toMatchObject({ reason: 'no-such-confirmation' })
  const fresh = confirmedBy(second!)
  expect(value(await app.stranger().post('email:confirm', { token: fresh }))).toEqual({ email: 'wang@example.cn' })
  expect(failure(await app.stranger().post('email:confirm', { token: fresh }))).toMatchObject({ reason: 'no-such-confirmation' })
  expect(await person.get('/api/me/notice-settings')).toMatchObject({ mailPossible: true, email: 'wang@example.cn', unconfirmed: null })
  // Of what came before there was an address nothing is written.
  expect(mailbox.letters.filter((letter) => addressesOf(letter).includes('wang@example.cn'))).toHaveLength(2)
  expect(value(await person.post('email:remove', {}))).toMatchObject({ email: null })
})

test('a letter is in its reader’s language, as text and as HTML, and leads to what it speaks of', async () => {
  await notify([await reader('chen@example.cn')], { title: '渡口<灯>', words: '请先看<现场>' })
  await notify([await reader('lee@example.cn', { language: 'en' })])
  const [, chinese] = await mailbox.to('chen@example.cn', 2)
  expect(chinese).toMatchObject({ subject: '新交办，请签收：1号 渡口<灯>' })
  expect(chinese!.text).toContain('http://yishi.example.cn/recommendations/1')
  expect(chinese!.html).toContain('请先看&lt;现场&gt;')
  expect(chinese!.html).not.toContain('<灯>')
  const [, english] = await mailbox.to('lee@example.cn', 2)
  expect(english).toMatchObject({ subject: 'Newly assigned, please sign for it: 1号 增开渡船' })
})

test('what waits while letters are turned away comes in one, and nobody else waits for it', async () => {
  const [one, other] = [await reader('zhao@example.cn'), await reader('qian@example.cn')]
  mailbox.refused.add('zhao@example.cn')
  await notify([one, other])
  await mailbox.to('qian@example.cn', 2)
  await eventually(() => expect(mailbox.turnedAway()).toBeGreaterThan(0))
  await notify([one], { title: '修路' })
  mailbox.refused.clear()
  const [, letter] = await mailbox.to('zhao@example.cn', 2)
  expect(letter).toMatchObject({ subject: '议事：2条新消息' })
  expect(letter!.text).toContain('修路')
})

test('the day’s and the week’s letters gather what came, the week’s on Mondays', async () => {
  at = '2026-11-03T00:00:00.000Z'
  const [daily, weekly, never] = [
    await reader('sun@example.cn', { rhythm: 'daily' }),
    await reader('zhou@example.cn', { rhythm: 'weekly' }),
    await reader('wu@example.cn', { rhythm: 'none' }),
  ]
  for (const title of ['修路', '装灯', '架桥']) await notify([daily, weekly, never], { title })
  await app.services.mailing.gather()
  const [, letter] = await mailbox.to('sun@example.cn', 2)
  expect(letter).toMatchObject({ subject: '议事：3条新消息' })
  for (const title of ['修路', '装灯', '架桥']) expect(letter!.text).toContain(title)
  at = '2026-11-09T00:00:00.000Z'
  await app.services.mailing.gather()
  await mailbox.to('zhou@example.cn', 2)
  for (const [email, count] of [
    ['sun@example.cn', 2],
    ['wu@example.cn', 1],
  ] as const)
    expect(await mailbox.to(email, count)).toHaveLength(count)
})

test('everybody who asked hears how it goes on: department, secretariat, proposer, and whose words it came from', async () => {
  const secretary = await app.person({ name: '南浔秘书', grants: [inRegion('secretary', districts.nanxun)] })
  const colleague = await app.person({ name: '另一秘书', grants: [inRegion('secretary', districts.nanxun)] })
  const far = await app.person({ grants: [inRegion('secretary', '33')] })
  const { organization, handler } = await makeDepartment(app, admin, districts.nanxun, '交通局')
  const meeting = await makeMeeting(secretary)
  const blockIds = await writeMinutes(app, secretary, meeting, ['同意增开晚间渡船。'])
  const [author, twin, keeper] = [await app.person(), await app.person(), await app.person()]
  const kept = await post(author, meeting, '渡口晚上加一班船')
  const merged = await post(twin, meeting, '晚上船太少')
  value(await keeper.post('receipt:claim', { receipt: merged.receipt }))
  const suggestionId = kept.suggestion.id
  value(await secretary.post('suggestion:publish', { suggestionId }))
  value(await secretary.post('suggestion:merge', { suggestionId: merged.suggestion.id, intoId: suggestionId }))
  const recommendation = value(await secretary.post('recommendation:create', draftOf(meeting, blockIds, [kept])))
  const assignment = await issue(colleague, recommendation, organization)
  value(await handler.post('assignment:sign', { assignmentId: assignment.id }))
  value(await handler.post('assignment:reply', replyTo(assignment.id, [suggestionId])))

  const kinds = async (person: Person) => (await toldTo(person)).notices.map(({ kind }) => kind).reverse()
  expect(await kinds(author)).toEqual(['suggestion-published', 'suggestion-recommended', 'suggestion-replied'])
  expect(await kinds(twin)).toEqual(['suggestion-merged', 'suggestion-recommended', 'suggestion-replied'])
  expect(await kinds(keeper)).toEqual(['suggestion-merged', 'suggestion-recommended', 'suggestion-replied'])
  expect(await kinds(handler)).toEqual(['department-issued'])
  expect(await kinds(colleague)).toEqual(['secretariat-replied'])
  // As proposer and as secretariat, but of each move once.
  expect(await kinds(secretary)).toEqual(['recommendation-issued', 'recommendation-moved', 'secretariat-replied'])
  // The province's secretariat has a county's of its own below it.
  expect(await kinds(far)).toEqual([])
  const [newest] = (await toldTo(twin)).notices
  expect(newest!.about).toMatchObject({ number: recommendation.number, organization: '交通局' })
  expect(newest!.about.link.replaceAll('-', '')).toBe(`/r/${merged.receipt.replaceAll('-', '')}`)
})

test('a notice is read by its own ids alone', async () => {
  const person = await app.person()
  await notify([person], { title: '一' })
  await notify([person], { title: '二' })
  const { notices } = await toldTo(person)
  expect(value(await person.post('notice:read', { upTo: at, ids: [notices[0]!.id, v7()] }))).toEqual({ unread: 1 })
})
