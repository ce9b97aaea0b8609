import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readExport } from '../../server/opinion/polis-files.ts'
import { reportOn } from '../../server/opinion/polis-report.ts'
import { opinions } from '../../server/opinion/schema.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { type CommonGround, commonGroundSchema, type MeetingOpinion, meetingOpinionSchema } from '../../shared/opinion.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'

const env = { AUTH_SECRET: 'one secret before and after the new start' }
let app: TestApp
let secretary: Person
beforeAll(async () => {
  app = await startApp({ env })
  await addRegions(app)
  secretary = await app.person({ name: '沈秘书', grants: [inRegion('secretary', districts.nanxun)] })
})
afterAll(() => app?.close())

const subjects = ['早班船', '夜间照明', '候船雨棚', '禁止钓鱼', '拓宽道路', '清淤', '垃圾分类', '巡河公示']

async function postAll(meeting: Meeting) {
  const author = await app.visitor()
  const ids: string[] = []
  for (const subject of subjects) {
    const { suggestion } = value(await author.post('suggestion:post', { id: v7(), meetingId: meeting.id, text: `请考虑${subject}` }))
    ids.push(suggestion.id)
  }
  return ids
}

/** The first four are for what the second four are against; all agree with the last two. */
const stanceOf = (side: 0 | 1, place: number) =>
  place >= 6 || (place % 2 === 0) === (side === 0) ? ('agree' as const) : ('disagree' as const)

async function voteAll(person: Person, ids: string[], side: 0 | 1) {
  for (const [place, suggestionId] of ids.entries())
    value(await person.post('stance:give', { suggestionId, stance: stanceOf(side, place) }))
}

const opinionOf = (person: Person, { id }: Meeting, query = '') => person.get<MeetingOpinion>(`/api/meetings/${id}/opinion${query}`)
const commonOf = (person: Person, { id }: Meeting) => person.get<CommonGround>(`/api/meetings/${id}/opinion/common`)

test('the room sees the groups and the common ground, each citizen their own place, and both follow the votes', async () => {
  const meeting = await makeMeeting(secretary, { suggestionPolicy: 'immediate' })
  const ids = await postAll(meeting)
  const people = await Promise.all(Array.from({ length: 8 }, () => app.visitor()))
  await Promise.all(people.map((person, i) => voteAll(person, ids, i < 5 ? 0 : 1)))

  const member = await app.person({ grants: [inMeeting('member', meeting.id)] })
  // The room votes first as the phones do, unless the chair shows the picture to the whole hall.
  const hidden = { status: 403, error: { reason: 'vote-first' } }
  await expect(opinionOf(member, meeting)).rejects.toMatchObject(hidden)
  expect((await member.fetch(`/api/meetings/${meeting.id}/export/conversation/votes.csv`)).status).toBe(403)
  value(await secretary.ask('stage:view', { meetingId: meeting.id, view: 'opinion' }))
  expect(await opinionOf(member, meeting)).toMatchObject({ voters: 8 })
  await expect(opinionOf(people[0]!, meeting)).rejects.toMatchObject({ status: 403, error: { reason: 'not-allowed' } })
  value(await secretary.ask('stage:view', { meetingId: meeting.id, view: 'speaker' }))
  await expect(opinionOf(member, meeting)).rejects.toMatchObject(hidden)

  const opinion = meetingOpinionSchema.parse(await opinionOf(secretary, meeting))
  expect(opinion).toMatchObject({ with: 'counted', setAside: 0, voters: 8, votes: 64, placed: 8, needed: 7 })
  expect(opinion.groups.map(({ id, size }) => [id, size])).toEqual([
    [0, 5],
    [1, 3],
  ])
  const common = opinion.suggestions.filter((suggestion) => suggestion.common)
  expect(common.map(({ text }) => text).sort()).toEqual(['请考虑垃圾分类', '请考虑巡河公示'].sort())
  expect(opinion.groups.every(({ representatives }) => representatives.length > 0)).toBe(true)

  const mine = commonGroundSchema.parse(await commonOf(people[7]!, meeting))
  expect(mine.mine?.groupId).toBe(1)
  expect(mine.common).toHaveLength(2)
  expect(mine.groups[1]!.holds[0]!.text).toMatch(/^请考虑/)

  for (const suggestionId of ids.slice(0, 5)) value(await member.post('stance:give', { suggestionId, stance: 'pass' }))
  expect((await opinionOf(member, meeting)).groups.length).toBeGreaterThan(0)
  expect((await member.fetch(`/api/meetings/${meeting.id}/export/conversation/votes.csv`)).status).toBe(200)

  // One more of the smaller group: the room hears that there is a newer picture.
  value(await secretary.ask('meeting:watch', { meetingId: meeting.id }))
  const changed = secretary.next('opinion:changed', ({ meetingId, version }) => meetingId === meeting.id && version > opinion.version)
  await voteAll(await app.visitor(), ids, 1)
  expect((await changed).version).toBeGreaterThan(opinion.version)
})

test('a citizen sees nothing before having voted on some; a stranger and whoever is not of the room see no more', async () => {
  const meeting = await makeMeeting(secretary, { suggestionPolicy: 'immediate' })
  const ids = await postAll(meeting)
  const citizen = await app.visitor()
  const others = await app.visitor()
  await voteAll(others, ids, 0)
  value(await citizen.post('stance:give', { suggestionId: ids[0]!, stance: 'agree' }))
  expect(await commonOf(citizen, meeting)).toEqual({
    version: 0,
    given: 1,
    needed: 5,
    voters: 0,
    placed: 0,
    toBePlaced: 0,
    groups: [],
    knots: [],
    common: [],
    mine: null,
  })
  expect(await commonOf(app.stranger(), meeting)).toMatchObject({ given: 0, voters: 0, mine: null })
  value(await secretary.ask('stage:view', { meetingId: meeting.id, view: 'opinion' }))
  expect(await commonOf(citizen, meeting)).toMatchObject({ needed: 5, voters: 0 })
  value(await secretary.ask('stage:view', { meetingId: meeting.id, view: 'speaker' }))
  for (const person of [citizen, await app.person()]) {
    await expect(opinionOf(person, meeting)).rejects.toMatchObject({ status: 403 })
  }
  await expect(opinionOf(app.stranger(), meeting)).rejects.toMatchObject({ status: 401 })
  await expect(opinionOf(secretary, meeting, '?with=some')).rejects.toMatchObject({ status: 400 })
  await expect(opinionOf(secretary, { ...meeting, id: v7() })).rejects.toMatchObject({ status: 404 })

  // Nobody's vote is awaited any more.
  value(await secretary.ask('meeting:end', { meetingId: meeting.id }))
  expect(await commonOf(citizen, meeting)).toMatchObject({ given: 1, needed: 0, voters: 2 })
  expect(await commonOf(app.stranger(), meeting)).toMatchObject({ needed: 0, voters: 2, mine: null })
})

test('what is flagged and nobody has looked at is named to the room, so that no hall’s screen shows it', async () => {
  const meeting = await makeMeeting(secretary, { suggestionPolicy: 'immediate' })
  const [author, voter] = [await app.visitor(), await app.visitor()]
  const ids: string[] = []
  for (const text of ['请看 example.com', '加一班船'])
    ids.push(value(await author.post('suggestion:post', { id: v7(), meetingId: meeting.id, text })).suggestion.id)
  for (const suggestionId of ids) value(await voter.post('stance:give', { suggestionId, stance: 'agree' }))
  const flagged = async () => (await opinionOf(secretary, meeting)).suggestions.filter((one) => one.toBeLookedAt).map(({ text }) => text)
  expect(await flagged()).toEqual(['请看 example.com'])
  value(await secretary.post('suggestion:keep', { suggestionId: ids[0]!, kept: true }))
  expect(await flagged()).toEqual([])
})

test('a meeting without votes has an empty picture', async () => {
  const meeting = await makeMeeting(secretary)
  expect(await opinionOf(secretary, meeting)).toMatchObject({
    voters: 0,
    groups: [],
    knots: [],
    suggestions: [],
    majorities: [],
    minorities: [],
  })
})

test('what is merged counts once, what is hidden no more, and undoing the merge brings back what was', async () => {
  const meeting = await makeMeeting(secretary, { suggestionPolicy: 'immediate' })
  const ids = await postAll(meeting)
  const people = await Promise.all(Array.from({ length: 4 }, () => app.visitor()))
  await Promise.all(people.map((person, i) => voteAll(person, ids, i < 2 ? 0 : 1)))
  const before = await opinionOf(secretary, meeting)
  const tallyOf = (opinion: MeetingOpinion, id: string) => {
    const found = opinion.suggestions.find(({ suggestionId }) => suggestionId === id)
    return found && [found.agrees, found.disagrees, found.passes]
  }
  expect(tallyOf(before, ids[6]!)).toEqual([4, 0, 0])

  const whenVotesAre = (votes: number) =>
    eventually(
      async () => {
        const opinion = await opinionOf(secretary, meeting)
        if (opinion.votes !== votes) throw new Error(`${opinion.votes} votes, not yet ${votes}`)
        return opinion
      },
      { timeoutMs: 20_000 },
    )
  // 1 and 0 are opposed: of each person the newer stance counts, which is that on 1.
  value(await secretary.ask('suggestion:merge', { suggestionId: ids[0]!, intoId: ids[1]! }))
  const merged = await whenVotesAre(before.votes - 4)
  expect(tallyOf(merged, ids[0]!)).toBeUndefined()
  expect(tallyOf(merged, ids[1]!)).toEqual(tallyOf(before, ids[1]!))
  value(await secretary.ask('suggestion:unmerge', { suggestionId: ids[0]! }))
  const apart = await whenVotesAre(before.votes)
  expect(tallyOf(apart, ids[0]!)).toEqual(tallyOf(before, ids[0]!))
})

test('a meeting goes out in the form that the program at the terminal reads, without anybody’s name', async () => {
  const meeting = await makeMeeting(secretary, { suggestionPolicy: 'immediate' })
  const ids = await postAll(meeting)
  const people = await Promise.all(Array.from({ length: 6 }, () => app.visitor()))
  await Promise.all(people.map((person, i) => voteAll(person, ids, i < 4 ? 0 : 1)))
  const files = await Promise.all(
    ['comments', 'votes'].map(async (name) => {
      const response = await secretary.fetch(`/api/meetings/${meeting.id}/export/conversation/${name}.csv`)
      expect(response.headers.get('content-disposition')).toContain(`filename="${name}.csv"`)
      return [name, await response.text()] as const
    }),
  )
  const folder = await mkdtemp(join(tmpdir(), 'yishi-opinion-'))
  for (const [name, text] of files) {
    await writeFile(join(folder, `${name}.csv`), text)
    for (const { accountId } of people) expect(text).not.toContain(accountId)
  }
  const { report } = reportOn(await readExport(folder))
  await rm(folder, { recursive: true })
  const live = await opinionOf(secretary, meeting)
  expect(report).toMatchObject({ voters: 6, votes: 48, comments: 8, moderatedOut: [] })
  expect(report.groups.map(({ size }) => size)).toEqual(live.groups.map(({ size }) => size))
  expect(report.commonGround.map(({ text }) => text).sort()).toEqual(
    live.suggestions
      .filter(({ common }) => common)
      .map(({ text }) => text)
      .sort(),
  )

  const path = `/api/meetings/${meeting.id}/export/conversation`
  expect((await (await app.visitor()).fetch(`${path}/votes.csv`)).status).toBe(403)
  expect((await app.stranger().fetch(`${path}/votes.csv`)).status).toBe(401)
  expect((await secretary.fetch(`${path}/people.csv`)).status).toBe(400)
})

test('after a new start of the program A is still A, and what was stored names nobody', async () => {
  const meeting = await makeMeeting(secretary, { suggestionPolicy: 'immediate' })
  const ids = await postAll(meeting)
  const people = await Promise.all(Array.from({ length: 7 }, () => app.visitor()))
  await Promise.all(people.map((person, i) => voteAll(person, ids, i < 4 ? 0 : 1)))
  const first = await startApp({ database: { db: app.db }, env })
  const before = await opinionOf(first.as(secretary), meeting)
  // Three more for the smaller group, whom the program does not hear of before it stops: now B is the larger.
  expect(before.groups.map(({ size }) => size)).toEqual([4, 3])
  await first.close()
  const rows = await app.db.reader.select().from(opinions)
  const stored = JSON.stringify(rows.find(({ meetingId }) => meetingId === meeting.id)!.state)
  for (const { accountId } of people) expect(stored).not.toContain(accountId)

  await Promise.all(Array.from({ length: 3 }, async () => voteAll(await app.visitor(), ids, 1)))
  const again = await startApp({ database: { db: app.db }, env })
  expect((await opinionOf(again.as(secretary), meeting)).groups.map(({ size }) => size)).toEqual([4, 6])
  await again.close()
})
