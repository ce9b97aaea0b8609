import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, freeDiscussion, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'
import { enter } from './joining.ts'
import { camera, connectWish, dtlsParameters, microphone } from './wishes.ts'

type Line = { msg: string; what?: string; accountId?: string; code?: string; reason?: string; cause?: string; level: number }

const lines: Line[] = []
let app: TestApp
let secretary: Person
let here: Scene
beforeAll(async () => {
  app = await startApp({ logTo: { write: (line) => void lines.push(JSON.parse(line) as Line) } })
  await addRegions(app)
  secretary = await app.person({ name: '沈秘书', grants: [inRegion('secretary', districts.nanxun)] })
  here = await scene()
})
afterAll(() => app?.close())

/** A room with somebody who sends, a witness who receives it, and somebody of bad intent who is in it rightfully. */
async function scene() {
  const meeting = await makeMeeting(secretary)
  const come = (name: string) => app.person({ name, grants: [inMeeting('member', meeting.id)] })
  const [victim, witness, intruder] = [await come('钱建国'), await come('陆雅琴'), await come('捣乱者')]
  const voice = microphone()
  const there = await enter(victim, meeting, [voice, camera()])
  const seen = await enter(witness, meeting)
  const inside = await enter(intruder, meeting)
  const undisturbed = async () => {
    const back = value(await witness.ask('room:return', { meetingId: meeting.id, joinId: seen.joinId }))
    expect(back.consumers.map(({ id }) => id).sort()).toEqual(seen.consumers.map(({ id }) => id).sort())
  }
  return { meeting, intruder, voice, there, inside, undisturbed }
}
type Scene = Awaited<ReturnType<typeof scene>>

const broken = (rtpParameters: object) => ({ ...microphone(), rtpParameters: { ...microphone().rtpParameters, ...rtpParameters } })

test.each<[string, 'not-found' | 'conflict' | 'invalid-input' | 'not-allowed', (scene: Scene) => Promise<unknown>]>([
  ['sends without the floor', 'conflict', ({ intruder }) => intruder.ask('room:produce', microphone({ standby: false }))],
  [
    'connects a transport of somebody else',
    'not-found',
    ({ intruder, inside, there }) =>
      intruder.ask('room:connect', {
        ...connectWish(inside.joined),
        receive: { transportId: there.joined.receiveTransport.id, dtlsParameters },
      }),
  ],
  ['connects a transport that never was', 'not-found', ({ intruder }) => intruder.ask('room:restart-ice', { transportId: v7() })],
  ['mutes a stream of somebody else', 'not-found', ({ intruder, voice }) => intruder.ask('room:pause-producer', { producerId: voice.id })],
  ['ends a stream of somebody else', 'not-found', ({ intruder, voice }) => intruder.ask('room:close-producer', { producerId: voice.id })],
  [
    'takes the id of a stream of somebody else',
    'invalid-input',
    ({ intruder, voice }) => intruder.ask('room:produce', microphone({ id: voice.id })),
  ],
  ['resumes what is received by somebody else', 'not-found', ({ intruder }) => intruder.ask('room:resume', { consumerIds: [v7()] })],
  [
    'sends RTP parameters of impossible codecs',
    'invalid-input',
    ({ intruder }) =>
      intruder.ask('room:produce', broken({ codecs: [{ mimeType: 'audio/telepathy', payloadType: 100, clockRate: 48_000 }] })),
  ],
  [
    'sends oversized RTP parameters',
    'invalid-input',
    ({ intruder }) =>
      intruder.ask('room:produce', broken({ codecs: Array.from({ length: 400 }, () => microphone().rtpParameters.codecs[0]!) })),
  ],
  [
    'calls itself by a name without an end',
    'invalid-input',
    ({ intruder }) => intruder.ask('room:produce', broken({ rtcp: { cname: 'x'.repeat(50_000) } })),
  ],
])('whoever %s is refused, the refusal is in the log with their name, and nobody else notices', async (_, code, attempt) => {
  const from = lines.length
  expect(failure((await attempt(here)) as never).code).toBe(code)
  const noted = lines.slice(from).filter(({ accountId }) => accountId === here.intruder.accountId)
  expect(noted).toMatchObject([{ msg: 'a command was refused', what: expect.stringMatching(/^room:/), code }])
  await here.undisturbed()
  // Whoever was refused may still do what is theirs.
  const own = microphone()
  value(await here.intruder.ask('room:produce', own))
  value(await here.intruder.ask('room:close-producer', { producerId: own.id }))
})

test('what the media worker thinks of parameters is in the log, and not told to whoever sent them', async () => {
  const { intruder } = here
  const answer = failure(await intruder.ask('room:produce', broken({ encodings: [{ ssrc: 5 }, { ssrc: 5 }] })))
  expect(answer).toEqual({ code: 'invalid-input', reason: 'bad-media-parameters' })
  expect(lines.find(({ accountId, reason }) => accountId === intruder.accountId && reason === 'bad-media-parameters')?.cause).toBeTruthy()
})

test('a frame larger than any command ends the connection that sent it, and no other', async () => {
  const { meeting, intruder, undisturbed } = here
  await freeDiscussion(app, meeting)
  const closed = new Promise((resolve) => intruder.socket.once('disconnect', resolve))
  void intruder.ask('room:produce', broken({ mid: 'x'.repeat(400_000) })).catch(() => {})
  await closed
  await undisturbed()
  await eventually(() => intruder.socket.connected)
})

test('a flood of refused commands is stopped, and does not fill the log', async () => {
  const limited = await startApp({
    env: { COMMANDS_PER_MINUTE: '50' },
    logTo: { write: (line) => void lines.push(JSON.parse(line) as Line) },
  })
  const person = await limited.person({ name: '洪水' })
  const answers = await Promise.all(Array.from({ length: 300 }, () => person.ask('room:restart-ice', { transportId: v7() })))
  const codes = answers.map((answer) => failure(answer).code)
  expect(codes.filter((code) => code === 'too-many-requests').length).toBeGreaterThan(200)
  expect(lines.filter(({ accountId }) => accountId === person.accountId).length).toBeLessThan(100)
  await limited.close()
})
