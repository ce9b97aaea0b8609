import { emptyMatrix, type VoteLog, type VoteMatrix, withVotes } from '../../server/opinion/matrix.ts'
import { createRandom } from '../../server/opinion/random.ts'

export type Planting = {
  seed: number
  /** How many people each group has. */
  sizes: number[]
  suggestions: number
  /** The chance that somebody votes on a suggestion. */
  density: number
  /** The chance that somebody votes as their group does not. */
  noise?: number
  passing?: number
  /** The share of suggestions on which all groups are of one mind. */
  shared?: number
}

export type Planted = { log: VoteLog; matrix: VoteMatrix; groupOf: number[]; stances: number[][]; people: number; suggestions: number }

/** People of known groups: each group has its own stance on each suggestion, each person mostly votes as their group does. */
export function plant({ seed, sizes, suggestions, density, noise = 0.12, passing = 0.1, shared = 0.25 }: Planting): Planted {
  const random = createRandom(seed)
  const stances = sizes.map(() => Array.from({ length: suggestions }, () => (random() < 0.5 ? 1 : -1)))
  for (let column = 0; column < suggestions; column++) {
    if (random() < shared) for (const group of stances) group[column] = stances[0]![column]!
  }
  const groupOf = shuffled(
    sizes.flatMap((size, group) => new Array<number>(size).fill(group)),
    random,
  )
  const entries: [row: number, column: number, vote: number][] = []
  groupOf.forEach((group, row) => {
    for (let column = 0; column < suggestions; column++) {
      if (random() >= density) continue
      const own = stances[group]![column]!
      entries.push([row, column, random() < passing ? 0 : random() < noise ? -own : own])
    }
  })
  const log = logFrom(shuffled(entries, random))
  return { log, matrix: withVotes(emptyMatrix, log, groupOf.length, suggestions), groupOf, stances, people: groupOf.length, suggestions }
}

export const logFrom = (entries: readonly (readonly [row: number, column: number, vote: number])[]): VoteLog => ({
  rows: Int32Array.from(entries, ([row]) => row),
  columns: Int32Array.from(entries, ([, column]) => column),
  votes: Int8Array.from(entries, ([, , vote]) => vote),
})

export function shuffled<T>(things: readonly T[], random: () => number): T[] {
  const order = [...things]
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[order[i], order[j]] = [order[j]!, order[i]!]
  }
  return order
}
