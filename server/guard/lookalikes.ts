import { isLike, rows, type Shape } from './shape.ts'
import { sameText } from './thresholds.ts'

/**
 * So many rows may differ between two that are alike. Of one band more than that at least one is the same in both, so whatever is
 * alike is found under one of its bands, and what merely has a few pairs of characters in common hardly ever is.
 */
const bands = rows - Math.ceil(sameText * rows) + 1
const rowsInBand = Math.floor(rows / bands)

/** Finds those of the remembered texts that are near-identical to another, without comparing it with each. */
export function createLookalikes<T extends { shape: Shape | null }>() {
  const shelves = Array.from({ length: bands }, () => new Map<number, T[]>())

  return {
    add(item: T) {
      if (!item.shape) return
      for (const [band, shelf] of shelves.entries()) {
        const key = keyOf(item.shape, band)
        const known = shelf.get(key)
        if (known) known.push(item)
        else shelf.set(key, [item])
      }
    },
    drop(item: T) {
      if (!item.shape) return
      for (const [band, shelf] of shelves.entries()) {
        const key = keyOf(item.shape, band)
        const others = shelf.get(key)?.filter((one) => one !== item) ?? []
        if (others.length > 0) shelf.set(key, others)
        else shelf.delete(key)
      }
    },
    of(shape: Shape): T[] {
      const candidates = new Set(shelves.flatMap((shelf, band) => shelf.get(keyOf(shape, band)) ?? []))
      return [...candidates].filter((item) => item.shape && isLike(shape, item.shape, sameText))
    },
  }
}

/** Two bands that differ may have one key, which only costs a comparison. */
function keyOf(shape: Shape, band: number): number {
  let key = 0
  for (let row = band * rowsInBand; row < (band + 1) * rowsInBand; row++) key = (Math.imul(key, 0x01000193) ^ shape[row]!) | 0
  return key
}
