import sharp from 'sharp'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Meeting } from '../../shared/meetings.ts'
import { mostStillBytes, mostStillUploadBytes, stillEveryMs, stillPath } from '../../shared/still-rules.ts'
import { type Still, stillSchema } from '../../shared/stills.ts'
import { group, open } from '../breakouts/rounds.ts'
import { enter, nextDirect } from '../media/joining.ts'
import { camera } from '../media/wishes.ts'
import { bomb, page, plainPicture, svg } from '../photos/hostile.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'

let app: TestApp
let chair: Person
let passedMs = 0
const pass = (ms: number) => {
  passedMs += ms
}

beforeAll(async () => {
  app = await startApp({ now: () => new Date(Date.now() + passedMs) })
  await addRegions(app)
  chair = await app.person({ name: '主持', grants: [inRegion('moderator', districts.nanxun), inRegion('secretary', districts.nanxun)] })
})
afterAll(() => app?.close())

const look = async (meeting: Meeting, who: Person = app.stranger()) =>
  stillSchema.parse(await who.get<Still>(`/api/meetings/${meeting.id}/still`))
const send = (who: Person, meeting: Meeting, stillId: string, bytes: Uint8Array, headers: Record<string, string> = {}) =>
  who.fetch(stillPath(meeting.id, stillId), {
    method: 'PUT',
    body: new Uint8Array(bytes),
    headers: { 'content-type': 'image/jpeg', ...headers },
  })
const refusalOf = async (response: Response) => ({ status: response.status, ...failure((await response.json()) as never) })
const face = (colour = '#886644') =>
  sharp({ create: { width: 320, height: 180, channels: 3, background: colour } })
    .jpeg()
    .toBuffer()

/** A member with a camera, who has the floor. */
async function speaking(meeting: Meeting, name = '钱委员') {
  const person = await app.person({ name, grants: [inMeeting('member', meeting.id)] })
  const lens = camera()
  const { joined } = await enter(person, meeting, [lens])
  const participantId = joined.self.id
  value(await chair.post('floor:call', { meetingId: meeting.id, participantId, speechId: v7() }))
  pass(1_000)
  return { person, participantId, lens }
}

/** Looks, so that the speaker is asked, and sends a picture. */
async function pictured(meeting: Meeting, speaker: Person, bytes?: Uint8Array) {
  const wanted = nextDirect(speaker, 'still:wanted')
  await look(meeting)
  const { stillId } = await wanted
  expect((await send(speaker, meeting, stillId, bytes ?? (await face()))).status).toBe(204)
  return stillId
}

test('whoever looks is shown the one who has the floor: small, made anew, and the same for all', async () => {
  const meeting = await makeMeeting(chair)
  expect(await look(meeting)).toEqual({ meetingId: meeting.id, speaker: null, camera: 'off', stillId: null })
  const { person } = await speaking(meeting)
  const stillId = await pictured(
    meeting,
    person,
    await sharp({
      create: { width: 640, height: 360, channels: 3, background: '#336699', noise: { type: 'gaussian', mean: 128, sigma: 40 } },
    })
      .withExif({ IFD0: { Make: 'SecretPhone' } })
      .jpeg({ quality: 20 })
      .toBuffer(),
  )
  expect(await look(meeting)).toEqual({
    meetingId: meeting.id,
    speaker: { name: '钱委员', siteName: '南浔主会场' },
    camera: 'on',
    stillId,
  })
  const response = await app.stranger().fetch(stillPath(meeting.id, stillId))
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'public, max-age=5',
  })
  const jpeg = Buffer.from(await response.arrayBuffer())
  expect(jpeg.length).toBeLessThanOrEqual(mostStillBytes)
  expect(await sharp(jpeg).metadata()).toMatchObject({ format: 'jpeg', width: 320, height: 180 })
  expect(jpeg.includes('SecretPhone')).toBe(false)
  const known = { 'if-none-match': response.headers.get('etag')!, 'cache-control': 'max-age=0' }
  expect((await app.stranger().fetch(stillPath(meeting.id, stillId), { headers: known })).status).toBe(304)
})

test('the speaker is asked once for all who look, only while somebody looks, and again when the picture is some seconds old', async () => {
  const meeting = await makeMeeting(chair)
  const { person } = await speaking(meeting)
  const asked: string[] = []
  person.socket.on('direct', (name, payload) => {
    if (name === 'still:wanted') asked.push((payload as { stillId: string }).stillId)
  })
  // A round trip on the same connection: whatever was told before has arrived.
  const settled = () => person.ask('meeting:watch', { meetingId: meeting.id })
  pass(10 * stillEveryMs)
  await settled()
  expect(asked).toEqual([])
  await Promise.all(Array.from({ length: 40 }, () => look(meeting)))
  await settled()
  expect(asked).toHaveLength(1)
  expect((await send(person, meeting, asked[0]!, await face())).status).toBe(204)
  await look(meeting)
  await settled()
  expect(asked).toHaveLength(1)
  pass(stillEveryMs)
  expect(await look(meeting)).toMatchObject({ stillId: asked[0] })
  await settled()
  expect(asked).toHaveLength(2)
  // One that does not come is asked for again, and the old one is no longer passed off as now.
  pass(6 * stillEveryMs)
  expect(await look(meeting)).toMatchObject({ camera: 'on', stillId: null })
  await settled()
  expect(asked).toHaveLength(3)
  expect(await refusalOf(await app.stranger().fetch(stillPath(meeting.id, asked[0]!)))).toMatchObject({
    status: 404,
    reason: 'no-such-still',
  })
})

test('nobody else can send a picture, and the speaker only the one that was asked for, once', async () => {
  const meeting = await makeMeeting(chair)
  const { person } = await speaking(meeting)
  const other = await app.person({ grants: [inMeeting('member', meeting.id)] })
  await enter(other, meeting, [camera()])
  const jpeg = await face()
  expect(await refusalOf(await send(person, meeting, v7(), jpeg))).toMatchObject({ status: 403 })
  const wanted = nextDirect(person, 'still:wanted')
  await look(meeting)
  const { stillId } = await wanted
  expect(await refusalOf(await send(app.stranger(), meeting, stillId, jpeg))).toMatchObject({ status: 401 })
  for (const one of [other, chair, await app.visitor()])
    expect(await refusalOf(await send(one, meeting, stillId, jpeg))).toMatchObject({ status: 403, reason: 'not-allowed' })
  expect(await refusalOf(await send(person, meeting, v7(), jpeg))).toMatchObject({ status: 409, reason: 'still-not-wanted' })
  expect(await refusalOf(await send(person, meeting, stillId, jpeg, { origin: 'https://elsewhere.example' }))).toMatchObject({
    reason: 'foreign-origin',
  })
  expect(await look(meeting)).toMatchObject({ stillId: null })
  // A repetition is answered like the first, and changes nothing.
  expect((await send(person, meeting, stillId, jpeg)).status).toBe(204)
  const first = await (await app.stranger().fetch(stillPath(meeting.id, stillId))).arrayBuffer()
  expect((await send(person, meeting, stillId, await face('#ff0000'))).status).toBe(204)
  expect(Buffer.from(await (await app.stranger().fetch(stillPath(meeting.id, stillId))).arrayBuffer())).toEqual(Buffer.from(first))
})

test('a picture that comes too late, is too large or is none is refused, and nothing is shown', async () => {
  const meeting = await makeMeeting(chair)
  const { person } = await speaking(meeting)
  for (const [bytes, refusal] of [
    [Buffer.alloc(mostStillUploadBytes + 1, 0xff), { status: 413, reason: 'too-large' }],
    [svg, { status: 400, reason: 'not-a-photo' }],
    [page, { status: 400, reason: 'not-a-photo' }],
    [(await face()).subarray(0, 400), { status: 400, reason: 'photo-unreadable' }],
    [bomb(3_000), { status: 400, reason: 'photo-unreadable' }],
    [await plainPicture(700), { status: 400, reason: 'photo-unreadable' }],
  ] as const) {
    const wanted = nextDirect(person, 'still:wanted')
    await look(meeting)
    expect(await refusalOf(await send(person, meeting, (await wanted).stillId, bytes))).toMatchObject(refusal)
    expect(await look(meeting)).toMatchObject({ camera: 'on', stillId: null })
    pass(5_000)
  }
  const wanted = nextDirect(person, 'still:wanted')
  await look(meeting)
  pass(5_000)
  expect(await refusalOf(await send(person, meeting, (await wanted).stillId, await face()))).toMatchObject({ reason: 'still-not-wanted' })
})

test('once the camera is off, or the chair has put it off, there is no picture at all, only a name', async () => {
  const meeting = await makeMeeting(chair)
  const { person, lens, participantId } = await speaking(meeting)
  const gone = async (stillId: string) => {
    expect((await app.stranger().fetch(stillPath(meeting.id, stillId))).status).toBe(404)
    expect(await look(meeting)).toMatchObject({ speaker: { name: '钱委员' }, camera: 'off', stillId: null })
  }
  const first = await pictured(meeting, person)
  value(await person.ask('room:pause-producer', { producerId: lens.id }))
  await gone(first)
  value(await person.ask('room:resume-producer', { producerId: lens.id }))
  const second = await pictured(meeting, person)
  const hold = { meetingId: meeting.id, whom: { kind: 'participant' as const, participantId }, source: 'camera' as const }
  value(await chair.post('room:hold', { ...hold, held: true }))
  await gone(second)
  // What was asked before it went dark is no longer taken.
  value(await chair.post('room:hold', { ...hold, held: false }))
  value(await person.ask('room:resume-producer', { producerId: lens.id }))
  const wanted = nextDirect(person, 'still:wanted')
  await look(meeting)
  const { stillId } = await wanted
  value(await person.ask('room:close-producer', { producerId: lens.id }))
  expect(await refusalOf(await send(person, meeting, stillId, await face()))).toMatchObject({ reason: 'still-not-wanted' })
})

test('the picture follows the floor and the chair, and ends with the speech, in groups and with the meeting', async () => {
  const meeting = await makeMeeting(chair)
  const one = await speaking(meeting, '钱委员')
  const first = await pictured(meeting, one.person)
  const two = await speaking(meeting, '陆委员')
  expect(await look(meeting)).toMatchObject({ speaker: { name: '陆委员' }, stillId: null })
  expect((await app.stranger().fetch(stillPath(meeting.id, first))).status).toBe(404)
  value(await chair.post('stage:spotlight', { meetingId: meeting.id, participantId: one.participantId }))
  pass(1_000)
  expect(await look(meeting)).toMatchObject({ speaker: { name: '钱委员' } })
  value(await chair.post('stage:spotlight', { meetingId: meeting.id, participantId: null }))
  pass(5_000)
  const second = await pictured(meeting, two.person)
  expect(await look(meeting)).toMatchObject({ speaker: { name: '陆委员' }, stillId: second })
  // In groups a picture is for the group: the spotlight does not carry it out.
  value(await chair.post('stage:spotlight', { meetingId: meeting.id, participantId: two.participantId }))
  const plan = { outsideIds: [], groups: meeting.sites.map(({ id, name }) => group(name, { siteIds: [id] })) }
  const breakout = await open(chair, meeting, plan)
  pass(1_000)
  expect(await look(meeting)).toMatchObject({ speaker: { name: '陆委员' }, camera: 'off', stillId: null })
  value(await chair.post('breakout:close', { breakoutId: breakout.id }))
  value(await chair.post('stage:spotlight', { meetingId: meeting.id, participantId: null }))
  pass(1_000)
  expect(await look(meeting)).toMatchObject({ speaker: null, stillId: null })
  await speaking(meeting, '沈委员')
  value(await chair.post('meeting:end', { meetingId: meeting.id }))
  pass(1_000)
  expect(await look(meeting)).toMatchObject({ speaker: null, camera: 'off' })
  await expect(app.stranger().get(`/api/meetings/${v7()}/still`)).rejects.toMatchObject({ status: 404 })
})
