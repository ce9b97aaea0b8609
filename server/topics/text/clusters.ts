import type { Edge } from './likeness.ts'

/**
 * Groups whose members are on average at least `least` alike (average link, UPGMA): the two groups most alike are joined,
 * again and again, as long as there are any. `seeds` names for each document the group that it belongs to in any case, or
 * null; two groups with names are never joined. Pairs that are not among the edges count as not alike at all.
 * Of equals the one with the lower numbers goes first, so the same documents always give the same groups.
 * Takes 4 bytes for each pair of documents.
 */
export function cluster(count: number, edges: readonly Edge[], seeds: readonly (string | null)[], least: number): number[][] {
  const groups = createGroups(count, edges, seeds)
  // Each group remembers which other is nearest. A join makes nothing nearer than it was (average link is reducible), so
  // only those that were nearest to one of the two have to look again.
  const nearest = new Int32Array(count)
  const likeness = new Float64Array(count)
  const look = (id: number) => {
    nearest[id] = groups.nearest(id)
    likeness[id] = nearest[id] < 0 ? -1 : groups.likeness(id, nearest[id])
  }
  for (const id of groups.alive()) look(id)
  for (;;) {
    const from = highest(groups.alive(), likeness)
    if (from < 0 || likeness[from]! < least) return groups.alive().map(groups.members)
    const [low, high] = [Math.min(from, nearest[from]!), Math.max(from, nearest[from]!)]
    groups.join(low, high)
    look(low)
    for (const id of groups.alive()) if (id !== low && (nearest[id] === low || nearest[id] === high)) look(id)
  }
}

/** The first of those with the highest value; -1 when there is none of at least 0. */
function highest(ids: readonly number[], values: Float64Array): number {
  let best = -1
  for (const id of ids) if (values[id]! > (best < 0 ? -1 : values[best]!)) best = id
  return best
}

/** Groups, each known by the lowest document in it, with the sum of likenesses between every two. */
function createGroups(count: number, edges: readonly Edge[], seeds: readonly (string | null)[]) {
  const members: number[][] = Array.from({ length: count }, (_, document) => [document])
  const sums = new Float32Array(count * count)
  const names = [...seeds]
  const firstOf = new Map<string, number>()
  const home = seeds.map((name, document) => {
    if (name === null) return document
    const first = firstOf.get(name) ?? document
    firstOf.set(name, first)
    if (first !== document) members[first]!.push(document)
    return first
  })
  let alive = home.flatMap((first, document) => (first === document ? [document] : []))
  for (const { a, b, cosine } of edges) {
    const [one, other] = [home[a]!, home[b]!]
    if (one === other) continue
    sums[one * count + other]! += cosine
    sums[other * count + one]! += cosine
  }
  const likeness = (one: number, other: number) => sums[one * count + other]! / (members[one]!.length * members[other]!.length)

  return {
    likeness,
    alive: (): readonly number[] => alive,
    members: (id: number) => members[id]!.toSorted((one, other) => one - other),
    /** Which other is most like it; -1 when none is like it at all. */
    nearest(id: number): number {
      let best = -1
      let most = 0
      for (const other of alive) {
        const sum = sums[id * count + other]!
        if (sum === 0 || other === id || (names[id] !== null && names[other] !== null)) continue
        const candidate = sum / members[other]!.length
        if (candidate > most) {
          best = other
          most = candidate
        }
      }
      return best
    },
    join(low: number, high: number) {
      members[low]!.push(...members[high]!)
      names[low] ??= names[high] ?? null
      alive = alive.filter((id) => id !== high)
      for (const other of alive) {
        if (other === low) continue
        const sum = sums[low * count + other]! + sums[high * count + other]!
        sums[low * count + other] = sum
        sums[other * count + low] = sum
      }
    },
  }
}
