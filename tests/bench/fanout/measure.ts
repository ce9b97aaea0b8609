import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance as clock, type EventLoopUtilization } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { type Crowd, gather, type Sent, signInAll } from './crowd.ts'
import { type Kind, type ServerProcess, startServer } from './processes.ts'

export type Settings = {
  phones: number
  pinned: boolean
  /** How long the steady posting lasts, and each step of the ramp. */
  steadyMs: number
  /** How long is posted before that. */
  warmUpMs: number
  stepMs: number
  /** Where the ramp begins, and the factor from step to step. */
  firstRate: number
  factor: number
  /** How often the interval between the last good and the first bad rate is halved. */
  halvings: number
}

export type Measured = {
  steadyP50Ms: number
  steadyP99Ms: number
  /** Microseconds of CPU of the server and its database for one suggestion that reached one phone, at the steady rate. */
  cpuPerDelivery: number
  bytesPerDelivery: number
  /** Of one connected phone that does nothing: of the process, and of what lives in it. */
  rssPerPhone: number
  livePerPhone: number
  sustained: number
  sustainedP99Ms: number
  sustainedCpuPerDelivery: number
  /** The highest share of the clients' own core that they used while a rate counted as sustained. */
  clientsBusy: number
}

const steadyRate = 10
const latestMs = 400
const kibibyte = 1024

export const quantile = (values: number[], q: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? Number.NaN
export const median = (values: number[]) => quantile(values, 0.5)

/**
 * One server: its memory for a phone that only listens, its latency at a steady rate, and the highest rate that it bears. Everybody
 * has an account before, and each part has a process of its own, as after a restart.
 */
export async function measureServer(kind: Kind, settings: Settings): Promise<Measured> {
  const dataDir = await mkdtemp(join(tmpdir(), 'yishi-fanout-'))
  const start = (options: { meetingId?: string; flags?: string[] } = {}) =>
    startServer(kind, { pinned: settings.pinned, dataDir, ...options })
  try {
    const first = await start()
    const { meetingId } = first
    const cookies = kind === 'own' ? await signInAll(first, settings.phones) : []
    await first.close()
    // With a small space for what is young, so that it is full before and after, and only what stays is counted.
    const idle = await start({ meetingId, flags: ['--expose-gc', '--max-semi-space-size=1'] })
    const memory = await measureMemory(idle, settings.phones, cookies)
    const busy = await start({ meetingId })
    return { ...memory, ...(await measurePosting(busy, settings, cookies)) }
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function measureMemory(server: ServerProcess, phones: number, cookies: string[]) {
  try {
    // The first connections load code and grow tables that are no connection's own.
    const some = await gather(server, Math.min(50, phones), cookies)
    some.close()
    await delay(500)
    const before = await server.memory()
    const crowd = await gather(server, phones, cookies)
    await delay(1_000)
    const after = await server.memory()
    crowd.close()
    const per = (bytes: number) => bytes / phones / kibibyte
    return { rssPerPhone: per(after.rss - before.rss), livePerPhone: per(after.live - before.live) }
  } finally {
    await server.close()
  }
}

async function measurePosting(server: ServerProcess, settings: Settings, cookies: string[]) {
  try {
    const crowd = await gather(server, settings.phones, cookies)
    const round = (rate: number, ms: number) => postAt(crowd, server.cpu, rate, ms)
    // A meeting lasts for hours: what a program does only in its first seconds, such as compiling itself, is not measured.
    await round(2 * steadyRate, settings.warmUpMs)
    const steady = await round(steadyRate, settings.steadyMs)
    const best = await climb(round, settings)
    crowd.close()
    return {
      steadyP50Ms: steady.p50,
      steadyP99Ms: steady.p99,
      cpuPerDelivery: steady.cpuPerDelivery,
      bytesPerDelivery: steady.bytesPerDelivery,
      sustained: best.ok ? best.rate : 0,
      sustainedP99Ms: best.p99,
      sustainedCpuPerDelivery: best.cpuPerDelivery,
      clientsBusy: best.clientsBusy,
    }
  } finally {
    await server.close()
  }
}

type Round = Awaited<ReturnType<typeof postAt>>

/** Raises the rate until it is borne no longer, twice in a row since others use the machine too, and then narrows it down. */
async function climb(round: (rate: number, ms: number) => Promise<Round>, { firstRate, factor, halvings, stepMs }: Settings) {
  const attempt = async (rate: number) => {
    const first = await round(rate, stepMs)
    return first.ok ? first : round(rate, stepMs)
  }
  let good = await attempt(firstRate)
  let bad = firstRate
  while (good.ok) {
    bad = good.rate * factor
    const next = await attempt(bad)
    if (!next.ok) break
    good = next
  }
  for (let turn = 0; turn < halvings && good.ok; turn++) {
    const middle = await attempt(Math.sqrt(good.rate * bad))
    if (middle.ok) good = middle
    else bad = middle.rate
  }
  return good
}

/** Posts at a rate for a while, and says how it went. */
export async function postAt(crowd: Crowd, cpu: () => number, rate: number, ms: number) {
  const count = Math.max(5, Math.round((rate * ms) / 1_000))
  const before = { cpu: cpu(), bytes: crowd.traffic().bytes, loop: clock.eventLoopUtilization() as EventLoopUtilization }
  const begun = performance.now()
  const sent: Sent[] = []
  while (sent.length < count) {
    const due = Math.min(count, Math.floor(((performance.now() - begun) * rate) / 1_000) + 1)
    while (sent.length < due) sent.push(crowd.post())
    await delay(Math.max(1, begun + (sent.length * 1_000) / rate - performance.now()))
  }
  const posting = performance.now() - begun
  const clientsBusy = clock.eventLoopUtilization(before.loop).utilization
  await crowd.reached(sent, 5_000)
  const used = cpu() - before.cpu
  const waits = sent.map(({ sentAt, doneAt }) => (doneAt === null ? Number.POSITIVE_INFINITY : doneAt - sentAt))
  const p99 = quantile(waits, 0.99)
  const half = waits.length >> 1
  // The lag grows where the second half of the posts waits much longer than the first.
  const grows = median(waits.slice(half)) > Math.max(latestMs / 2, 2 * median(waits.slice(0, half)))
  const delivered = sent.length * crowd.size
  return {
    rate,
    ok: p99 <= latestMs && !grows && posting < ms * 1.05 + 200 && sent.every(({ acked }) => acked !== false) && crowd.traffic().lost === 0,
    p50: quantile(waits, 0.5),
    p99,
    cpuPerDelivery: used / delivered,
    bytesPerDelivery: (crowd.traffic().bytes - before.bytes) / delivered,
    clientsBusy,
  }
}
