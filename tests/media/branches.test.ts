import { observer, type types } from 'mediasoup'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ConsumerInfo } from '../../shared/media.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, freeDiscussion, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'
import { enter, joinWish, nextDirect } from './joining.ts'
import { camera, connectWish, dtlsParameters, microphone } from './wishes.ts'

let app: TestApp
let secretary: Person
const workers: types.Worker[] = []
const pipes: types.Consumer[] = []
const received = new Map<string, types.Consumer>()

/** Everything that the media server makes passes here: what crosses between workers, and what is left over. */
function observe(worker: types.Worker) {
  workers.push(worker)
  worker.observer.on('newrouter', (router) => {
    router.observer.on('newtransport', (transport) => {
      transport.observer.on('newconsumer', (consumer) => {
        if (consumer.type === 'pipe') pipes.push(consumer)
        else received.set(consumer.id, consumer)
      })
    })
  })
}

beforeAll(async () => {
  observer.on('newworker', observe)
  app = await startApp({ env: { MEDIA_WORKERS: '2', MEDIA_STREAMS_PER_WORKER: '1' } })
  await addRegions(app)
  secretary = await app.person({ name: '沈秘书', grants: [inRegion('secretary', districts.nanxun)] })
})
afterAll(async () => {
  observer.off('newworker', observe)
  await app?.close()
})

const member = async (meeting: Meeting) => app.person({ grants: [inMeeting('member', meeting.id)] })

test('those who enter at the same moment all hear each other', async () => {
  const meeting = await freeDiscussion(app, await makeMeeting(secretary))
  const crowd = await Promise.all(Array.from({ length: 8 }, () => member(meeting)))
  const heard = await Promise.all(
    crowd.map(async (person) => {
      // As a page does: what the answer brings is simply built; only what is told of besides is confirmed.
      const told: ConsumerInfo[] = []
      person.socket.on('direct', (name: string, payload: unknown) => void (name === 'consumer:new' && told.push(payload as ConsumerInfo)))
      const { consumers } = await enter(person, meeting, [microphone()])
      const known = new Set(consumers.map(({ id }) => id))
      const all = () => new Set([...known, ...told.map(({ id }) => id)])
      await eventually(() => expect(all().size).toBe(crowd.length - 1))
      const fresh = [...all()].filter((id) => !known.has(id))
      if (fresh.length > 0) value(await person.ask('room:resume', { consumerIds: fresh }))
      return [...all()]
    }),
  )
  const silent = heard.flat().filter((id) => received.get(id)?.paused !== false)
  expect(silent).toEqual([])
}, 30_000)

test('what nobody looks at does not show as a camera that is off', async () => {
  const meeting = await makeMeeting(secretary)
  const [alone, late] = [await member(meeting), await member(meeting)]
  const unwanted = nextDirect(alone, 'producer:wanted')
  const { joined } = await enter(alone, meeting, [camera()])
  expect(await unwanted).toMatchObject({ wanted: false })
  const wanted = nextDirect(alone, 'producer:wanted')
  const { consumers, joined: seen } = await enter(late, meeting)
  // Already while the second is on the way in.
  expect(await wanted).toMatchObject({ wanted: true })
  expect(seen.participants.find(({ id }) => id === joined.self.id)).toMatchObject({ camera: 'on' })
  expect(consumers).toMatchObject([{ source: 'camera', producerPaused: false }])
}, 30_000)

test('one screen is shared at a time, its sound only beside it, and the chair may end it', async () => {
  const meeting = await makeMeeting(secretary)
  const [first, second] = [await member(meeting), await member(meeting)]
  await enter(first, meeting)
  await enter(second, meeting)
  const screen = camera({ source: 'screen' })
  expect(failure(await first.ask('room:produce', sound()))).toMatchObject({ reason: 'no-screen' })
  value(await first.ask('room:produce', screen))
  value(await first.ask('room:produce', sound()))
  expect(failure(await second.ask('room:produce', camera({ source: 'screen' })))).toMatchObject({
    code: 'conflict',
    reason: 'screen-in-use',
  })
  expect(failure(await second.ask('stage:stop-screen', { meetingId: meeting.id })).code).toBe('not-allowed')

  const ended = nextDirect(first, 'producer:ended')
  value(await secretary.ask('stage:stop-screen', { meetingId: meeting.id }))
  await ended
  value(await second.ask('room:produce', camera({ source: 'screen' })))
})

const sound = () => ({ ...camera(), ...voice(), source: 'screen-audio' as const, standby: true })
const voice = () => ({
  id: v7(),
  kind: 'audio' as const,
  rtpParameters: {
    mid: '2',
    codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2, parameters: {}, rtcpFeedback: [] }],
    headerExtensions: [],
    encodings: [{ ssrc: 1 + Math.floor(Math.random() * 0xff_ff_ff) }],
    rtcp: { cname: 'test' },
  },
})

test('a hall’s screen receives pictures, is nobody in the register, and cannot send', async () => {
  const meeting = await makeMeeting(secretary)
  const [sender, hall] = [await member(meeting), await member(meeting)]
  await enter(sender, meeting, [camera()])
  const joined = value(await hall.ask('room:watch', { meetingId: meeting.id, joinId: v7(), sound: false }))
  expect(joined).toMatchObject({ sendTransport: null, maySpeak: false })
  expect(joined.participants.map(({ accountId }) => accountId)).toEqual([sender.accountId])
  const { consumers } = value(await hall.ask('room:connect', connectWish(joined)))
  expect(consumers.map(({ source }) => source)).toEqual(['camera'])
  expect(failure(await hall.ask('room:produce', camera()))).toMatchObject({ code: 'not-allowed' })
  // The same account may sit in the hall with its own page.
  await enter(hall, meeting)
})

test('who may not enter may not watch, nor try the line', async () => {
  const meeting = await makeMeeting(secretary)
  for (const person of [app.stranger(), await app.visitor()]) {
    const { code } = failure(await person.ask('room:watch', { meetingId: meeting.id, joinId: v7(), sound: false }))
    expect(['not-signed-in', 'not-allowed']).toContain(code)
    expect(failure(await person.ask('probe:open', { meetingId: meeting.id })).code).toBe(code)
  }
})

test('a probe is a loop of one’s own: what is sent comes back, and nothing of it is left in the room', async () => {
  const meeting = await makeMeeting(secretary)
  const person = await member(meeting)
  const probe = value(await person.ask('probe:open', { meetingId: meeting.id }))
  const wish = connectWish({ ...probe } as never, [camera()])
  const { consumers } = value(await person.ask('probe:run', { ...wish, send: wish.send! }))
  expect(consumers).toMatchObject([{ kind: 'video', source: 'camera' }])
  value(await person.ask('probe:close', {}))
  expect(failure(await person.ask('probe:run', { ...wish, send: wish.send! }))).toMatchObject({ reason: 'no-probe' })
  const again = value(await person.ask('probe:open', { meetingId: meeting.id }))
  const foreign = { transportId: probe.sendTransport.id, dtlsParameters }
  expect(failure(await person.ask('probe:run', { ...connectWish(again as never, [camera()]), send: foreign }))).toMatchObject({
    reason: 'no-such-transport',
  })
  expect((await enter(person, meeting)).joined.producers).toEqual([])
})

test('a thousand transports of one person become two, and disturb nobody', async () => {
  const meeting = await makeMeeting(secretary)
  const [crowd, witness] = [await member(meeting), await member(meeting)]
  const there = await enter(witness, meeting, [camera()])
  const open = new Set<types.Transport>()
  const keep = (transport: types.Transport) => {
    open.add(transport)
    transport.observer.once('close', () => open.delete(transport))
  }
  for (const worker of workers) worker.observer.on('newrouter', (router) => router.observer.on('newtransport', keep))
  const other = await makeMeeting(secretary)
  const many = await app.person({ grants: [inMeeting('member', other.id)] })
  await Promise.all(Array.from({ length: 40 }, () => many.ask('room:join', joinWish(other))))
  for (let round = 0; round < 10; round++) {
    await Promise.all(Array.from({ length: 46 }, () => many.ask('probe:open', { meetingId: other.id })))
  }
  value(await many.ask('probe:close', {}))
  await eventually(() => expect(open.size).toBe(2))
  expect((await enter(crowd, meeting)).consumers).toMatchObject([{ participantId: there.joined.self.id }])
}, 60_000)

// Stays the last: the program closes while the stream is about to cross again, and no failure of that may go uncaught.
test('a stream crosses to another worker once, however many receive it there, and only while somebody looks', async () => {
  const meeting = await makeMeeting(secretary)
  const serving = new Set<types.Worker>()
  for (const worker of workers) worker.observer.on('newrouter', () => serving.add(worker))
  // Each goes to the less loaded worker, so that after a while both serve the meeting.
  const others = []
  while (serving.size < 2 || others.length < 5) {
    const person = await member(meeting)
    others.push({ person, ...(await enter(person, meeting)) })
  }
  const before = pipes.length
  const sending = await member(meeting)
  const announced = others.map(({ person }) => nextDirect(person, 'consumer:new'))
  const picture = camera()
  const last = await enter(sending, meeting, [picture])
  const consumers = await Promise.all(announced)
  expect(new Set(consumers.map(({ producerId }) => producerId))).toEqual(new Set([picture.id]))
  expect(pipes.length - before).toBe(1)

  // All look away: the crossing rests, and the sender is told that nobody wants it.
  for (const [index, { person }] of others.entries()) {
    value(await person.ask('room:resume', { consumerIds: [consumers[index]!.id] }))
  }
  const unwanted = nextDirect(sending, 'producer:wanted')
  for (const [index, { person }] of others.entries()) {
    value(await person.ask('room:layers', { layers: [{ consumerId: consumers[index]!.id, spatialLayer: null }] }))
  }
  expect(await unwanted).toEqual({ producerId: picture.id, wanted: false })
  await eventually(() => expect(pipes.at(-1)!.producerPaused).toBe(true))

  const wanted = nextDirect(sending, 'producer:wanted')
  value(await others[0]!.person.ask('room:layers', { layers: [{ consumerId: consumers[0]!.id, spatialLayer: 0 }] }))
  expect(await wanted).toEqual({ producerId: picture.id, wanted: true })
  expect(last.joined.producers).toEqual([])
}, 30_000)
