import { inArray } from 'drizzle-orm'
import fc from 'fast-check'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditEntries } from '../../server/audit/schema.ts'
import { suggestionSteps, suggestions } from '../../server/suggestions/schema.ts'
import type { NewsItem } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { Actor } from '../../shared/policy.ts'
import type { PostedSuggestion } from '../../shared/suggestions.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inRegion, makeMeeting, plan } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'

const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000)

let app: TestApp
let secretary: Person

beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ name: '秘书', grants: [inRegion('secretary', districts.nanxun)] })
})
afterAll(() => app.close())

async function immediate(): Promise<Meeting> {
  const { id: meetingId } = await makeMeeting(secretary, { live: false })
  value(await secretary.ask('meeting:update', { ...plan(), meetingId, version: 1, suggestionPolicy: 'immediate' }))
  return value(await secretary.ask('meeting:open', { meetingId }))
}
const actorOf = (accountId: string): Actor => ({ accountId, name: '', anonymous: true, sessionId: null, grants: [] })
const everywhere = async (ids: string[]) => {
  const of = app.db.reader
  return {
    rows: await of.select().from(suggestions).where(inArray(suggestions.id, ids)),
    steps: await of.select().from(suggestionSteps).where(inArray(suggestionSteps.suggestionId, ids)),
    entries: await of.select().from(auditEntries).where(inArray(auditEntries.subjectId, ids)),
  }
}

type Kind = 'new' | 'again' | 'anothers' | 'not live' | 'no meeting' | 'no account'
const kindArbitrary = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Kind>('new') },
  { weight: 3, arbitrary: fc.constantFrom<Kind>('again', 'anothers') },
  { weight: 3, arbitrary: fc.constantFrom<Kind>('not live', 'no meeting', 'no account') },
)

test('of posts that come together each is answered for itself, stored once, and told only when it is stored', {
  timeout: 120_000,
}, async () => {
  const meeting = await immediate()
  const planned = await makeMeeting(secretary, { live: false })
  const authors = await Promise.all([app.visitor(), app.visitor(), app.visitor()])
  const heard: NewsItem[] = []
  const phone = app.stranger()
  value(await phone.ask('meeting:watch', { meetingId: meeting.id }))
  phone.socket.on('news', (items) => heard.push(...items))

  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(kindArbitrary, fc.nat(2), fc.nat(9)), { minLength: 1, maxLength: 30 }), async (kinds) => {
      const ids: string[] = []
      const wishes = kinds.map(([kind, who, which]) => {
        const known = ids[which % Math.max(1, ids.length)]
        const id = (kind === 'again' || kind === 'anothers') && known !== undefined ? known : v7()
        if (!ids.includes(id)) ids.push(id)
        // The author goes with the id, so that "again" is the same person.
        const own = ids.indexOf(id) % 3
        const account = authors[kind === 'anothers' ? (own + 1 + (who % 2)) % 3 : own]!.accountId!
        const meetingId = kind === 'not live' ? planned.id : kind === 'no meeting' ? v7() : meeting.id
        return { kind, id, actor: actorOf(kind === 'no account' ? v7() : account), meetingId }
      })
      const answers = await Promise.all(
        wishes.map(({ id, actor, meetingId }) =>
          app.services.suggestions.post(actor, { id, meetingId, text: '渡口晚上加一班船' }).then(
            (posted) => ({ posted, error: null }),
            (error: unknown) => ({ posted: null, error }),
          ),
        ),
      )
      const { rows, steps, entries } = await everywhere(ids)
      const acknowledged = new Map<string, PostedSuggestion>()
      for (const [index, { posted, error }] of answers.entries()) {
        const { kind, id, actor } = wishes[index]!
        const row = rows.find((one) => one.id === id)
        if (posted) {
          expect(row).toMatchObject({ authorId: actor.accountId, receipt: posted.receipt, text: posted.suggestion.text })
          // The same answer, however often it was asked.
          expect(acknowledged.get(id) ?? posted).toEqual(posted)
          acknowledged.set(id, posted)
        } else if (kind === 'not live') expect(error).toMatchObject({ reason: 'meeting-not-live' })
        else if (kind === 'no meeting') expect(error).toMatchObject({ reason: 'no-such-meeting' })
        else if (error instanceof AppError) expect(error.reason).toBe('id-taken')
        else expect(kind).toBe('no account')
        if (kind === 'new') expect(posted).not.toBeNull()
      }
      expect(rows.map(({ id }) => id).sort()).toEqual([...acknowledged.keys()].sort())
      expect(entries.map(({ subjectId }) => subjectId).sort()).toEqual([...acknowledged.keys()].sort())
      expect(steps).toHaveLength(2 * acknowledged.size)
      for (const { subjectId, actorId } of entries) expect(rows.find(({ id }) => id === subjectId)?.authorId).toBe(actorId)
      const told = () => heard.flatMap(([name, payload]) => (name === 'suggestion:shown' && ids.includes(payload.id) ? [payload.id] : []))
      await eventually(() => told().length >= acknowledged.size)
      expect(told().sort()).toEqual([...acknowledged.keys()].sort())
    }),
    { seed, numRuns: 25, interruptAfterTimeLimit: 60_000, endOnFailure: true },
  )
})

test('when the database is lost in the middle, nothing is acknowledged that is not stored, and sending again stores it once', async () => {
  const meeting = await immediate()
  const citizen = await app.visitor()
  const wishes = Array.from({ length: 40 }, (_, index) => ({ id: v7(), meetingId: meeting.id, text: `建议${index}` }))
  const sent = wishes.map((wish) => app.services.suggestions.post(actorOf(citizen.accountId!), wish))
  const answers = Promise.allSettled(sent)
  await app.db.pool.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  )
  const stored = await everywhere(wishes.map(({ id }) => id))
  for (const [index, answer] of (await answers).entries())
    if (answer.status === 'fulfilled') expect(stored.rows.map(({ id }) => id)).toContain(wishes[index]!.id)
  // As a phone does: with a failure that passes, the same id again.
  await Promise.all(
    wishes.map((wish) =>
      eventually(async () => {
        const result = await citizen.post('suggestion:post', wish)
        if (!result.ok) expect(result.error.code).toBe('unavailable')
        return result.ok
      }),
    ),
  )
  const { rows, entries, steps } = await everywhere(wishes.map(({ id }) => id))
  expect([rows.length, entries.length, steps.length]).toEqual([40, 40, 80])
})

test('a program that ends stores what waits already, and takes no more', async () => {
  const ending = await startApp()
  await addRegions(ending)
  const chair = await ending.person({ grants: [inRegion('secretary', districts.nanxun)] })
  const meeting = await makeMeeting(chair)
  const citizen = await ending.visitor()
  const wishes = Array.from({ length: 30 }, (_, index) => ({ id: v7(), meetingId: meeting.id, text: `建议${index}` }))
  const sent = wishes.map((wish) => ending.services.suggestions.post(actorOf(citizen.accountId!), wish))
  const closing = ending.services.suggestions.close()
  const late = await citizen.post('suggestion:post', { id: v7(), meetingId: meeting.id, text: '晚了' })
  expect(failure(late)).toMatchObject({ code: 'unavailable' })
  await closing
  const posted = await Promise.all(sent)
  const rows = await ending.db.reader.select({ receipt: suggestions.receipt }).from(suggestions)
  expect(rows.map(({ receipt }) => receipt).sort()).toEqual(posted.map(({ receipt }) => receipt).sort())
  await ending.close()
})
