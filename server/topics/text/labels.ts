import type { Words } from './words.ts'

const wordsInLabel = 3
/** A word of the label stays while it is among so many first ones, so that labels do not flicker with every new suggestion. */
const staysWithin = 6

/**
 * The words that tell each group from the others, by class-based TF-IDF: `df · ln(1 + A / f)`, where `df` is how many of the
 * group have the word, `f` how often it stands in all groups, and `A` the mean number of words of a group (Grootendorst 2022, BERTopic,
 * 2.3). A word of one suggestion only is not the group's. `before` are the group's last words, which stay as long as they fit.
 */
export function labelGroups(groups: readonly (readonly Words[])[], before: readonly (readonly string[])[]): string[][] {
  const counts = groups.map(countWords)
  const everywhere = new Map<string, number>()
  for (const group of counts) for (const [word, count] of group) everywhere.set(word, (everywhere.get(word) ?? 0) + count)
  const mean = [...everywhere.values()].reduce((sum, count) => sum + count, 0) / Math.max(1, groups.length)
  return groups.map((group, at) => {
    const least = group.length > 1 ? 2 : 1
    const ranked = [...counts[at]!]
      .filter(([word, count]) => count >= least && !/^\d+$/.test(word))
      .map(([word, count]) => ({ word, score: count * Math.log(1 + mean / (everywhere.get(word) ?? 1)) }))
      .sort((one, other) => other.score - one.score || (one.word < other.word ? -1 : 1))
      .map(({ word }) => word)
    return chooseWords(ranked, before[at] ?? [])
  })
}

function chooseWords(ranked: readonly string[], before: readonly string[]): string[] {
  const near = new Set(ranked.slice(0, staysWithin))
  const chosen = before.filter((word) => near.has(word))
  for (const word of ranked) {
    if (chosen.length >= wordsInLabel) break
    if (!chosen.some((known) => known.includes(word) || word.includes(known))) chosen.push(word)
  }
  return chosen
}

/** How many of the group have each word. */
function countWords(group: readonly Words[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { words } of group) for (const word of words.keys()) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}
