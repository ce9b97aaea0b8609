import { type Clustering, kmeans, type PlainCentres, type Points, plain, silhouette, spreadCentres } from './kmeans.ts'
import type { Random } from './random.ts'

// Pol.is' figures (`base-k`, `max-k`, `group-k-buffer` of its conversation.clj).
const mostBases = 100
const mostGroups = 5
/** A base cluster more for each group beyond the second. */
const basesPerGroup = 12
/** How many updates in a row another number of groups must be the best before it is shown. */
const patience = 4
/** A knot more or less precisely drawn changes no group. */
const knots = { mostRounds: 30, settled: 0.002 }
const freshStarts = 12
/** A fresh start replaces the groups of the update before only if it is better than they are by this factor. */
const betterBy = 0.97

/** What the next update begins with, so that the picture changes only as much as the votes do. */
export type GroupMemory = {
  base: PlainCentres | null
  /** The last centres for each number of groups. */
  centres: Record<number, PlainCentres>
  best: number
  times: number
  shown: number
}

export type Grouping = {
  /** Base clusters: at most a hundred knots of people who vote alike; `points.weight` is how many people. */
  base: { points: Points; of: Int32Array }
  /** The group of each base cluster, numbered from 0 as they come. */
  groupOf: Int32Array
  groups: number
  /** By number of groups. */
  silhouettes: Record<number, number>
  memory: GroupMemory
}

/**
 * Groups people by where they stand, as Pol.is does: first into at most 100 base clusters, those into 2 to 5 groups by weighted k-means, and of these the
 * number with the best silhouette, changed only once it has been the best four updates in a row. People who all stand at one place are one group.
 */
export function groupPeople(people: Points, before: GroupMemory | null, random: Random): Grouping {
  const base = baseClusters(people, before?.base ?? null, random)
  const { points } = base
  const most = Math.min(mostGroups, 2 + Math.floor(points.x.length / basesPerGroup), points.x.length)
  const clusterings = new Map<number, Clustering>()
  const silhouettes: Record<number, number> = {}
  for (let k = 2; k <= most; k++) {
    const clustering = clusterInto(points, k, before?.centres[k], random)
    clusterings.set(k, clustering)
    silhouettes[k] = silhouette(points, clustering.of, k)
  }
  const chosen = chooseCount(silhouettes, before)
  const clustering = clusterings.get(chosen.shown)
  const centres = Object.fromEntries([...clusterings].map(([k, each]) => [k, plain(each.centres)]))
  return {
    base,
    groupOf: clustering?.of ?? new Int32Array(points.x.length),
    groups: clustering ? chosen.shown : Math.min(1, points.x.length),
    silhouettes,
    memory: { base: points.x.length === mostBases ? plain(points) : null, centres, ...chosen },
  }
}

function baseClusters(people: Points, before: PlainCentres | null, random: Random): Grouping['base'] {
  const start = before ?? spreadCentres(people, mostBases, random)
  const { of, centres } = kmeans(people, start, people.x.length > mostBases ? knots : {})
  const weight = new Float64Array(centres.x.length)
  for (let i = 0; i < of.length; i++) weight[of[i]!]! += people.weight[i]!
  // A centre that nobody is left at: people were set aside.
  const kept = Array.from(weight.keys()).filter((c) => weight[c]! > 0)
  const renamed = new Map(kept.map((c, place) => [c, place]))
  const pick = (from: Float64Array) => Float64Array.from(kept, (c) => from[c]!)
  return { points: { x: pick(centres.x), y: pick(centres.y), weight: pick(weight) }, of: of.map((c) => renamed.get(c)!) }
}

function clusterInto(points: Points, k: number, before: PlainCentres | undefined, random: Random): Clustering {
  let best = before?.x.length === k ? kmeans(points, before) : null
  for (let attempt = 0; attempt < freshStarts; attempt++) {
    const fresh = kmeans(points, spreadCentres(points, k, random))
    if (!best || fresh.inertia < best.inertia * (before ? betterBy : 1)) best = fresh
  }
  return best!
}

function chooseCount(silhouettes: Record<number, number>, before: GroupMemory | null): Pick<GroupMemory, 'best' | 'times' | 'shown'> {
  const counts = Object.keys(silhouettes).map(Number)
  const best = counts.reduce((winner, k) => (silhouettes[k]! > (silhouettes[winner] ?? -1) ? k : winner), counts[0] ?? 1)
  const times = best === before?.best ? before.times + 1 : 1
  const keeps = before && counts.includes(before.shown) && times < patience
  return { best, times, shown: keeps ? before.shown : best }
}
