import { cluster } from './clusters.ts'
import { labelGroups } from './labels.ts'
import { type Edge, edgesOf } from './likeness.ts'
import { createCorpus } from './vectors.ts'
import { mayBeSame, type Words } from './words.ts'

/*
 * Figures found on the labelled suggestions of tests/topics/fixture.ts, which prints what they give there.
 */

/** From this cosine on two suggestions probably say the same. */
export const sameFrom = 0.36
/** From this mean cosine on two groups are about one thing. */
export const themeFrom = 0.075
/** Pairs below this are noise, and would only cost time. */
const edgeFrom = 0.04

export type Document = { id: string; words: Words }

export type Known = {
  /** What a moderator has decided: the theme of a suggestion, or null for none. It holds whatever the algorithm says. */
  pins: ReadonlyMap<string, string | null>
  /** Where the other suggestions were last, without those that a moderator has pinned. */
  before: ReadonlyMap<string, string>
  /** The words of each theme's label so far. */
  labels: ReadonlyMap<string, readonly string[]>
}

export type Theme = { id: string; words: string[]; suggestionIds: string[] }
export type Grouping = {
  themes: Theme[]
  /** Suggestions that probably say the same, each group with at least two. */
  same: string[][]
}

/** Groups suggestions into themes. The same suggestions in another order give the same groups. */
export function groupThemes(unordered: readonly Document[], { pins, before, labels }: Known, newId: () => string): Grouping {
  const documents = unordered.toSorted((one, other) => (one.id < other.id ? -1 : 1))
  const { vectors, termCount } = createCorpus(documents.map(({ words }) => words))
  const edges = edgesOf(vectors, termCount, edgeFrom)
  const free = documents.map(({ id }) => pins.get(id) !== null)
  const seeds = documents.map(({ id }) => pins.get(id) ?? null)
  const groups = cluster(
    documents.length,
    edges.filter(({ a, b }) => free[a] && free[b]),
    seeds,
    themeFrom,
  ).filter((group) => group.length > 1 || seeds[group[0]!] !== null)

  const taken = new Set([...pins.values()].filter((id) => id !== null))
  const ids = nameGroups(
    groups.map((group) => group.map((document) => documents[document]!.id)),
    groups.map((group) => group.map((document) => seeds[document]!).find((seed) => seed !== null) ?? null),
    new Map([...before].filter(([, theme]) => !taken.has(theme))),
    newId,
  )
  const words = labelGroups(
    groups.map((group) => group.map((document) => documents[document]!.words)),
    ids.map((id) => labels.get(id) ?? []),
  )
  return {
    themes: groups.map((group, at) => ({
      id: ids[at]!,
      words: words[at]!,
      suggestionIds: group.map((document) => documents[document]!.id),
    })),
    same: sameOf(documents, edges),
  }
}

/**
 * A group is the theme in which most of its suggestions were before: pairs with the largest share of both come first, and each
 * theme goes to one group. Less than half of the smaller of the two in common is another theme.
 */
export function nameGroups(
  groups: readonly (readonly string[])[],
  given: readonly (string | null)[],
  before: ReadonlyMap<string, string>,
  newId: () => string,
): string[] {
  const sizes = countBy(before.values())
  const pairs = groups.flatMap((group, at) => {
    if (given[at]) return []
    const common = countBy(group.flatMap((id) => before.get(id) ?? []))
    return [...common].flatMap(([theme, shared]) => {
      const size = sizes.get(theme) ?? 0
      return shared * 2 < Math.min(group.length, size) ? [] : [{ at, theme, shared, jaccard: shared / (group.length + size - shared) }]
    })
  })
  pairs.sort(
    (one, other) => other.jaccard - one.jaccard || other.shared - one.shared || (one.theme < other.theme ? -1 : 1) || one.at - other.at,
  )
  const names = [...given]
  const used = new Set<string>()
  for (const { at, theme } of pairs) {
    if (names[at] || used.has(theme)) continue
    names[at] = theme
    used.add(theme)
  }
  return names.map((name) => name ?? newId())
}

function countBy(values: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

/** Complete link: everybody in such a group says the same as everybody else in it, so that no chain joins what differs. */
function sameOf(documents: readonly Document[], edges: readonly Edge[]): string[][] {
  const close = edges
    .filter(({ a, b, cosine }) => cosine >= sameFrom && mayBeSame(documents[a]!.words, documents[b]!.words))
    .sort((one, other) => other.cosine - one.cosine || one.a - other.a || one.b - other.b)
  const linked = new Set(close.map(({ a, b }) => `${a} ${b}`))
  const areLinked = (one: number, other: number) => linked.has(one < other ? `${one} ${other}` : `${other} ${one}`)
  const groupOf = new Map<number, number[]>()
  for (const { a, b } of close) {
    const [one, other] = [groupOf.get(a) ?? [a], groupOf.get(b) ?? [b]]
    if (one === other || !one.every((left) => other.every((right) => areLinked(left, right)))) continue
    const joined = [...one, ...other].sort((left, right) => left - right)
    for (const document of joined) groupOf.set(document, joined)
  }
  return [...new Set(groupOf.values())].map((group) => group.map((document) => documents[document]!.id))
}
