type Versioned = { id: string; version: number }

/** Puts things into a map by id, keeping of each the highest version. The same map comes back when nothing was newer. */
export function mergeNewer<T extends Versioned>(known: ReadonlyMap<string, T>, ...things: readonly T[]): ReadonlyMap<string, T> {
  const newer = things.filter((thing) => isNewer(known.get(thing.id), thing))
  if (newer.length === 0) return known
  const merged = new Map(known)
  for (const thing of newer) if (isNewer(merged.get(thing.id), thing)) merged.set(thing.id, thing)
  return merged
}

/** The newer of two states of one thing. */
export const newerOf = <T extends Versioned>(known: T | undefined, arrived: T): T =>
  isNewer(known, arrived) ? arrived : (known ?? arrived)

const isNewer = (known: Versioned | undefined, arrived: Versioned) => known === undefined || arrived.version > known.version
