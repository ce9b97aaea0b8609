import { afterAll, beforeAll, expect, test } from 'vitest'
import { compareLoads, measureMemory } from './minutes.ts'
import { keepOwn, openCold } from './minutes-load.ts'
import { generate, textIn, typeInto } from './yjs/history.ts'
import { startHocuspocus, startOwn, startYWebsocket, type YjsServer } from './yjs/servers.ts'

/* The benches themselves take their time; here only that they measure what they say. Figures of a busy machine prove nothing. */

const servers: YjsServer[] = []
beforeAll(async () => {
  servers.push(...(await Promise.all([startYWebsocket(), startHocuspocus(), startOwn()])))
})
afterAll(async () => {
  for (const server of servers) await server.close()
})

test('the bench of the minutes loads three servers in the same way, and all of them deliver', async () => {
  const times = { rounds: 1, steadySeconds: 0.5, loadSeconds: 1 }
  const { servers: measured, ratios } = await compareLoads(servers, { documents: 2, clients: 3, perSecond: 40 }, times)
  expect(Object.keys(measured)).toEqual(['@y/websocket-server', 'hocuspocus + sqlite', 'yishi + postgresql'])
  for (const { p50, editsPerSecond, cpuPerDeliveredEdit } of Object.values(measured)) {
    expect(p50).toBeGreaterThan(0)
    expect(editsPerSecond).toBeGreaterThan(0)
    expect(cpuPerDeliveredEdit).toBeGreaterThan(0)
  }
  // Only ours can say when something is stored.
  expect(measured['yishi + postgresql']!.storedP50).toBeGreaterThan(0)
  expect(ratios.cpu).toBeGreaterThan(0)
})

test('memory is measured of a server with documents and connections', async () => {
  const { residentMiB, perConnectionKiB } = await measureMemory(servers[0]!, 10)
  expect(residentMiB).toBeGreaterThan(20)
  expect(Number.isFinite(perConnectionKiB)).toBe(true)
})

test('a history that is typed letter by letter is the same text, on a server that was started anew for it too', async () => {
  const history = generate(500)
  const { updates, state } = typeInto(history.patches)
  expect(textIn(state)).toBe(history.text)
  const keeper = await keepOwn(updates)
  // Throws if it is another text.
  const { ms, liveKiB } = await openCold(keeper, history)
  expect(ms).toBeGreaterThan(0)
  expect(Number.isFinite(liveKiB)).toBe(true)
  await keeper.remove()
}, 120_000)
