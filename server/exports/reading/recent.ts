/**
 * Keeps what was made last, by key, `most` of them. What is asked for while it is being made is made once; what failed is not kept.
 */
export function createRecent<T>(most: number) {
  const kept = new Map<string, Promise<T>>()
  return (key: string, make: () => Promise<T>): Promise<T> => {
    const known = kept.get(key)
    const value = known ?? make()
    // The last in the map is the one that was asked for last.
    kept.delete(key)
    kept.set(key, value)
    if (!known) value.catch(() => kept.get(key) === value && kept.delete(key))
    if (kept.size > most) kept.delete(kept.keys().next().value!)
    return value
  }
}
