import { votesToBePlaced } from '../../shared/opinion-rules.ts'
import {
  groupInformedConsensus,
  isCommonGround,
  type Majority,
  type MinorityStatement,
  majorities,
  minorityStatements,
} from './consensus.ts'
import { type Grouping, type GroupMemory, groupPeople } from './grouping.ts'
import { keepIdentity } from './identity.ts'
import { columnMeans, type VoteMatrix, votesOfRow } from './matrix.ts'
import { type Components, type Projection, principalComponents, projectPeople, projectSuggestions } from './pca.ts'
import { createRandom } from './random.ts'
import { type Representative, representatives } from './representative.ts'
import { type Tally, tallyByGroup } from './statistics.ts'

const seed = 20_220_401

/** What an update leaves for the next. Rows and columns keep their numbers from update to update. */
export type OpinionMemory = {
  components: Components
  groups: GroupMemory
  /** Where the groups that were shown had their middle, and their numbers. */
  centres: { id: number; x: number; y: number }[]
  /** Of each person the number of their group, -1 for who is not placed; null when it is not known any more. */
  groupOf: Int8Array | null
  /** Who was placed while there were fewer suggestions, and has too few votes by now. */
  early: ReadonlySet<number>
}

export type Group = { id: number; size: number; x: number; y: number; representatives: Representative[]; tallies: Tally[] }
export type Knot = { x: number; y: number; people: number; groupId: number }

export type OpinionPicture = {
  /** By number, 0 is A. */
  groups: Group[]
  /** People who vote alike, at most a hundred knots. */
  knots: Knot[]
  places: Projection
  /** Of each person the number of their group, -1 for who is not placed. */
  groupOf: Int8Array
  placed: number
  /** How many votes it takes to be placed. */
  needed: number
  voters: number
  votes: number
  silhouettes: Record<number, number>
  suggestions: {
    /** Of all who voted on it. */
    tallies: Tally[]
    x: Float64Array
    y: Float64Array
    consensus: Float64Array
    common: boolean[]
  }
  majorities: Majority[]
  minorities: MinorityStatement[]
}

/**
 * The whole picture of a conversation from its votes, and what the next update needs to stay close to it. The same votes give the same picture.
 * @param zeroed how many suggestions that people had voted on were taken out by moderation (see `projectPeople`).
 */
export function drawOpinion(
  matrix: VoteMatrix,
  before: OpinionMemory | null,
  zeroed = 0,
): { picture: OpinionPicture; memory: OpinionMemory } {
  const random = createRandom(seed)
  const components = principalComponents(matrix, before?.components ?? null, random)
  const places = projectPeople(matrix, components, zeroed)
  const needed = votesNeeded(matrix)
  const rows = placedRows(matrix, needed, before)
  const pick = (from: Float64Array) => Float64Array.from(rows, (row) => from[row]!)
  const people = { x: pick(places.x), y: pick(places.y), weight: new Float64Array(rows.length).fill(1) }
  const grouping = groupPeople(people, before?.groups ?? null, random)
  const ids = identify(grouping, rows, people, before)
  const groupOf = new Int8Array(matrix.people).fill(-1)
  rows.forEach((row, place) => {
    groupOf[row] = ids[grouping.groupOf[grouping.base.of[place]!]!]!
  })
  const picture = { ...describe(matrix, components, places, grouping, ids, groupOf), needed }
  const centres = picture.groups.map(({ id, x, y }) => ({ id, x, y }))
  const early = new Set(rows.filter((row) => votesOfRow(matrix, row) < needed))
  return { picture, memory: { components, groups: grouping.memory, centres, groupOf, early } }
}

function votesNeeded(matrix: VoteMatrix): number {
  const asked = columnMeans(matrix).counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0)
  return Math.max(1, Math.min(votesToBePlaced, asked))
}

/** Once placed, one stays placed as long as one has a vote at all, though more suggestions have come since. */
function placedRows(matrix: VoteMatrix, needed: number, before: OpinionMemory | null): number[] {
  const wasPlaced = (row: number) => (before?.groupOf?.[row] ?? -1) >= 0 || before?.early.has(row)
  return Array.from({ length: matrix.people }, (_, row) => row).filter((row) => {
    const votes = votesOfRow(matrix, row)
    return votes >= needed || (votes > 0 && wasPlaced(row))
  })
}

/** After a restart only the middles of the groups are known: then everybody is taken to have been in the nearest. */
function identify(
  { base, groupOf, groups }: Grouping,
  rows: number[],
  people: { x: Float64Array; y: Float64Array },
  before: OpinionMemory | null,
): number[] {
  const overlaps = Array.from({ length: groups }, () => new Map<number, number>())
  const sizes = new Array<number>(groups).fill(0)
  rows.forEach((row, place) => {
    const group = groupOf[base.of[place]!]!
    sizes[group]!++
    const was = before?.groupOf ? (before.groupOf[row] ?? -1) : nearest(before?.centres ?? [], people.x[place]!, people.y[place]!)
    if (was >= 0) overlaps[group]!.set(was, (overlaps[group]!.get(was) ?? 0) + 1)
  })
  return keepIdentity(
    overlaps,
    sizes,
    before?.centres.map(({ id }) => id),
  )
}

function nearest(centres: OpinionMemory['centres'], x: number, y: number): number {
  let [id, least] = [-1, Number.POSITIVE_INFINITY]
  for (const centre of centres) {
    const distance = Math.hypot(centre.x - x, centre.y - y)
    if (distance < least) [id, least] = [centre.id, distance]
  }
  return id
}

function describe(
  matrix: VoteMatrix,
  components: Components,
  places: Projection,
  { base, groupOf: groupOfBase, groups, silhouettes }: Grouping,
  ids: number[],
  groupOf: Int8Array,
): Omit<OpinionPicture, 'needed'> {
  const order = [...ids].sort((a, b) => a - b)
  const placeOf = groupOf.map((id) => (id < 0 ? -1 : order.indexOf(id)))
  const tallies = tallyByGroup(matrix, placeOf, groups)
  const all = tallyByGroup(matrix, new Int8Array(matrix.people), 1)[0]!
  // While nobody is placed, all who voted are taken as one group.
  const judged = (column: number) => (groups === 0 ? [all[column]!] : tallies.map((group) => group[column]!))
  const chosen = representatives(tallies)
  const knots = Array.from(base.points.x.keys(), (knot): Knot => {
    const { x, y, weight } = base.points
    return { x: x[knot]!, y: y[knot]!, people: weight[knot]!, groupId: ids[groupOfBase[knot]!]! }
  })
  return {
    groups: order.map((id, place) => ({ id, ...middleOf(knots, id), representatives: chosen[place]!, tallies: tallies[place]! })),
    knots,
    places,
    groupOf,
    placed: knots.reduce((sum, { people }) => sum + people, 0),
    voters: Array.from({ length: matrix.people }, (_, row) => row).filter((row) => votesOfRow(matrix, row) > 0).length,
    votes: matrix.votes.length,
    silhouettes,
    suggestions: {
      tallies: all,
      ...projectSuggestions(matrix, components),
      consensus: Float64Array.from(all.keys(), (column) => groupInformedConsensus(judged(column))),
      common: all.map((_, column) => isCommonGround(judged(column))),
    },
    majorities: majorities(all),
    minorities: minorityStatements(tallies).map((statement) => ({ ...statement, group: order[statement.group]! })),
  }
}

function middleOf(knots: Knot[], id: number): { size: number; x: number; y: number } {
  const sum = { size: 0, x: 0, y: 0 }
  for (const { x, y, people, groupId } of knots) {
    if (groupId !== id) continue
    sum.size += people
    sum.x += x * people
    sum.y += y * people
  }
  return { size: sum.size, x: sum.x / sum.size, y: sum.y / sum.size }
}
