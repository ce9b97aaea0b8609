import type { Words } from './words.ts'

/** A sparse vector of length 1: terms in rising order, and how much each weighs. */
export type Vector = { terms: Int32Array; weights: Float64Array }

/** Pairs of characters repeat what words say; they tip the scale, and must not outweigh it. */
const pairWeight = 0.45

/** So many suggestions have to stand behind a term's rarity before it is believed: a dozen suggestions prove little. */
const believedAt = 20

export type Corpus = ReturnType<typeof createCorpus>

/**
 * TF-IDF over words and pairs of characters: `(1 + ln tf) · idf`, `idf = ln(1 + (N + 20) / (df + 1))`, scaled to length 1
 * (Manning, Raghavan, Schütze, Introduction to Information Retrieval, 6.4: sublinear tf, smoothed idf).
 */
export function createCorpus(documents: readonly Words[]) {
  const ids = new Map<string, number>()
  const counts: number[] = []
  const idOf = (term: string) => {
    const known = ids.get(term)
    if (known !== undefined) return known
    ids.set(term, counts.length)
    return counts.push(0) - 1
  }
  const counted = documents.map((document) => {
    const terms = termsOf(document, idOf)
    for (const { id } of terms) counts[id]!++
    return terms
  })
  const idf = (id: number) => Math.log(1 + (documents.length + believedAt) / ((counts[id] ?? 0) + 1))
  return {
    vectors: counted.map((terms) => vectorOf(terms, idf)),
    termCount: counts.length,
    /** The vector of a text that is not part of it. Terms that nobody wrote before make it longer, and so everything less similar. */
    vectorOf(words: Words): Vector {
      let unknown = counts.length
      return vectorOf(
        termsOf(words, (term) => ids.get(term) ?? unknown++),
        idf,
      )
    },
  }
}

type Term = { id: number; weight: number }

function termsOf({ words, pairs }: Words, idOf: (term: string) => number): Term[] {
  const sublinear = (count: number) => 1 + Math.log(count)
  const terms = [
    ...[...words].map(([word, count]) => ({ id: idOf(word), weight: sublinear(count) })),
    // A word of two characters is no pair besides.
    ...[...pairs]
      .filter(([pair]) => !words.has(pair))
      .map(([pair, count]) => ({ id: idOf(`${pair}~`), weight: pairWeight * sublinear(count) })),
  ]
  return terms.sort((one, other) => one.id - other.id)
}

function vectorOf(terms: readonly Term[], idf: (id: number) => number): Vector {
  const weights = Float64Array.from(terms, ({ id, weight }) => weight * idf(id))
  const length = Math.hypot(...weights)
  return { terms: Int32Array.from(terms, ({ id }) => id), weights: length > 0 ? weights.map((weight) => weight / length) : weights }
}
