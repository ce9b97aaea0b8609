import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enter, joinWish, nextDirect } from '../media/joining.ts'
import { camera, connectWish, microphone } from '../media/wishes.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inMeeting, inRegion } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'
import { ask, call, chairedMeeting, come, give, hears, type Inside, member } from './rooms.ts'

let app: TestApp
let secretary: Person
beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ name: '沈秘书', grants: [inRegion('secretary', districts.nanxun)] })
})
afterAll(() => app?.close())

const microphonesOf = async ({ person }: Inside, meetingId: string, joinId = v7()) =>
  Object.fromEntries(
    value(await person.ask('room:join', { meetingId, joinId, siteId: null })).participants.map(({ name, microphone }) => [
      name,
      microphone,
    ]),
  )

test('the microphone of whoever is given the word opens at the server, and closes when it passes on', async () => {
  const { meeting, chair } = await chairedMeeting(app, secretary)
  const [qian, lu] = [await member(app, meeting, '钱建国'), await member(app, meeting, '陆雅琴', 1)]
  let [first, second] = [hears(chair, qian, 'open'), hears(chair, lu, 'open')]
  await give(chair, meeting, await ask(qian, meeting))
  await first
  ;[first, second] = [hears(chair, qian, 'closed'), second]
  await give(chair, meeting, await ask(lu, meeting))
  await Promise.all([first, second])
  const witness = await member(app, meeting, '观察')
  expect(await microphonesOf(witness, meeting.id)).toMatchObject({ 主持人: 'open', 钱建国: 'closed', 陆雅琴: 'open' })
  const closed = hears(chair, lu, 'closed')
  value(await chair.person.ask('floor:end', { meetingId: meeting.id }))
  await closed
})

test('without the word a microphone can neither be started nor opened, and nobody else is disturbed', async () => {
  const { meeting, chair } = await chairedMeeting(app, secretary)
  const [qian, lu] = [await member(app, meeting, '钱建国'), await member(app, meeting, '陆雅琴')]
  const opened = hears(chair, qian, 'open')
  await call(chair, meeting, qian)
  await opened
  const refusal = { code: 'conflict', reason: 'no-floor' }
  expect(failure(await lu.person.ask('room:resume-producer', { producerId: lu.voice.id }))).toEqual(refusal)
  value(await lu.person.ask('room:close-producer', { producerId: lu.voice.id }))
  expect(failure(await lu.person.ask('room:produce', microphone({ standby: false })))).toEqual(refusal)
  // The camera is nobody's business here, and what is ready stays closed.
  value(await lu.person.ask('room:produce', camera()))
  expect(value(await lu.person.ask('room:produce', microphone())).paused).toBe(true)

  const intruder = await app.person({ name: '抢话', grants: [inMeeting('member', meeting.id)] })
  const joined = value(await intruder.ask('room:join', joinWish(meeting)))
  expect(failure(await intruder.ask('room:connect', connectWish(joined, [microphone({ standby: false })])))).toEqual(refusal)
  const witness = await member(app, meeting, '观察')
  expect(await microphonesOf(witness, meeting.id)).toMatchObject({ 钱建国: 'open', 陆雅琴: 'closed', 抢话: 'off' })
})

test('whoever has muted themselves stays muted when given the word, and may then unmute', async () => {
  const { meeting, chair } = await chairedMeeting(app, secretary)
  const qian = await member(app, meeting, '钱建国', 0, { paused: true })
  const told = chair.person.next('floor:changed', ({ current }) => current?.participantId === qian.id)
  await call(chair, meeting, qian)
  await told
  const { consumers } = await enter(await app.person({ grants: [inMeeting('member', meeting.id)] }), meeting)
  expect(consumers.find(({ participantId }) => participantId === qian.id)?.producerPaused).toBe(true)
  const opened = hears(chair, qian, 'open')
  expect(value(await qian.person.ask('room:resume-producer', { producerId: qian.voice.id })).paused).toBe(false)
  await opened
})

test('in free discussion everybody may be heard, until the chair takes the word back', async () => {
  const { meeting, chair } = await chairedMeeting(app, secretary)
  const [qian, lu] = [await member(app, meeting, '钱建国'), await member(app, meeting, '陆雅琴', 1, { paused: true })]
  expect(failure(await qian.person.ask('floor:mode', { meetingId: meeting.id, mode: 'free' })).code).toBe('not-allowed')
  const elsewhere = await app.person({ grants: [inRegion('secretary', '31')] })
  expect(failure(await elsewhere.ask('floor:mode', { meetingId: meeting.id, mode: 'free' })).code).toBe('not-allowed')
  const opened = hears(chair, qian, 'open')
  value(await chair.person.ask('floor:mode', { meetingId: meeting.id, mode: 'free' }))
  await opened
  value(await lu.person.ask('room:resume-producer', { producerId: lu.voice.id }))
  const closed = Promise.all([hears(chair, qian, 'closed'), hears(chair, lu, 'closed')])
  value(await chair.person.ask('floor:mode', { meetingId: meeting.id, mode: 'chaired' }))
  await closed
})

test('whoever comes late or comes back finds the floor as it is', async () => {
  const { meeting, chair } = await chairedMeeting(app, secretary)
  const person = await app.person({ name: '钱建国', grants: [inMeeting('member', meeting.id)] })
  const { joinId, joined } = await enter(person, meeting)
  const voice = microphone()
  expect(value(await person.ask('room:produce', voice)).paused).toBe(true)
  person.socket.disconnect()
  await call(chair, meeting, { person, id: joined.self.id, voice })
  person.socket.connect()
  const back = value(await person.ask('room:return', { meetingId: meeting.id, joinId }))
  expect(back.presides).toBe(false)
  expect(back.producers.find(({ id }) => id === voice.id)?.paused).toBe(false)
  const closed = nextDirect(chair.person, 'consumer:paused')
  value(await chair.person.ask('floor:end', { meetingId: meeting.id }))
  expect((await closed).paused).toBe(true)
})

test('a restarted server, and a node that did not give the word, find the floor in the database', async () => {
  const { meeting, chair } = await chairedMeeting(app, secretary)
  const qian = await member(app, meeting, '钱建国')
  await call(chair, meeting, qian)
  const other = await startApp({ database: app })
  try {
    const people = await Promise.all(['陆雅琴', '周明'].map((name) => other.person({ name, grants: [inMeeting('member', meeting.id)] })))
    const [lu, zhou] = await Promise.all(people.map((person) => come(person, meeting)))
    expect(failure(await lu!.person.ask('room:resume-producer', { producerId: lu!.voice.id })).reason).toBe('no-floor')
    const opened = hears(zhou!, lu!, 'open')
    // On the first server, where the one who is called upon is not.
    await call(chair, meeting, lu!)
    await opened
    await eventually(async () => {
      expect(value(await zhou!.person.ask('room:join', { meetingId: meeting.id, joinId: v7(), siteId: null })).floor.current?.name).toBe(
        '陆雅琴',
      )
    })
  } finally {
    await other.close()
  }
})
