import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadConfig } from '../../server/config.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import { value } from '../support/people.ts'
import { joinWish } from './joining.ts'

const secret = 'shared-with-the-relay'
const at = new Date('2026-11-23T06:00:00.000Z')
let app: TestApp

beforeAll(async () => {
  app = await startApp({ env: { TURN_URLS: 'turn:relay.example.cn:3478,turns:relay.example.cn:5349', TURN_SECRET: secret }, now: () => at })
  await addRegions(app)
})
afterAll(() => app?.close())

test('whoever joins gets credentials for the relay that it can check by itself and that end after a day', async () => {
  const secretary = await app.person({ grants: [inRegion('secretary', districts.nanxun), inRegion('secretary', districts.wujiang)] })
  const meeting = await makeMeeting(secretary)
  const { iceServers } = value(await secretary.ask('room:join', joinWish(meeting)))
  const [server] = iceServers
  expect(iceServers).toHaveLength(1)
  expect(server?.urls).toEqual(['turn:relay.example.cn:3478', 'turns:relay.example.cn:5349'])
  expect(server?.credential).toBe(
    createHmac('sha1', secret)
      .update(server?.username ?? '')
      .digest('base64'),
  )
  expect(Number(server?.username?.split(':')[0])).toBe(at.getTime() / 1_000 + 86_400)
})

test.each([
  [{ TURN_URLS: 'turn:relay.example.cn' }, 'TURN_SECRET'],
  [{ TURN_URLS: 'https://relay.example.cn', TURN_SECRET: secret }, 'TURN_URLS'],
])('settings of a relay that cannot work are named: %j', (env, variable) => {
  expect(() => loadConfig(env)).toThrow(variable)
})
