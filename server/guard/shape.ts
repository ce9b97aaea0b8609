import { skeletonOf } from './skeleton.ts'

/**
 * What a text looks like, for telling near-identical ones: MinHash (Broder 1997) over the pairs of neighbouring characters of its
 * skeleton. Null when the text is too short for likeness to mean anything: many people write 支持修桥.
 */
export type Shape = Uint32Array

const shortest = 12
/** How many figures a shape has. */
export const rows = 64

// Any odd factors do, as long as they stay the same: a linear congruential sequence (Numerical Recipes) gives them.
const factors = sequence(0x9e3779b9)
const offsets = sequence(0x85ebca6b)

function sequence(seed: number): Uint32Array {
  let state = seed
  return Uint32Array.from({ length: rows }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state | 1
  })
}

export function shapeOf(text: string): Shape | null {
  const skeleton = skeletonOf(text)
  if (skeleton.length < shortest) return null
  const shape = new Uint32Array(rows).fill(0xffffffff)
  for (let place = 0; place < skeleton.length - 1; place++) {
    const pair = mixed((skeleton.charCodeAt(place) << 16) | skeleton.charCodeAt(place + 1))
    for (let row = 0; row < rows; row++) {
      const hash = mixed((Math.imul(pair, factors[row]!) + offsets[row]!) | 0)
      if (hash < shape[row]!) shape[row] = hash
    }
  }
  return shape
}

/** MurmurHash3's finaliser. */
function mixed(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/**
 * Whether two texts have at least this share of pairs in common, by an estimate that is right within about 0.06. Most texts are unlike, and are
 * known to be after a few rows.
 */
export function isLike(a: Shape, b: Shape, share: number): boolean {
  let allowed = rows - Math.ceil(share * rows)
  for (let row = 0; row < rows; row++) if (a[row] !== b[row] && allowed-- === 0) return false
  return true
}
