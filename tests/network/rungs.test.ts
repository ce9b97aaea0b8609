import { afterAll, beforeAll, expect, test } from 'vitest'
import { enter } from '../media/joining.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'

let app: TestApp
let secretary: Person
beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ grants: [inRegion('secretary', districts.nanxun)] })
})
afterAll(() => app?.close())

test('the room hears where somebody’s own line stands, whoever comes later finds it, and it is forgotten when the line is good', async () => {
  const meeting = await makeMeeting(secretary)
  const [one, other, late] = await Promise.all(
    ['甲', '乙', '丙'].map((name) => app.person({ name, grants: [inMeeting('member', meeting.id)] })),
  )
  const { joined } = await enter(one!, meeting)
  expect(joined.standings.weak).toEqual([])
  await enter(other!, meeting)

  const weak = [{ participantId: joined.self.id, down: 'full', up: 'stills' }]
  const heard = other!.next('rungs:changed')
  value(await one!.ask('room:uplink', { rung: 'stills' }))
  const first = await heard
  expect(first).toMatchObject({ meetingId: meeting.id, weak })
  expect((await enter(late!, meeting)).joined.standings).toEqual(first)

  const good = other!.next('rungs:changed')
  value(await one!.ask('room:uplink', { rung: 'full' }))
  const second = await good
  expect(second.weak).toEqual([])
  expect(second.version).toBeGreaterThan(first.version)
})

test('nobody tells of a line from outside the room, and there are no other rungs', async () => {
  const person = await app.person()
  expect(failure(await person.ask('room:uplink', { rung: 'audio' }))).toMatchObject({ code: 'conflict', reason: 'not-in-the-room' })
  expect(failure(await person.ask('room:uplink', { rung: 'none' as 'audio' }))).toMatchObject({ code: 'invalid-input' })
})
