import { eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditEntries } from '../../server/audit/schema.ts'
import { participantSpans } from '../../server/meetings/schema.ts'
import { joinedSchema } from '../../shared/media.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, freeDiscussion, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'
import { enter, joinWish, nextDirect } from './joining.ts'
import { camera, connectWish, dtlsParameters, microphone } from './wishes.ts'

let app: TestApp
let secretary: Person
beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ name: '沈秘书', grants: [inRegion('secretary', districts.nanxun)] })
})
afterAll(() => app?.close())

const member = async (meetingId: string, name = '钱建国') => app.person({ name, grants: [inMeeting('member', meetingId)] })
const spansOf = (participantId: string) =>
  app.db.reader.select().from(participantSpans).where(eq(participantSpans.participantId, participantId))
const trailOf = async (participantId: string) =>
  (await app.db.reader.select().from(auditEntries).where(eq(auditEntries.subjectId, participantId)).orderBy(auditEntries.id)).map(
    ({ action }) => action,
  )

test('one round trip answers with everything that is needed to draw the room and to build both transports', async () => {
  const meeting = await makeMeeting(secretary)
  const joined = value(await (await member(meeting.id)).ask('room:join', joinWish(meeting)))
  expect(joinedSchema.parse(joined)).toEqual(joined)
  expect(joined).toMatchObject({
    maySpeak: true,
    self: {
      name: '钱建国',
      role: 'member',
      siteName: '南浔主会场',
      regionPath: ['浙江省', '湖州市', '南浔区'],
      present: true,
      microphone: 'off',
      camera: 'off',
    },
    meeting: { id: meeting.id },
    floor: { meetingId: meeting.id },
    producers: [],
  })
  expect(joined.sendTransport?.iceCandidates.map(({ protocol }) => protocol)).toEqual(expect.arrayContaining(['udp', 'tcp']))
})

test('two round trips later the second to come receives what the first one sends, and the room hears of both', async () => {
  const meeting = await freeDiscussion(app, await makeMeeting(secretary))
  const [first, second] = [await member(meeting.id, '钱建国'), await member(meeting.id, '陆雅琴')]
  const opened = first.next('participant:changed', ({ camera }) => camera === 'on')
  const there = await enter(first, meeting, [microphone(), camera()])
  expect(await opened).toMatchObject({ id: there.joined.self.id, present: true, microphone: 'open', camera: 'on' })

  const here = await enter(second, meeting)
  expect(here.joined.producers.map(({ source }) => source).sort()).toEqual(['camera', 'microphone'])
  expect(here.consumers.map(({ participantId, source }) => ({ participantId, source }))).toEqual(
    expect.arrayContaining([
      { participantId: there.joined.self.id, source: 'microphone' },
      { participantId: there.joined.self.id, source: 'camera' },
    ]),
  )
})

test('whoever is there already is told of a newcomer’s stream, and of its muting and its end', async () => {
  const meeting = await freeDiscussion(app, await makeMeeting(secretary))
  const [first, second] = [await member(meeting.id), await member(meeting.id)]
  await enter(first, meeting)
  const announced = nextDirect(first, 'consumer:new')
  const wish = microphone()
  const { joined } = await enter(second, meeting, [wish])
  const consumer = await announced
  expect(consumer).toMatchObject({ producerId: wish.id, participantId: joined.self.id, source: 'microphone', producerPaused: false })
  value(await first.ask('room:resume', { consumerIds: [consumer.id] }))

  const paused = nextDirect(first, 'consumer:paused')
  const muted = first.next('participant:changed', ({ microphone }) => microphone === 'muted')
  value(await second.ask('room:pause-producer', { producerId: wish.id }))
  expect(await paused).toEqual({ consumerId: consumer.id, paused: true })
  expect(await muted).toMatchObject({ id: joined.self.id })

  const closed = nextDirect(first, 'consumer:closed')
  value(await second.ask('room:close-producer', { producerId: wish.id }))
  expect(await closed).toEqual({ consumerId: consumer.id })
})

test('a stream asked for twice with the same id is started once', async () => {
  const meeting = await makeMeeting(secretary)
  const person = await member(meeting.id)
  await enter(person, meeting)
  const wish = microphone()
  const [first, second] = await Promise.all([person.ask('room:produce', wish), person.ask('room:produce', wish)])
  expect(value(first)).toEqual(value(second))
  expect(failure(await person.ask('room:produce', microphone()))).toMatchObject({ code: 'conflict', reason: 'source-in-use' })
})

test.each([
  ['a stranger', () => Promise.resolve(app.stranger()), 'not-signed-in'],
  ['an anonymous visitor without an invitation', () => app.visitor(), 'not-allowed'],
  ['a member of another meeting', () => member(v7()), 'not-allowed'],
  ['a citizen', (meetingId: string) => app.person({ grants: [inMeeting('citizen', meetingId)] }), 'not-allowed'],
] as const)('%s may not enter', async (_, come, code) => {
  const meeting = await makeMeeting(secretary)
  const person = await come(meeting.id)
  expect(failure(await person.ask('room:join', joinWish(meeting))).code).toBe(code)
  expect(failure(await person.ask('room:connect', connectWish(await somebodysJoin(meeting)))).reason).toBe('not-in-the-room')
})

const somebodysJoin = async (meeting: Awaited<ReturnType<typeof makeMeeting>>) =>
  value(await (await member(meeting.id)).ask('room:join', joinWish(meeting)))

test('an observer may listen and may not send', async () => {
  const meeting = await makeMeeting(secretary)
  await enter(await member(meeting.id), meeting, [microphone()])
  const observer = await app.person({ grants: [inMeeting('observer', meeting.id)] })
  const { joined, consumers } = await enter(observer, meeting)
  expect(joined).toMatchObject({ maySpeak: false, sendTransport: null, self: { role: 'observer' } })
  expect(consumers).toHaveLength(1)
  expect(failure(await observer.ask('room:produce', microphone()))).toEqual({ code: 'not-allowed', reason: 'may-not-speak' })
})

test('an observer who sends along with connecting is refused as well', async () => {
  const meeting = await makeMeeting(secretary)
  const observer = await app.person({ grants: [inMeeting('observer', meeting.id)] })
  const joined = value(await observer.ask('room:join', joinWish(meeting)))
  expect(failure(await observer.ask('room:connect', connectWish(joined, [microphone()]))).code).toBe('not-allowed')
})

test('a room is open only while its meeting is live, and closes with it', async () => {
  const meeting = await makeMeeting(secretary, { live: false })
  const person = await member(meeting.id)
  expect(failure(await person.ask('room:join', joinWish(meeting)))).toEqual({ code: 'conflict', reason: 'meeting-not-live' })
  value(await secretary.ask('meeting:open', { meetingId: meeting.id }))
  const { joined } = await enter(person, meeting)
  const closed = nextDirect(person, 'room:closed')
  value(await secretary.ask('meeting:end', { meetingId: meeting.id }))
  expect(await closed).toEqual({ reason: 'meeting-ended' })
  expect(failure(await person.ask('room:join', joinWish(meeting))).reason).toBe('meeting-not-live')
  await eventually(async () => (await spansOf(joined.self.id)).every((span) => span.to !== null))
})

test('a site of another meeting is refused', async () => {
  const [meeting, other] = [await makeMeeting(secretary), await makeMeeting(secretary)]
  const person = await member(meeting.id)
  expect(failure(await person.ask('room:join', joinWish(meeting, { siteId: other.sites[0]!.id })))).toMatchObject({
    code: 'invalid-input',
    reason: 'unknown-site',
  })
})

test('forged ids are refused and disturb nobody', async () => {
  const meeting = await freeDiscussion(app, await makeMeeting(secretary))
  const [owner, forger] = [await member(meeting.id), await member(meeting.id)]
  const voice = microphone()
  const there = await enter(owner, meeting, [voice])
  const joined = value(await forger.ask('room:join', joinWish(meeting)))
  const foreign = { transportId: there.joined.receiveTransport.id, dtlsParameters }
  expect(failure(await forger.ask('room:connect', { ...connectWish(joined), receive: foreign }))).toEqual({
    code: 'not-found',
    reason: 'no-such-transport',
  })
  expect(failure(await forger.ask('room:restart-ice', { transportId: foreign.transportId })).code).toBe('not-found')

  const { consumers } = value(await forger.ask('room:connect', connectWish(joined)))
  expect(failure(await forger.ask('room:pause-producer', { producerId: voice.id })).code).toBe('not-found')
  expect(failure(await forger.ask('room:close-producer', { producerId: voice.id })).code).toBe('not-found')
  expect(failure(await forger.ask('room:produce', microphone({ id: voice.id }))).code).toBe('invalid-input')
  expect(failure(await owner.ask('room:resume', { consumerIds: [consumers[0]!.id] })).code).toBe('not-found')
  expect(failure(await owner.ask('room:layers', { layers: [{ consumerId: consumers[0]!.id, spatialLayer: null }] })).code).toBe('not-found')
  const { producers } = value(
    await forger
      .ask('room:return', { meetingId: meeting.id, joinId: joined.self.id })
      .then(async () => forger.ask('room:join', joinWish(meeting))),
  )
  expect(producers).toEqual([{ id: voice.id, participantId: there.joined.self.id, source: 'microphone', paused: false }])
})

test.each([
  ['no codec that the room speaks', { codecs: [{ mimeType: 'audio/telepathy', payloadType: 100, clockRate: 48_000 }] }],
  ['two encodings with one ssrc', { encodings: [{ ssrc: 5 }, { ssrc: 5 }] }],
  ['an rtx codec alone', { codecs: [{ mimeType: 'audio/rtx', payloadType: 100, clockRate: 48_000, parameters: { apt: 1 } }] }],
  ['no codec at all', { codecs: [] }],
  ['a hundred encodings', { encodings: Array.from({ length: 100 }, (_, index) => ({ ssrc: index + 1 })) }],
  ['a payload type that does not exist', { codecs: [{ mimeType: 'audio/opus', payloadType: 4_000, clockRate: 48_000, channels: 2 }] }],
])('malformed media is refused and leaves the place free: %s', async (_, broken) => {
  const meeting = await makeMeeting(secretary)
  const person = await member(meeting.id)
  await enter(person, meeting)
  const wish = microphone()
  expect(failure(await person.ask('room:produce', { ...wish, rtpParameters: { ...wish.rtpParameters, ...broken } })).code).toBe(
    'invalid-input',
  )
  value(await person.ask('room:produce', microphone()))
})

test('a camera cannot be sent as a microphone', async () => {
  const meeting = await makeMeeting(secretary)
  const person = await member(meeting.id)
  await enter(person, meeting)
  expect(failure(await person.ask('room:produce', camera({ source: 'microphone' })))).toMatchObject({
    code: 'invalid-input',
    fields: { kind: 'wrong-kind' },
  })
})

test('when one stream of connecting is malformed none is started', async () => {
  const meeting = await makeMeeting(secretary)
  const [person, witness] = [await member(meeting.id), await member(meeting.id)]
  const joined = value(await person.ask('room:join', joinWish(meeting)))
  const broken = camera()
  broken.rtpParameters.codecs[0]!.mimeType = 'video/none'
  expect(failure(await person.ask('room:connect', connectWish(joined, [microphone(), broken]))).code).toBe('invalid-input')
  expect((await enter(witness, meeting)).joined.producers).toEqual([])
})

test('a participant is found again, and every attendance is kept with its beginning and end', async () => {
  const meeting = await makeMeeting(secretary)
  const person = await member(meeting.id)
  const first = await enter(person, meeting)
  value(await person.ask('room:leave', {}))
  const second = await enter(person, meeting)
  expect(second.joined.self.id).toBe(first.joined.self.id)
  const spans = await spansOf(first.joined.self.id)
  expect(spans.filter((span) => span.to !== null)).toHaveLength(1)
  expect(spans.filter((span) => span.to === null)).toHaveLength(1)
  expect(await trailOf(first.joined.self.id)).toEqual(['room:enter', 'room:leave', 'room:enter'])
})

test('the second page of one account takes the place of the first', async () => {
  const meeting = await makeMeeting(secretary)
  const person = await member(meeting.id)
  await enter(person, meeting, [microphone()])
  const closed = nextDirect(person, 'room:closed')
  const again = await enter(person, meeting)
  expect(await closed).toEqual({ reason: 'joined-elsewhere' })
  expect(again.joined.producers).toEqual([])
  expect(again.joined.participants.filter(({ present }) => present)).toHaveLength(1)
})

test('a connection that drops finds its stay again, with what it missed', async () => {
  const meeting = await freeDiscussion(app, await makeMeeting(secretary))
  const [person, other] = [await member(meeting.id), await member(meeting.id)]
  const { joinId, joined } = await enter(person, meeting, [microphone()])
  const { consumers } = await enter(other, meeting)
  const closed = nextDirect(other, 'consumer:closed')
  person.socket.disconnect()
  const meanwhile = microphone()
  value(await other.ask('room:produce', meanwhile))
  person.socket.connect()
  const back = value(await person.ask('room:return', { meetingId: meeting.id, joinId }))
  expect(back.self).toMatchObject({ id: joined.self.id, present: true, microphone: 'open' })
  expect(back.consumers.map(({ producerId }) => producerId)).toEqual([meanwhile.id])
  // Nothing was interrupted: the other still receives the same stream.
  expect(await Promise.race([closed, other.ask('room:resume', { consumerIds: [consumers[0]!.id] })])).toMatchObject({ ok: true })
})

test('nobody takes over the stay of somebody else', async () => {
  const meeting = await makeMeeting(secretary)
  const [person, thief] = [await member(meeting.id), await member(meeting.id)]
  const { joinId } = await enter(person, meeting)
  expect(failure(await thief.ask('room:return', { meetingId: meeting.id, joinId }))).toEqual({ code: 'not-found', reason: 'stay-is-over' })
})

test('a revoked session is sent out of the room at once', async () => {
  const meeting = await makeMeeting(secretary)
  const [person, other] = [await member(meeting.id), await member(meeting.id)]
  const { joined } = await enter(person, meeting, [microphone()])
  await enter(other, meeting)
  const gone = other.next('participant:changed', ({ id, present }) => id === joined.self.id && !present)
  const sessions = await person.get<{ id: string; current: boolean }[]>('/api/me/sessions')
  value(await person.post('session:revoke', { sessionId: sessions.find(({ current }) => current)!.id }))
  expect(await gone).toMatchObject({ microphone: 'off' })
})

test('an anonymous guest appears under the name that they give, an account under its own', async () => {
  const meeting = await makeMeeting(secretary)
  const guest = await app.visitor()
  const invitation = value(
    await secretary.ask('invitation:create', {
      id: v7(),
      meetingId: meeting.id,
      role: 'member',
      siteId: null,
      expiresInHours: 1,
      maxUses: 1,
    }),
  )
  value(await guest.post('invitation:accept', { token: invitation.token, name: '渡口客人' }))
  expect(value(await guest.ask('room:join', joinWish(meeting, { name: '渡口老张' }))).self.name).toBe('渡口老张')
  const named = await member(meeting.id, '钱建国')
  expect(value(await named.ask('room:join', joinWish(meeting, { name: '别人' }))).self.name).toBe('钱建国')
})
