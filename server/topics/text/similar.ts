import { createLikeness } from './likeness.ts'
import { createCorpus, type Vector } from './vectors.ts'
import { mayBeSame, type Words } from './words.ts'

/**
 * While somebody writes, half a sentence is less like a whole one than two whole ones are. What counts is therefore the mean
 * of the cosine and of how much of what was written is in the other: from this on it is shown.
 */
export const similarFrom = 0.32
const cosineFrom = 0.12
const most = 3
/** Of one word nobody can tell what the writer wants. */
const leastWords = 2

/** Finds what was said already. */
export function createSimilarIndex(documents: readonly { id: string; words: Words }[]) {
  const { vectors, termCount, vectorOf } = createCorpus(documents.map(({ words }) => words))
  const likeness = createLikeness(termCount)
  for (const vector of vectors) likeness.add(vector)

  /** The ids of what is most like it, the nearest first. */
  return (text: Words): string[] => {
    if (text.words.size < leastWords) return []
    const written = vectorOf(text)
    return likeness
      .near(written, cosineFrom)
      .filter(({ document }) => mayBeSame(documents[document]!.words, text))
      .map(({ document, cosine }) => ({ document, score: (cosine + covered(written, vectors[document]!)) / 2 }))
      .filter(({ score }) => score >= similarFrom)
      .sort((one, other) => other.score - one.score || one.document - other.document)
      .slice(0, most)
      .map(({ document }) => documents[document]!.id)
  }
}

/** The share of what was written (by squared weight, which sums to 1) that the other has too. */
function covered(written: Vector, other: Vector): number {
  const there = new Set(other.terms)
  return written.terms.reduce((sum, term, at) => (there.has(term) ? sum + written.weights[at]! ** 2 : sum), 0)
}
