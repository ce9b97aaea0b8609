import { randomUUID } from 'node:crypto'
import { createServer, connect as dial, type Server, type Socket } from 'node:net'
import { pino } from 'pino'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { solve } from '../../client/phone/proof.ts'
import { type Counting, countingHere, joinCounting } from '../../server/cluster/counting.ts'
import { createProofs } from '../../server/transport/proof.ts'
import { AppError } from '../../shared/errors.ts'

let clock = Date.parse('2026-11-23T06:00:00.000Z')
const now = () => new Date(clock)
const log = pino({ level: 'silent' })
const opened: Counting[] = []
afterAll(() => opened.forEach((counting) => void counting.close()))

async function join(secret: string, url = inject('redisUrl')): Promise<Counting> {
  const counting = await joinCounting({ url, secret, now, log })
  opened.push(counting)
  return counting
}
const kinds: [string, () => Promise<Counting>][] = [
  ['one program', async () => countingHere(now)],
  // Another secret is another cluster: it shares no keys.
  ['a cluster', () => join(randomUUID())],
]

describe.each(kinds)('%s', (_, open) => {
  test('lets a minute’s worth pass at once, says how long to wait, and fills up again as time goes on', async () => {
    const limiter = (await open()).limiter('posts', 6)
    for (let turn = 0; turn < 6; turn++) expect(await limiter.wait('a')).toBe(0)
    expect(await limiter.wait('a')).toBe(10_000)
    expect(await limiter.wait('b')).toBe(0)
    clock += 4_000
    expect(await limiter.wait('a')).toBe(6_000)
    clock += 6_000
    expect(await limiter.wait('a')).toBe(0)
    expect(await limiter.wait('a')).toBe(10_000)
    clock += 600_000
    for (let turn = 0; turn < 6; turn++) expect(await limiter.wait('a')).toBe(0)
    expect(await limiter.wait('a')).toBe(10_000)
  })

  test('counts dear and cheap ones by their cost, and what is refused costs nothing', async () => {
    const limiter = (await open()).limiter('uploads', 10)
    expect(await limiter.wait('a', 5)).toBe(0)
    expect(await limiter.wait('a', 8)).toBe(18_000)
    expect(await limiter.wait('a', 4.5)).toBe(0)
    expect(await limiter.wait('a', 1 / 20)).toBe(0)
    expect(await limiter.wait('a')).toBeGreaterThan(0)
  })

  test('asking whether there is anything left takes nothing, and refusals are typed', async () => {
    const limiter = (await open()).limiter('misses', 2)
    for (let turn = 0; turn < 5; turn++) await limiter.require('a')
    await limiter.take('a')
    await limiter.take('a')
    for (const refused of [async () => limiter.require('a'), async () => limiter.take('a')]) {
      const error = await refused().catch((failure: unknown) => failure)
      expect(error).toBeInstanceOf(AppError)
      expect(error).toMatchObject({ code: 'too-many-requests', remedy: { retryAfterMs: 30_000 } })
    }
  })

  test('a clock that is set back gives nothing and takes nothing; limiters of other names count apart', async () => {
    const { limiter } = await open()
    const posts = limiter('posts', 2)
    for (let turn = 0; turn < 2; turn++) expect(await posts.wait('a')).toBe(0)
    clock -= 60_000
    expect(await posts.wait('a')).toBeGreaterThan(0)
    clock += 60_000
    expect(await limiter('reads', 2).wait('a')).toBe(0)
  })

  test('an answer to a challenge is taken once, and many at the same moment are one', async () => {
    const proofs = createProofs({ secret: 'a secret', bits: 4, now, once: (await open()).once })
    const error = await Promise.resolve()
      .then(() => proofs.require(undefined))
      .catch((failure: unknown) => failure)
    const answer = await solve(error instanceof AppError ? error.remedy.challenge! : '')
    const taken = await Promise.all(Array.from({ length: 5 }, () => proofs.take(answer)))
    expect(taken.filter(Boolean)).toHaveLength(1)
  })
})

test('the nodes of a cluster count together: limits, and answers that were taken elsewhere', async () => {
  const secret = randomUUID()
  const [near, far] = [await join(secret), await join(secret)]
  const [here, there] = [near.limiter('posts', 6), far.limiter('posts', 6)]
  for (let turn = 0; turn < 3; turn++) for (const node of [here, there]) expect(await node.wait('a')).toBe(0)
  for (const node of [here, there]) expect(await node.wait('a')).toBe(10_000)
  // At once from both: never more than there is.
  const passed = await Promise.all(Array.from({ length: 20 }, (_, turn) => (turn % 2 ? here : there).wait('b')))
  expect(passed.filter((waitMs) => waitMs === 0)).toHaveLength(6)
  expect(await near.once.take('answer', clock + 1_000)).toBe(true)
  expect(await far.once.take('answer', clock + 1_000)).toBe(false)
})

test('a node that cannot reach Redis counts alone, and together again once it can', async () => {
  const { line, cut, mend, close } = await breakable(inject('redisUrl'))
  const secret = randomUUID()
  const near = (await join(secret, line)).limiter('posts', 4)
  const far = (await join(secret)).limiter('posts', 4)
  for (let turn = 0; turn < 2; turn++) expect(await near.wait('a')).toBe(0)
  cut()
  for (let turn = 0; turn < 2; turn++) expect(await near.wait('a')).toBe(0)
  expect(await near.wait('a')).toBe(15_000)
  await mend()
  // What the other node takes of another key is known here once the line is there again.
  for (let key = 0; ; key++) {
    for (let turn = 0; turn < 4; turn++) expect(await far.wait(`${key}`)).toBe(0)
    if ((await near.wait(`${key}`)) > 0) break
  }
  close()
})

/** A line to Redis that can be cut. */
async function breakable(url: string) {
  const { hostname, port } = new URL(url)
  const ends = new Set<Socket>()
  let server: Server
  const serve = (at: number) =>
    new Promise<number>((resolve) => {
      server = createServer((socket) => {
        const redis = dial(Number(port), hostname)
        for (const end of [socket, redis]) {
          ends.add(end)
          end.on('error', () => {})
        }
        socket.pipe(redis).pipe(socket)
      })
      server.listen(at, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
    })
  const at = await serve(0)
  function cut() {
    server.close()
    for (const end of ends) end.destroy()
    ends.clear()
  }
  return { line: `redis://127.0.0.1:${at}`, cut, mend: () => serve(at), close: cut }
}
