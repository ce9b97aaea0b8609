import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Evaluation } from '../../shared/evaluations.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { Outcome, Publicity } from '../../shared/outcomes.ts'
import { ballotFor } from '../evaluations/judging.ts'
import { draftOf, issue, makeDepartment, post, replyTo, writeMinutes } from '../recommendations/outcomes.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'

type Page = { outcomes: Outcome[]; next: string | null }

let app: TestApp
let secretary: Person
let partner: Person
let transport: Awaited<ReturnType<typeof makeDepartment>>
let meeting: Meeting
let blockIds: string[]

beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  const admin = await app.person({ grants: [inRegion('admin', '')] })
  secretary = await app.person({ name: '南浔秘书', grants: [inRegion('secretary', districts.nanxun)] })
  partner = await app.person({ name: '吴江秘书', grants: [inRegion('secretary', districts.wujiang)] })
  transport = await makeDepartment(app, admin, districts.nanxun, '交通局')
  meeting = await makeMeeting(secretary)
  blockIds = await writeMinutes(app, secretary, meeting, ['同意增开<晚间>渡船。'])
})
afterAll(() => app?.close())

/** Words that only this one has, so that every door can be searched for them. */
function marks() {
  const of = (what: string) => `${what}${v7().slice(-12)}`
  return { title: of('题'), body: of('文'), citizen: of('民'), hidden: of('隐'), name: of('名'), reply: of('复'), item: of('条') }
}
type Marks = ReturnType<typeof marks>

/** Issued, signed for and replied to, with a public and a hidden suggestion of somebody who gave a name. */
async function replied(words: Marks = marks()) {
  const citizen = await app.visitor()
  const [shown, hidden] = [
    value(await citizen.post('suggestion:post', { id: v7(), meetingId: meeting.id, text: words.citizen, authorName: words.name })),
    await post(citizen, meeting, words.hidden),
  ]
  value(await secretary.post('suggestion:publish', { suggestionId: shown.suggestion.id }))
  const draft = { ...draftOf(meeting, blockIds, [shown, hidden]), title: words.title, body: words.body }
  const recommendation = value(await secretary.post('recommendation:create', draft))
  const assignment = await issue(secretary, recommendation, transport.organization)
  value(await transport.handler.post('assignment:sign', { assignmentId: assignment.id }))
  const ids = [shown.suggestion.id, hidden.suggestion.id]
  value(await transport.handler.post('assignment:reply', { ...replyTo(assignment.id, ids, { text: words.item }), text: words.reply }))
  return { words, recommendation, assignment, receipt: shown.receipt }
}

const textOf = async (path: string, person: Person = app.stranger()) => {
  const response = await person.fetch(path)
  return { status: response.status, text: await response.text(), type: response.headers.get('content-type') ?? '' }
}
const classify = (person: Person, recommendationId: string, publicity: Publicity, reason = '涉及个人隐私') =>
  person.post('recommendation:classify', { recommendationId, publicity, reason })

/** Everything that the public can read of one recommendation, door by door. */
async function doors({ recommendation: { id }, words, receipt }: Awaited<ReturnType<typeof replied>>) {
  const search = `words=${encodeURIComponent(words.title)}`
  const paths = {
    page: `/public/${id}`,
    english: `/public/${id}?lang=en`,
    list: '/public',
    search: `/public?${search}`,
    rss: '/public/feed.rss',
    atom: '/public/feed.atom',
    json: '/public/feed.json',
    api: '/api/outcomes',
    apiSearch: `/api/outcomes?${search}`,
    apiOne: `/api/outcomes/${id}`,
    receipt: `/api/receipts/${receipt}`,
  }
  const read = await Promise.all(Object.entries(paths).map(async ([door, path]) => [door, await textOf(path)] as const))
  return Object.fromEntries(read) as Record<keyof typeof paths, Awaited<ReturnType<typeof textOf>>>
}

test('what was recommended and replied is everybody’s to read, from the suggestion to the reply, in either language and without script', async () => {
  const made = await replied()
  const { words, recommendation } = made
  const { page, english, list, search, apiOne } = await doors(made)
  for (const word of [words.title, words.body, words.citizen, words.reply, words.item, recommendation.number, '交通局', '已答复'])
    expect(page.text).toContain(word)
  expect(page.type).toContain('text/html')
  expect(page.text).not.toContain('<script')
  expect(english.text).toContain('Replied')
  for (const { text } of [list, search]) expect(text).toContain(words.title)
  expect((JSON.parse(apiOne.text) as Outcome).state).toBe('replied')
  // The minutes are not signed yet, so that what they say is not public.
  expect(page.text).not.toContain('同意增开')
})

test('feeds say what is new, in three forms', async () => {
  const made = await replied()
  const { rss, atom, json } = await doors(made)
  expect([rss.type, atom.type, json.type].map((type) => type.split(';')[0])).toEqual([
    'application/rss+xml',
    'application/atom+xml',
    'application/feed+json',
  ])
  for (const { text } of [rss, atom]) expect(text).toContain(`${app.url}/public/${made.recommendation.id}`)
  const { items } = JSON.parse(json.text) as { items: { url: string; title: string }[] }
  expect(items[0]).toMatchObject({ url: `${app.url}/public/${made.recommendation.id}` })
  expect(items[0]!.title).toContain(made.words.title)
})

test('nobody’s name and no suggestion that is not public leaves by any door', async () => {
  const made = await replied()
  for (const [door, { text }] of Object.entries(await doors(made))) {
    expect([door, text.includes(made.words.hidden)]).toEqual([door, false])
    // A receipt's holder reads their own nickname.
    if (door !== 'receipt') expect([door, text.includes(made.words.name)]).toEqual([door, false])
    expect([door, text.includes('交通局承办人')]).toEqual([door, false])
  }
})

test('a withheld reply leaves by no door, and whoever asked learns that there is one', async () => {
  const made = await replied()
  expect(value(await classify(secretary, made.recommendation.id, 'reply-withheld'))).toMatchObject({
    publicity: 'reply-withheld',
    reason: '涉及个人隐私',
    byName: '南浔秘书',
    path: `/public/${made.recommendation.id}`,
  })
  const all = await doors(made)
  for (const [door, { text }] of Object.entries(all))
    for (const word of [made.words.reply, made.words.item, '涉及个人隐私'])
      expect([door, word, text.includes(word)]).toEqual([door, word, false])
  expect(all.page.text).toContain('答复不予公开')
  expect(all.receipt.text).toContain('replied-withheld')
  value(await classify(partner, made.recommendation.id, 'public', ''))
  expect((await doors(made)).page.text).toContain(made.words.reply)
})

test('what is withheld whole is nowhere, as if it did not exist', async () => {
  const made = await replied()
  expect(value(await classify(secretary, made.recommendation.id, 'withheld'))).toMatchObject({ path: null })
  const all = await doors(made)
  // The search's own words stand in its form and its links.
  // What was asked for stands in the answer's own links and form.
  const asked: Partial<Record<string, string>> = { search: made.words.title, page: made.recommendation.id, english: made.recommendation.id }
  for (const [door, { text }] of Object.entries(all))
    for (const word of [made.words.title, made.words.body, made.words.reply, made.recommendation.number, made.recommendation.id])
      if (asked[door] !== word) expect([door, word, text.includes(word)]).toEqual([door, word, false])
  expect([all.page.status, all.apiOne.status]).toEqual([404, 404])
  expect((JSON.parse(all.apiSearch.text) as Page).outcomes).toEqual([])
  expect((await textOf(`/public/${v7()}`)).text.length).toBe(all.page.text.length)
})

test('what nobody was asked to do, or everybody sent back, is not public', async () => {
  const words = marks()
  const recommendation = value(
    await secretary.post('recommendation:create', { ...draftOf(meeting, blockIds), title: words.title, body: words.body }),
  )
  const status = async () => (await textOf(`/public/${recommendation.id}`)).status
  expect(await status()).toBe(404)
  const { id: assignmentId } = await issue(secretary, recommendation, transport.organization)
  expect(await status()).toBe(200)
  value(await transport.handler.post('assignment:return', { assignmentId, reason: '不属本单位', proposedId: null }))
  expect(await status()).toBe(404)
})

test('only a secretariat of the meeting says what is public, and for withholding it gives a reason', async () => {
  const { recommendation } = await replied()
  const moderator = await app.person({ grants: [inMeeting('moderator', meeting.id)] })
  for (const [person, reason] of [
    [moderator, 'not-allowed'],
    [transport.handler, 'not-allowed'],
    [await app.person({ grants: [inRegion('secretary', '3502')] }), 'not-allowed'],
    [await app.visitor(), 'not-allowed'],
    [app.stranger(), 'not-signed-in'],
  ] as const)
    expect(failure(await classify(person, recommendation.id, 'withheld')).reason).toBe(reason)
  expect(failure(await classify(secretary, recommendation.id, 'withheld', ' ')).fields).toEqual({ reason: 'reason-needed' })
  expect(failure(await classify(secretary, v7(), 'withheld')).code).toBe('not-found')
  const path = `/api/recommendations/${recommendation.id}/publicity`
  expect(await transport.handler.get(path)).toMatchObject({ publicity: 'public', path: `/public/${recommendation.id}` })
  await expect(app.stranger().get(path)).rejects.toMatchObject({ status: 401 })
})

test('the list narrows by region, state, department, year and words, and goes on where a page ended', async () => {
  const made = await replied()
  const list = (query: string) => app.stranger().get<Page>(`/api/outcomes?${query}`)
  const has = async (query: string) => (await list(`limit=50&${query}`)).outcomes.some(({ id }) => id === made.recommendation.id)
  const year = new Date().getFullYear()
  for (const query of ['region=33', `region=${districts.wujiang}`, 'state=replied', 'department=%E4%BA%A4%E9%80%9A', `year=${year}`])
    expect([query, await has(query)]).toEqual([query, true])
  expect(await has(`words=${encodeURIComponent(`${made.words.body} ${made.words.title}`)}`)).toBe(true)
  for (const query of [
    'region=11',
    'state=issued',
    'state=handling',
    'department=%25',
    `year=${year - 1}`,
    'words=%25',
    `words=${made.words.name}`,
  ])
    expect([query, await has(query)]).toEqual([query, false])
  const whole = (await list('limit=50')).outcomes.map(({ id }) => id)
  const first = await list('limit=2')
  const second = await list(`limit=2&after=${first.next}`)
  expect([...first.outcomes, ...second.outcomes].map(({ id }) => id)).toEqual(whole.slice(0, 4))
  for (const query of ['state=gone', 'region=abc', 'after=1', 'limit=51', 'year=abc'])
    await expect(list(query)).rejects.toMatchObject({ status: 400 })
})

test('the page of the list takes what a form sends, empty fields too, and says what it cannot look for', async () => {
  const { words, recommendation } = await replied()
  const page = await textOf(`/public?lang=zh-CN&region=&state=&year=&department=&words=${encodeURIComponent(words.title)}`)
  expect([page.status, page.text.includes(`/public/${recommendation.id}`)]).toEqual([200, true])
  expect(page.text).toContain(`value="${words.title}"`)
  expect((await textOf('/public?words=%3Cscript%3E')).text).toContain('value="&lt;script&gt;"')
  expect((await textOf('/public?state=gone')).status).toBe(400)
  expect((await textOf('/public/feed.exe')).status).toBe(400)
  expect((await textOf('/public?words=nobody')).text).toContain('没有符合条件的协商建议')
})

/** Accepted and judged by the proposer, the department and so many people from outside. */
async function judged(outside: number) {
  const made = await replied()
  const { id: assignmentId } = made.assignment
  value(await secretary.post('assignment:accept', { assignmentId }))
  const [evaluation] = await secretary.get<Evaluation[]>(`/api/assignments/${assignmentId}/evaluations`)
  const candidates = Array.from({ length: outside }, (_, n) => ({
    ...{ id: v7(), category: 'worthy' as const, name: `乡贤第${n}位${v7().slice(-6)}`, affiliation: '' },
  }))
  value(await secretary.post('candidate:add', { regionCode: districts.nanxun, candidates }))
  const counts = { member: 0, worthy: outside, expert: 0, 'third-party': 0 }
  const draw = value(await secretary.post('draw:prepare', { id: v7(), evaluationId: evaluation!.id, counts, announced: '体彩' }))
  value(await secretary.post('draw:reveal', { drawId: draw.id, publicSeed: '12345' }))
  const [{ evaluators } = { evaluators: null }] = await secretary.get<Evaluation[]>(`/api/assignments/${assignmentId}/evaluations`)
  for (const { token } of evaluators!.filter(({ side }) => side === 'external'))
    value(await app.stranger().post('evaluation:give-by-link', { token: token!, ...ballotFor('external', 'A', 4), words: '办得实在' }))
  for (const [person, side] of [
    [secretary, 'proposer'],
    [transport.handler, 'department'],
  ] as const) {
    const [own] = await person.get<Evaluation[]>(`/api/assignments/${assignmentId}/evaluations`)
    const { evaluatorId } = own!.mine.find((one) => one.side === side)!
    value(await person.post('evaluation:give', { evaluatorId, ...ballotFor(side, side === 'proposer' ? 'C' : 'A') }))
  }
  const close = async () => value(await secretary.post('evaluation:close', { evaluationId: evaluation!.id }))
  return { ...made, names: evaluators!.map(({ name }) => name).filter((name) => name.startsWith('乡贤')), close }
}

test('how a reply was judged is public once that is over: figures without names or words, and of fewer than five people none', async () => {
  const made = await judged(5)
  const before = await doors(made)
  expect(before.page.text).not.toContain('评议结果')
  await made.close()
  const { page, english, apiOne, api } = await doors(made)
  expect((JSON.parse(apiOne.text) as Outcome).departments[0]!.judgements).toMatchObject([
    {
      round: 1,
      conclusion: 'reopen',
      sides: [
        { side: 'proposer', evaluators: 1, given: 1, figures: null },
        {
          side: 'external',
          evaluators: 5,
          given: 5,
          figures: { grades: { A: 5, B: 0, C: 0 }, means: { put: 4, handled: 4, consensus: 4 } },
        },
        { side: 'department', given: 1, figures: { grades: { A: 1 } } },
      ],
    },
  ])
  for (const word of ['评议结果', '进入二轮办理', '不足 5 人评议', '4.0']) expect(page.text).toContain(word)
  expect(english.text).toContain('Fewer than 5 judged')
  for (const text of [page.text, apiOne.text, api.text])
    for (const secret of [...made.names, '办得实在', '晚间仍无班次']) expect(text).not.toContain(secret)
  value(await classify(secretary, made.recommendation.id, 'reply-withheld'))
  const withheld = await doors(made)
  expect(withheld.page.text).not.toContain('评议结果')
  expect((JSON.parse(withheld.apiOne.text) as Outcome).departments[0]!.judgements).toEqual([])
})
