import type { Vector } from './vectors.ts'

export type Likeness = ReturnType<typeof createLikeness>
export type Edge = { a: number; b: number; cosine: number }

/** An inverted index: who contains a term, and how much it weighs there. */
export function createLikeness(termCount: number) {
  const documents: number[][] = Array.from({ length: termCount }, () => [])
  const weights: number[][] = Array.from({ length: termCount }, () => [])
  let sums = new Float64Array(64)
  let size = 0

  /** The cosine with everybody who shares a term, at least `least`, in rising order of document. */
  function near({ terms, weights: own }: Vector, least: number): { document: number; cosine: number }[] {
    const touched: number[] = []
    for (let at = 0; at < terms.length; at++) {
      const holders = documents[terms[at]!]
      const theirs = weights[terms[at]!]
      if (!holders || !theirs) continue
      for (let place = 0; place < holders.length; place++) {
        const document = holders[place]!
        if (sums[document] === 0) touched.push(document)
        sums[document]! += own[at]! * theirs[place]!
      }
    }
    const found = touched.sort((one, other) => one - other).map((document) => ({ document, cosine: sums[document]! }))
    for (const document of touched) sums[document] = 0
    return found.filter(({ cosine }) => cosine >= least)
  }

  return {
    near,
    /** Documents are numbered in the order in which they are added. */
    add({ terms, weights: own }: Vector) {
      if (size === sums.length) sums = new Float64Array(size * 2)
      for (let at = 0; at < terms.length; at++) {
        documents[terms[at]!]?.push(size)
        weights[terms[at]!]?.push(own[at]!)
      }
      size++
    },
  }
}

/** Every pair that is at least so alike, in a fixed order. */
export function edgesOf(vectors: readonly Vector[], termCount: number, least: number): Edge[] {
  const likeness = createLikeness(termCount)
  return vectors.flatMap((vector, b) => {
    const edges = likeness.near(vector, least).map(({ document, cosine }) => ({ a: document, b, cosine }))
    likeness.add(vector)
    return edges
  })
}
