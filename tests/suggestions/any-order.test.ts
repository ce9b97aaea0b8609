import fc from 'fast-check'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Meeting } from '../../shared/meetings.ts'
import { type StanceCounts, stanceValues } from '../../shared/stances.ts'
import type { Suggestion } from '../../shared/suggestions.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'
import { rebuild } from './rebuild.ts'

let app: TestApp
let moderator: Person
let people: Person[]

beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  moderator = await app.person({ name: '主持', grants: [inRegion('moderator', districts.nanxun), inRegion('secretary', districts.nanxun)] })
  people = await Promise.all([1, 2, 3, 4].map(() => app.visitor()))
})
afterAll(() => app?.close())

const suggestionCount = 5
const which = fc.nat(suggestionCount - 1)
const who = fc.nat(3)
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('support' as const), who, which, supported: fc.boolean() }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('stance' as const), who, which, stance: fc.constantFrom(...stanceValues) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('merge' as const), which, into: which }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('unmerge' as const), which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('repost' as const), which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('hide' as const), which }) },
)
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never
/** What happens at once, one such moment after the other; each command is also repeated later, as after a lost answer. */
const moments = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 6, maxLength: 14 })

type Hall = { meeting: Meeting; posts: { author: Person; id: string; text: string }[] }

async function hall(): Promise<Hall> {
  const meeting = await makeMeeting(moderator, { suggestionPolicy: 'immediate' })
  const posts = Array.from({ length: suggestionCount }, (_, n) => ({ author: people[n % 4]!, id: v7(), text: `建议${n}` }))
  for (const { author, id, text } of posts) value(await author.post('suggestion:post', { id, meetingId: meeting.id, text }))
  return { meeting, posts }
}

/** Sends a step, and gives what sends the same command again. */
function prepare({ meeting, posts }: Hall, one: Step): () => Promise<{ ok: boolean; error?: { code: string } }> {
  const suggestionId = posts[one.which]!.id
  const commandId = v7()
  switch (one.kind) {
    case 'support':
      return () => people[one.who]!.post('suggestion:support', { suggestionId, supported: one.supported, commandId })
    case 'stance':
      return () => people[one.who]!.post('stance:give', { suggestionId, stance: one.stance, commandId })
    case 'merge':
      return () => moderator.post('suggestion:merge', { suggestionId, intoId: posts[one.into]!.id })
    case 'unmerge':
      return () => moderator.post('suggestion:unmerge', { suggestionId })
    case 'hide':
      return () => moderator.post('suggestion:hide', { suggestionId, reason: '与议题无关' })
    case 'repost': {
      const { author, id, text } = posts[one.which]!
      return () => author.post('suggestion:post', { id, meetingId: meeting.id, text })
    }
  }
}

const listed = ({ meeting }: Hall) => moderator.get<Suggestion[]>(`/api/meetings/${meeting.id}/suggestions`)

/** The live counts and votes, as the room and the opinion groups read them, equal what the audit trail alone says. */
async function expectTrailToAgree(now: Hall) {
  const { supporters, votes } = await rebuild(app, now.meeting.id)
  const matrix = await app.services.stances.votesOf(now.meeting.id)
  expect(Object.fromEntries(matrix.map((vote) => [`${vote.accountId} ${vote.suggestionId}`, vote.stance]))).toEqual(votes)
  expect(matrix).toHaveLength(Object.keys(votes).length)
  await eventually(async () => {
    const open = (await listed(now)).filter(({ status }) => status === 'published')
    expect(Object.fromEntries(open.map((one) => [one.id, one.supportCount]))).toEqual(
      Object.fromEntries(Object.entries(supporters).map(([id, all]) => [id, all.length])),
    )
    const counts = await moderator.get<StanceCounts[]>(`/api/meetings/${now.meeting.id}/stances/counts`)
    for (const { suggestionId, agrees, disagrees, passes } of counts) {
      const of = Object.entries(votes).filter(([key]) => key.endsWith(suggestionId))
      const count = (stance: string) => of.filter(([, given]) => given === stance).length
      expect({ agrees, disagrees, passes }).toEqual({ agrees: count('agree'), disagrees: count('disagree'), passes: count('pass') })
    }
  })
}

async function storedVoices({ meeting }: Hall) {
  const rows = async (table: string) =>
    (
      await app.db.pool.query(
        `select v.* from ${table} v join suggestions s on s.id = v.suggestion_id where s.meeting_id = $1 order by 1, 2`,
        [meeting.id],
      )
    ).rows
  return { supports: await rows('supports'), stances: await rows('stances') }
}

const limits = { numRuns: Number(process.env.MERGE_RUNS ?? 5), endOnFailure: true, interruptAfterTimeLimit: 150_000 }

test('whatever is supported, judged, merged, undone, repeated and reordered, each person counts once and the audit trail alone gives the same', {
  timeout: 180_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(moments, fc.infiniteStream(fc.boolean()), async (all, again) => {
      const now = await hall()
      const sent: (() => Promise<{ ok: boolean; error?: { code: string } }>)[] = []
      for (const steps of all) {
        const fresh = steps.map((one) => prepare(now, one))
        // Merging again after an undo is a new decision, not a repetition.
        const late = sent.filter(() => again.next().value).slice(0, 3)
        for (const result of await Promise.all([...fresh, ...late].map((send) => send())))
          if (!result.ok) expect(['conflict', 'not-found']).toContain(result.error?.code)
        sent.push(...fresh.filter((_, n) => !steps[n]!.kind.includes('merge')))
      }
      await expectTrailToAgree(now)
      expect(await listed(now)).toHaveLength(suggestionCount)
    }),
    limits,
  )
})

test('merging and undoing in any order moves nobody’s support or stance, and once all is undone everything is as before', {
  timeout: 180_000,
}, async () => {
  const now = await hall()
  for (const [n, { id: suggestionId }] of now.posts.entries()) {
    for (const [m, person] of people.entries()) {
      if ((n + m) % 2 === 0) value(await person.post('suggestion:support', { suggestionId, supported: true }))
      if ((n + m) % 3 > 0) value(await person.post('stance:give', { suggestionId, stance: stanceValues[(n * m) % 3]! }))
    }
  }
  await expectTrailToAgree(now)
  const before = { voices: await storedVoices(now), votes: await app.services.stances.votesOf(now.meeting.id), list: await bare(now) }

  const orders = fc.record({
    merges: fc.array(fc.tuple(which, which), { minLength: 1, maxLength: 8 }),
    undo: fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5, maxLength: 5 }),
  })
  await fc.assert(
    fc.asyncProperty(orders, async ({ merges, undo }) => {
      for (const [from, into] of merges)
        await moderator.post('suggestion:merge', { suggestionId: now.posts[from]!.id, intoId: now.posts[into]!.id })
      expect(await storedVoices(now)).toEqual(before.voices)
      const { votes } = await rebuild(app, now.meeting.id)
      expect(Object.keys(votes)).toHaveLength((await app.services.stances.votesOf(now.meeting.id)).length)
      for (const n of undo) await moderator.post('suggestion:unmerge', { suggestionId: now.posts[n]!.id })
      expect(await app.services.stances.votesOf(now.meeting.id)).toEqual(before.votes)
    }),
    limits,
  )
  await eventually(async () => expect(await bare(now)).toEqual(before.list))
  await expectTrailToAgree(now)
})

/** Without the version, which every merge raises. */
const bare = async (now: Hall) => (await listed(now)).map(({ version: _, ...suggestion }) => suggestion)
