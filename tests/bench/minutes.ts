import { setTimeout as delay } from 'node:timers/promises'
import { gather, type Saturated, type Steady } from './yjs/crowd.ts'
import { residentKiB } from './yjs/process-tree.ts'
import type { YjsServer } from './yjs/servers.ts'

/** So many people on each of so many documents; `perSecond` letters altogether at the steady rate. */
export type Load = { documents: number; clients: number; perSecond: number }
export type Times = { rounds: number; steadySeconds: number; loadSeconds: number }
type Round = Steady & Saturated & { perCoreSecond: number }
export type Compared = { load: Load; servers: Record<string, Round>; ratios: Ratios }
/** Ours through theirs, each the median of the rounds' own ratios. */
export type Ratios = { p99: number; edits: number; cpu: number; editsToFirst: number; cpuToFirst: number }

/** What a server still has to do about those who have just come is no part of the steady rate. */
const settleMs = 2_000

/** Letters on their way at a time: enough that no server waits for the generator. */
const inFlight = ({ documents, clients }: Load) => Math.max(4, Math.round(1_024 / (documents * clients)))

async function measure(server: YjsServer, load: Load, times: Times): Promise<Round> {
  const crowd = await gather(server, load)
  try {
    await delay(settleMs)
    const steady = await crowd.steady(load.perSecond, times.steadySeconds)
    const saturated = await crowd.saturate(inFlight(load), times.loadSeconds)
    // Where others use the core too, a server gets a share of it only; this is what a whole one would do.
    return { ...steady, ...saturated, perCoreSecond: Math.round(saturated.editsPerSecond / Math.max(0.01, saturated.serverShare)) }
  } finally {
    crowd.close()
  }
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!

function medians(rounds: readonly Round[]): Round {
  const keys = Object.keys(rounds[0]!) as (keyof Round)[]
  return Object.fromEntries(
    keys.map((key) => {
      const values = rounds.flatMap((round) => round[key] ?? [])
      return [key, values.length > 0 ? median(values) : null]
    }),
  ) as Round
}

/** Ours is the last of the servers. All are loaded in turn, so that what else the machine does strikes each of them. */
export async function compareLoads(servers: readonly YjsServer[], load: Load, times: Times): Promise<Compared> {
  const rounds: Round[][] = []
  for (let round = 0; round < times.rounds; round++) {
    const turn: Round[] = new Array(servers.length)
    // Who is first changes from round to round.
    for (let place = 0; place < servers.length; place++) {
      const index = (place + round) % servers.length
      turn[index] = await measure(servers[index]!, load, times)
      await delay(200)
    }
    rounds.push(turn)
  }
  const ratio = (of: (own: Round, peers: Round[]) => number) =>
    Number(median(rounds.map((turn) => of(turn.at(-1)!, turn.slice(0, -1)))).toFixed(2))
  const best = (values: number[]) => Math.max(...values)
  const least = (values: number[]) => Math.min(...values)
  return {
    load,
    servers: Object.fromEntries(servers.map(({ name }, index) => [name, medians(rounds.map((turn) => turn[index]!))])),
    ratios: {
      p99: ratio((own, peers) => own.p99 / least(peers.map((peer) => peer.p99))),
      edits: ratio((own, peers) => own.perCoreSecond / best(peers.map((peer) => peer.perCoreSecond))),
      cpu: ratio((own, peers) => own.cpuPerDeliveredEdit / least(peers.map((peer) => peer.cpuPerDeliveredEdit))),
      editsToFirst: ratio((own, peers) => own.perCoreSecond / peers[0]!.perCoreSecond),
      cpuToFirst: ratio((own, peers) => own.cpuPerDeliveredEdit / peers[0]!.cpuPerDeliveredEdit),
    },
  }
}

/** What a document and a connection take, of the server's own process (its database has memory of its own). */
export async function measureMemory(server: YjsServer, documents: number) {
  const settledKiB = async () => {
    await delay(1_500)
    return server.liveKiB()
  }
  // What a program takes once, it takes here.
  const first = await gather(server, { documents: 1, clients: 20 })
  const base = await settledKiB()
  const alone = await gather(server, { documents, clients: 1 })
  const withOne = await settledKiB()
  const crowd = await gather(server, { documents: 1, clients: documents })
  const withMore = await settledKiB()
  const residentMiB = Math.round(residentKiB(server.pid) / 1_024)
  for (const { close } of [first, alone, crowd]) close()
  const perConnection = (withMore - withOne) / documents
  return {
    perConnectionKiB: Number(perConnection.toFixed(1)),
    perDocumentKiB: Number(((withOne - base) / documents - perConnection).toFixed(1)),
    residentMiB,
  }
}
