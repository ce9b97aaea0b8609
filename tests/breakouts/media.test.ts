import { observer, type types } from 'mediasoup'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Meeting } from '../../shared/meetings.ts'
import { nextDirect } from '../media/joining.ts'
import { camera, connectWish, microphone } from '../media/wishes.ts'
import { createDatabase, startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'
import { open, threeSites } from './rounds.ts'

let app: TestApp
let secretary: Person
/** Every stream that the media server hands on to somebody, by the id of its producer. */
const handedOn = new Map<string, Set<types.Consumer>>()
const runningWorkers = new Set<types.Worker>()

function observe(worker: types.Worker) {
  runningWorkers.add(worker)
  worker.observer.once('close', () => runningWorkers.delete(worker))
  worker.observer.on('newrouter', (router) =>
    router.observer.on('newtransport', (transport) =>
      transport.observer.on('newconsumer', (consumer) => {
        const consumers = handedOn.get(consumer.producerId) ?? new Set()
        handedOn.set(consumer.producerId, consumers.add(consumer))
        consumer.observer.once('close', () => consumers.delete(consumer))
      }),
    ),
  )
}

beforeAll(async () => {
  observer.on('newworker', observe)
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ name: '沈秘书', grants: [inRegion('secretary', districts.nanxun)] })
})
afterAll(async () => {
  observer.off('newworker', observe)
  await app?.close()
})

type Inside = Awaited<ReturnType<typeof inside>>

async function inside(meeting: Meeting, name: string, site: number | null, role: 'member' | 'moderator' = 'member') {
  const person = await app.person({ name, grants: [inMeeting(role, meeting.id)] })
  return comeIn(person, meeting, site)
}

async function comeIn(person: Person, meeting: Meeting, site: number | null) {
  const [voice, picture, joinId] = [microphone(), camera(), v7()]
  const siteId = site === null ? null : meeting.sites[site]!.id
  const joined = value(await person.ask('room:join', { meetingId: meeting.id, joinId, siteId }))
  const { consumers } = value(await person.ask('room:connect', connectWish(joined, [voice, picture])))
  return { person, id: joined.self.id, voice, picture, joinId, consumers, meeting }
}

async function gathered() {
  const meeting = await makeMeeting(secretary, threeSites())
  const chair = await inside(meeting, '主持人', null, 'moderator')
  const [a, b, c] = [await inside(meeting, '钱建国', 0), await inside(meeting, '陆雅琴', 1), await inside(meeting, '周明', 2)]
  return { meeting, chair, a, b, c }
}

/** Whose streams somebody receives now, by the server's own account: `name:source`. */
async function received({ person, meeting, joinId }: Inside): Promise<string[]> {
  const back = value(await person.ask('room:return', { meetingId: meeting.id, joinId }))
  const nameOf = (id: string) => back.participants.find((one) => one.id === id)?.name
  return back.consumers.map(({ participantId, source }) => `${nameOf(participantId)}:${source}`).sort()
}
const bothOf = (...names: string[]) => names.flatMap((name) => [`${name}:camera`, `${name}:microphone`]).sort()
const receives = (who: Inside, ...expected: string[]) => eventually(async () => expect(await received(who)).toEqual(expected))

test('in groups nobody receives anything from another group; back together everybody receives everybody', async () => {
  const { meeting, chair, a, b, c } = await gathered()
  await receives(a, ...bothOf('主持人', '陆雅琴', '周明'))
  const breakout = await open(chair.person, meeting)
  await receives(a, ...bothOf('陆雅琴'))
  await receives(b, ...bothOf('钱建国'))
  await receives(c)
  await receives(chair)
  // Not only untold: the worker hands on nothing else.
  expect(handedOn.get(c.voice.id)?.size).toBe(0)
  expect(handedOn.get(chair.voice.id)?.size).toBe(0)
  expect(handedOn.get(a.voice.id)?.size).toBe(1)

  const told = nextDirect(c.person, 'consumer:new')
  value(await chair.person.ask('breakout:close', { breakoutId: breakout.id }))
  await told
  for (const who of [a, b, c]) {
    await receives(who, ...bothOf(...['主持人', '钱建国', '陆雅琴', '周明'].filter((name) => name !== who.person.name)))
  }
})

test('in groups everybody may speak; back together only whoever has the word', async () => {
  const { meeting, chair, a, b } = await gathered()
  expect(failure(await a.person.ask('room:resume-producer', { producerId: a.voice.id })).reason).toBe('no-floor')
  const opened = b.person.next('participant:changed', ({ id, microphone }) => id === a.id && microphone === 'open')
  const { id: breakoutId } = await open(chair.person, meeting)
  await opened
  expect(value(await a.person.ask('room:resume-producer', { producerId: a.voice.id })).paused).toBe(false)
  const closed = b.person.next('participant:changed', ({ id, microphone }) => id === a.id && microphone === 'closed')
  value(await chair.person.ask('breakout:close', { breakoutId }))
  await closed
  expect(failure(await a.person.ask('room:resume-producer', { producerId: a.voice.id })).reason).toBe('no-floor')
})

test('the chair visits: hears and sees that group and no other, and is gone from it afterwards', async () => {
  const { meeting, chair, a, c } = await gathered()
  const { id: breakoutId, groups } = await open(chair.person, meeting)
  value(await chair.person.ask('breakout:go', { breakoutId, groupId: groups[1]!.id }))
  await receives(chair, ...bothOf('周明'))
  await receives(c, ...bothOf('主持人'))
  await receives(a, ...bothOf('陆雅琴'))
  value(await chair.person.ask('breakout:go', { breakoutId, groupId: groups[0]!.id }))
  await receives(chair, ...bothOf('钱建国', '陆雅琴'))
  await receives(c)
})

test('the chair’s voice reaches all groups while it is wanted, and nothing comes back', async () => {
  const { meeting, chair, a, c } = await gathered()
  const { id: breakoutId } = await open(chair.person, meeting)
  await receives(c)
  value(await chair.person.ask('breakout:voice', { breakoutId, on: true }))
  await receives(c, '主持人:microphone')
  await receives(a, '主持人:microphone', ...bothOf('陆雅琴'))
  await receives(chair)
  value(await chair.person.ask('breakout:voice', { breakoutId, on: false }))
  await receives(c)
})

test('whoever comes late, comes back or begins to send is with the group of their site, and with no other', async () => {
  const { meeting, chair, a, c } = await gathered()
  const { id: breakoutId, groups } = await open(chair.person, meeting)
  const late = await inside(meeting, '迟到', 2)
  await receives(late, ...bothOf('周明'))
  await receives(a, ...bothOf('陆雅琴'))
  const nowhere = await inside(meeting, '无会场', null)
  // Outside of all groups is the chair as well.
  await receives(nowhere, ...bothOf('主持人'))
  value(await nowhere.person.ask('breakout:go', { breakoutId, groupId: groups[1]!.id }))
  await receives(nowhere, ...bothOf('周明', '迟到'))
  value(await c.person.ask('room:close-producer', { producerId: c.picture.id }))
  value(await c.person.ask('room:produce', camera()))
  await receives(late, ...bothOf('周明', '无会场'))
  await receives(a, ...bothOf('陆雅琴'))
  const again = await comeIn(c.person, meeting, 2)
  expect(again.consumers.map(({ participantId }) => participantId).toSorted()).toEqual(
    [late.id, late.id, nowhere.id, nowhere.id].toSorted(),
  )
})

test('a hall’s screen goes with its hall, or shows nobody', async () => {
  const { meeting, chair, a } = await gathered()
  await open(chair.person, meeting)
  const watch = async (siteId: string | null) => {
    const hall = await app.person({ grants: [inMeeting('observer', meeting.id)] })
    const joined = value(await hall.ask('room:watch', { meetingId: meeting.id, joinId: v7(), sound: true, siteId }))
    return value(await hall.ask('room:connect', connectWish(joined))).consumers.map(({ participantId }) => participantId)
  }
  expect(new Set(await watch(meeting.sites[1]!.id))).toEqual(new Set([a.id, (await watch(meeting.sites[0]!.id)).find((id) => id !== a.id)]))
  expect(await watch(null)).toEqual([])
  const hall = await app.person({ grants: [inMeeting('observer', meeting.id)] })
  expect(failure(await hall.ask('room:watch', { meetingId: meeting.id, joinId: v7(), sound: true, siteId: v7() })).reason).toBe(
    'unknown-site',
  )
})

test('a shared screen ends for whoever goes elsewhere, and each group may share its own', async () => {
  const { meeting, chair, a, c } = await gathered()
  const screen = () => {
    const { rtpParameters, ...wish } = camera({ source: 'screen' })
    return { ...wish, rtpParameters: { ...rtpParameters, mid: '2' } }
  }
  value(await a.person.ask('room:produce', screen()))
  const ended = nextDirect(a.person, 'producer:ended')
  const { id: breakoutId } = await open(chair.person, meeting)
  await ended
  value(await a.person.ask('room:produce', screen()))
  value(await c.person.ask('room:produce', screen()))
  const both = Promise.all([a, c].map(({ person }) => nextDirect(person, 'producer:ended')))
  value(await chair.person.ask('breakout:close', { breakoutId }))
  await both
})

test('groups outlive the server, and media stays apart from the first moment after', async () => {
  const database = await createDatabase()
  const before = await startApp({ database })
  await addRegions(before)
  const chair = await before.person({ name: '沈秘书', grants: [inRegion('secretary', districts.nanxun)] })
  const meeting = await makeMeeting(chair, threeSites())
  const people = await Promise.all([0, 1, 2].map(() => before.person({ grants: [inMeeting('member', meeting.id)] })))
  const breakout = await open(chair, meeting)
  await before.close()

  const after = await startApp({ database, env: { AUTH_SECRET: 'x'.repeat(40) } })
  const ids: string[] = []
  for (const [site] of people.entries()) {
    const person = await after.person({ grants: [inMeeting('member', meeting.id)] })
    const joined = value(await person.ask('room:join', { meetingId: meeting.id, joinId: v7(), siteId: meeting.sites[site]!.id }))
    const { consumers } = value(await person.ask('room:connect', connectWish(joined, [microphone()])))
    expect(joined.breakout).toEqual(breakout)
    expect(consumers.map(({ participantId }) => participantId)).toEqual(site === 1 ? [ids[0]] : [])
    ids.push(joined.self.id)
  }
  await after.close()
  await database.close()
})

test('when a media worker dies the groups stay apart', async () => {
  const { meeting, chair, a, b, c } = await gathered()
  await open(chair.person, meeting)
  await receives(a, ...bothOf('陆雅琴'))
  const lost = Promise.all([a, b, c].map(({ person }) => nextDirect(person, 'room:closed')))
  for (const worker of runningWorkers) process.kill(worker.pid, 'SIGKILL')
  expect(await lost).toEqual([{ reason: 'media-lost' }, { reason: 'media-lost' }, { reason: 'media-lost' }])
  const [a2, b2, c2] = await eventually(
    async () => [await comeIn(a.person, meeting, 0), await comeIn(b.person, meeting, 1), await comeIn(c.person, meeting, 2)] as const,
    { timeoutMs: 20_000, everyMs: 100 },
  )
  await receives(a2, ...bothOf('陆雅琴'))
  await receives(b2, ...bothOf('钱建国'))
  await receives(c2)
}, 30_000)
