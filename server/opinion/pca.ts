import { symmetricEigen } from './eigen.ts'
import { columnMeans, type VoteMatrix, votesOfRow } from './matrix.ts'
import type { Random } from './random.ts'

/** The two directions in which opinions differ most: a weight for each suggestion. */
export type Components = [Float64Array, Float64Array]
export type Projection = { x: Float64Array; y: Float64Array }

/** Two directions, and two more that only make them converge sooner. */
const blockSize = 4
const mostRounds = 100
/** How far, as a share of the greatest eigenvalue, a direction may be from one that the matrix only stretches. */
const tolerance = 1e-7

/**
 * The first two principal components of the votes, with each missing vote taken as the mean of its column (Small et al. 2021, "Polis:
 * Scaling deliberation by mapping high dimensional opinion spaces", §4). Centred, an imputed vote is 0, so the sparse matrix is all that has to be
 * walked through. By power iteration on a block of vectors with Rayleigh and Ritz's step (Saad 2011, "Numerical methods for large
 * eigenvalue problems", algorithm 5.3), started from the components of the update before, of which it keeps the sign and the order.
 */
export function principalComponents(matrix: VoteMatrix, previous: Components | null, random: Random): Components {
  const { suggestions } = matrix
  const { means } = columnMeans(matrix)
  const size = Math.min(blockSize, matrix.people, suggestions)
  if (size === 0) return [new Float64Array(suggestions), new Float64Array(suggestions)]
  let basis = startBasis(suggestions, size, previous, random)
  for (let round = 0; ; round++) {
    const product = multiply(matrix, means, basis, size)
    const { values, vectors } = symmetricEigen(size, inner(basis, product, size))
    const [ritz, image] = [combine(basis, vectors, size), combine(product, vectors, size)]
    if (round >= mostRounds || isSettled(ritz, image, values, size)) return oriented(ritz, values, size, suggestions, previous)
    basis = image
    orthonormalize(basis, size, random)
  }
}

/** Vectors stand side by side: the weight of suggestion `j` in vector `c` is at `j * size + c`. */
function startBasis(suggestions: number, size: number, previous: Components | null, random: Random): Float64Array {
  const basis = Float64Array.from({ length: suggestions * size }, () => random() - 0.5)
  previous?.slice(0, size).forEach((component, c) => {
    if (!component.some((weight) => weight !== 0)) return
    for (let j = 0; j < suggestions; j++) basis[j * size + c] = component[j] ?? 0
  })
  orthonormalize(basis, size, random)
  return basis
}

/** XᵀX·B for the centred matrix X, a person at a time. */
function multiply({ people, starts, columns, votes }: VoteMatrix, means: Float64Array, basis: Float64Array, size: number): Float64Array {
  const product = new Float64Array(basis.length)
  const along = new Float64Array(size)
  for (let row = 0; row < people; row++) {
    along.fill(0)
    for (let entry = starts[row]!; entry < starts[row + 1]!; entry++) {
      const [column, value] = [columns[entry]!, votes[entry]! - means[columns[entry]!]!]
      for (let c = 0; c < size; c++) along[c]! += value * basis[column * size + c]!
    }
    for (let entry = starts[row]!; entry < starts[row + 1]!; entry++) {
      const [column, value] = [columns[entry]!, votes[entry]! - means[columns[entry]!]!]
      for (let c = 0; c < size; c++) product[column * size + c]! += value * along[c]!
    }
  }
  return product
}

function inner(left: Float64Array, right: Float64Array, size: number): Float64Array {
  const result = new Float64Array(size * size)
  for (let j = 0; j < left.length; j += size) {
    for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) result[a * size + b]! += left[j + a]! * right[j + b]!
  }
  return result
}

function combine(block: Float64Array, vectors: Float64Array, size: number): Float64Array {
  const result = new Float64Array(block.length)
  for (let j = 0; j < block.length; j += size) {
    for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) result[j + b]! += block[j + a]! * vectors[a * size + b]!
  }
  return result
}

function isSettled(ritz: Float64Array, image: Float64Array, values: Float64Array, size: number): boolean {
  for (let c = 0; c < Math.min(2, size); c++) {
    let off = 0
    for (let j = c; j < ritz.length; j += size) off += (image[j]! - values[c]! * ritz[j]!) ** 2
    if (Math.sqrt(off) > tolerance * Math.max(values[0]!, Number.MIN_VALUE)) return false
  }
  return true
}

/** Gram and Schmidt's way. A vector of which nothing is left is begun anew. */
function orthonormalize(block: Float64Array, size: number, random: Random) {
  for (let c = 0; c < size; c++) {
    for (let attempt = 0; attempt < 5; attempt++) {
      const before = lengthOf(block, size, c)
      for (let pass = 0; pass < 2; pass++) for (let earlier = 0; earlier < c; earlier++) subtract(block, size, c, earlier)
      const length = lengthOf(block, size, c)
      if (length > before * 1e-10 && length > 0) {
        for (let j = c; j < block.length; j += size) block[j]! /= length
        break
      }
      for (let j = c; j < block.length; j += size) block[j] = random() - 0.5
    }
  }
}

function lengthOf(block: Float64Array, size: number, c: number): number {
  let squares = 0
  for (let j = c; j < block.length; j += size) squares += block[j]! ** 2
  return Math.sqrt(squares)
}

function subtract(block: Float64Array, size: number, c: number, earlier: number) {
  let along = 0
  for (let j = 0; j < block.length; j += size) along += block[j + c]! * block[j + earlier]!
  for (let j = 0; j < block.length; j += size) block[j + c]! -= along * block[j + earlier]!
}

/**
 * The first two of the block. Neither their sign nor, when they are equally strong, their order means anything: both follow the update
 * before, so that the picture does not turn over; the first time the greatest weight of each is positive.
 */
function oriented(block: Float64Array, values: Float64Array, size: number, suggestions: number, previous: Components | null): Components {
  const take = (c: number) => {
    const isThere = c < size && values[c]! > values[0]! * 1e-12 && values[c]! > 1e-9
    return isThere ? Float64Array.from({ length: suggestions }, (_, j) => block[j * size + c]!) : new Float64Array(suggestions)
  }
  const found: Components = [take(0), take(1)]
  const [first, second] = found
  const likeness = (a: Float64Array, b: Float64Array) => Math.abs(dot(a, b))
  const swapped =
    previous && likeness(first, previous[1]) + likeness(second, previous[0]) > likeness(first, previous[0]) + likeness(second, previous[1])
  const placed: Components = swapped ? [second, first] : found
  placed.forEach((component, c) => {
    const along = previous ? dot(component, previous[c]!) : 0
    if (along < 0 || (along === 0 && greatest(component) < 0)) for (let j = 0; j < suggestions; j++) component[j]! *= -1
  })
  return placed
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let j = 0; j < Math.min(a.length, b.length); j++) sum += a[j]! * b[j]!
  return sum
}

const greatest = (component: Float64Array) => component.reduce((most, one) => (Math.abs(one) > Math.abs(most) + 1e-9 ? one : most), 0)

/**
 * Where each person stands. Only what they voted on counts, and who voted on little is pushed outwards by √(suggestions ÷ votes), else all of
 * them would seem to stand in the middle (Pol.is, `sparsity-aware-project-ptpt`).
 * @param zeroed suggestions that were taken out by moderation: Pol.is keeps their columns and counts everybody as having passed on them.
 */
export function projectPeople(matrix: VoteMatrix, [first, second]: Components, zeroed = 0): Projection {
  const { people, starts, columns, votes } = matrix
  const { counts, means } = columnMeans(matrix)
  const asked = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0)
  const [x, y] = [new Float64Array(people), new Float64Array(people)]
  for (let row = 0; row < people; row++) {
    for (let entry = starts[row]!; entry < starts[row + 1]!; entry++) {
      const column = columns[entry]!
      const value = votes[entry]! - means[column]!
      x[row]! += value * first[column]!
      y[row]! += value * second[column]!
    }
    const outwards = Math.sqrt((asked + zeroed) / Math.max(votesOfRow(matrix, row) + zeroed, 1))
    x[row]! *= outwards
    y[row]! *= outwards
  }
  return { x, y }
}

/** Where somebody would stand who agreed with this one suggestion and voted on nothing else (Pol.is, `pca-project-cmnts`). */
export function projectSuggestions(matrix: VoteMatrix, [first, second]: Components): Projection {
  const { counts, means } = columnMeans(matrix)
  const asked = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0)
  const along = (component: Float64Array) =>
    Float64Array.from(component, (weight, column) => (counts[column]! > 0 ? Math.sqrt(asked) * (1 - means[column]!) * weight : 0))
  return { x: along(first), y: along(second) }
}
