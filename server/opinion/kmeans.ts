import type { Random } from './random.ts'

/** Points of the plane; a point's weight is how many people stand there. */
export type Points = { x: Float64Array; y: Float64Array; weight: Float64Array }
export type Centres = { x: Float64Array; y: Float64Array }
/** In the form in which they can be stored. */
export type PlainCentres = { x: number[]; y: number[] }

export const plain = ({ x, y }: Centres): PlainCentres => ({ x: Array.from(x), y: Array.from(y) })
/** `of[i]` is the cluster of point `i`; `inertia` the weighted sum of squared distances to the centres. */
export type Clustering = { of: Int32Array; centres: Centres; inertia: number }

/**
 * Lloyd's algorithm from the given centres. A cluster that loses its last point is begun anew at the point that is farthest from its centre,
 * so that as many clusters come out as centres went in, if there are that many distinct points.
 * @param settled the share of points that may still be changing cluster when it ends.
 */
export function kmeans(points: Points, start: Centres | PlainCentres, { mostRounds = 100, settled = 0 } = {}): Clustering {
  const centres = { x: Float64Array.from(start.x), y: Float64Array.from(start.y) }
  const of = new Int32Array(points.x.length).fill(-1)
  for (let round = 0; ; round++) {
    const { moved, inertia } = assign(points, centres, of)
    const refilled = refill(points, centres, of)
    if ((moved <= settled * of.length && !refilled) || round >= mostRounds) return { of, centres, inertia }
    recentre(points, centres, of)
  }
}

function assign({ x, y, weight }: Points, centres: Centres, of: Int32Array): { moved: number; inertia: number } {
  const safe = safeDistances(centres)
  const count = centres.x.length
  let [moved, inertia] = [0, 0]
  for (let i = 0; i < x.length; i++) {
    const own = of[i]!
    let nearest = Math.max(own, 0)
    let least = (x[i]! - centres.x[nearest]!) ** 2 + (y[i]! - centres.y[nearest]!) ** 2
    for (let c = 0; least > safe[nearest]! && c < count; c++) {
      const [dx, dy] = [x[i]! - centres.x[c]!, y[i]! - centres.y[c]!]
      const distance = dx * dx + dy * dy
      if (distance < least) {
        nearest = c
        least = distance
      }
    }
    if (own !== nearest) moved++
    of[i] = nearest
    inertia += least * weight[i]!
  }
  return { moved, inertia }
}

/** Within half of the way to the next centre, squared, no other centre can be nearer (Elkan 2003). */
function safeDistances({ x, y }: Centres): Float64Array {
  return Float64Array.from(x, (_, c) => {
    let least = Number.POSITIVE_INFINITY
    for (let other = 0; other < x.length; other++) {
      if (other !== c) least = Math.min(least, (x[c]! - x[other]!) ** 2 + (y[c]! - y[other]!) ** 2)
    }
    return least / 4
  })
}

function refill({ x, y }: Points, centres: Centres, of: Int32Array): boolean {
  const members = new Int32Array(centres.x.length)
  for (const cluster of of) members[cluster]!++
  let any = false
  for (let c = 0; c < members.length; c++) {
    if (members[c]! > 0) continue
    let [farthest, most] = [-1, 1e-18]
    for (let i = 0; i < x.length; i++) {
      if (members[of[i]!]! < 2) continue
      const distance = (x[i]! - centres.x[of[i]!]!) ** 2 + (y[i]! - centres.y[of[i]!]!) ** 2
      if (distance > most) [farthest, most] = [i, distance]
    }
    if (farthest < 0) return any
    members[of[farthest]!]!--
    members[c] = 1
    of[farthest] = c
    centres.x[c] = x[farthest]!
    centres.y[c] = y[farthest]!
    any = true
  }
  return any
}

function recentre({ x, y, weight }: Points, centres: Centres, of: Int32Array) {
  const total = new Float64Array(centres.x.length)
  const [sumX, sumY] = [new Float64Array(total.length), new Float64Array(total.length)]
  for (let i = 0; i < x.length; i++) {
    total[of[i]!]! += weight[i]!
    sumX[of[i]!]! += weight[i]! * x[i]!
    sumY[of[i]!]! += weight[i]! * y[i]!
  }
  for (let c = 0; c < total.length; c++) {
    if (total[c]! === 0) continue
    centres.x[c] = sumX[c]! / total[c]!
    centres.y[c] = sumY[c]! / total[c]!
  }
}

/**
 * Centres to begin with, far from one another (k-means++, Arthur and Vassilvitskii 2007). Fewer than `k` when there are fewer distinct points.
 * The points are walked through by their place in the plane, so that the order in which people came makes no difference.
 */
export function spreadCentres({ x, y, weight }: Points, k: number, random: Random): Centres {
  const order = Array.from({ length: x.length }, (_, i) => i).sort((i, j) => x[i]! - x[j]! || y[i]! - y[j]!)
  const distance = new Float64Array(x.length).fill(1)
  const picked: number[] = []
  while (picked.length < k) {
    const next = pickByWeight(order, (i) => distance[i]! * weight[i]!, random)
    if (next === undefined) break
    for (let i = 0; i < x.length; i++) {
      const square = (x[i]! - x[next]!) ** 2 + (y[i]! - y[next]!) ** 2
      distance[i] = picked.length === 0 ? square : Math.min(distance[i]!, square)
    }
    picked.push(next)
  }
  return { x: Float64Array.from(picked, (i) => x[i]!), y: Float64Array.from(picked, (i) => y[i]!) }
}

function pickByWeight(order: number[], weightOf: (i: number) => number, random: Random): number | undefined {
  const total = order.reduce((sum, i) => sum + weightOf(i), 0)
  let left = random() * total
  let last: number | undefined
  for (const i of order) {
    const weight = weightOf(i)
    if (weight <= 0) continue
    last = i
    left -= weight
    if (left < 0) return i
  }
  return last
}

/**
 * How much nearer each point is to its own cluster than to the next one, on average, from -1 to 1 (Rousseeuw 1987). As in Pol.is a point alone in its cluster
 * counts 0.
 */
export function silhouette({ x, y }: Points, of: Int32Array, k: number): number {
  const size = new Int32Array(k)
  for (const cluster of of) size[cluster]!++
  let total = 0
  for (let i = 0; i < x.length; i++) {
    const own = of[i]!
    if (size[own]! < 2) continue
    const sums = new Float64Array(k)
    for (let j = 0; j < x.length; j++) sums[of[j]!]! += Math.hypot(x[i]! - x[j]!, y[i]! - y[j]!)
    const within = sums[own]! / (size[own]! - 1)
    let next = Number.POSITIVE_INFINITY
    for (let c = 0; c < k; c++) if (c !== own && size[c]! > 0) next = Math.min(next, sums[c]! / size[c]!)
    const most = Math.max(within, next)
    if (most > 0 && Number.isFinite(most)) total += (next - within) / most
  }
  return x.length === 0 ? 0 : total / x.length
}
