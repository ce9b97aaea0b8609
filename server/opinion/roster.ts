export type Roster = ReturnType<typeof createRoster>

/** Numbers things in the order in which they come, and never otherwise. */
export function createRoster(known: readonly string[] = []) {
  const ids = [...known]
  const numbers = new Map(ids.map((id, number) => [id, number]))
  return {
    ids: ids as readonly string[],
    find: (id: string) => numbers.get(id),
    numberOf(id: string): number {
      const known = numbers.get(id)
      if (known !== undefined) return known
      numbers.set(id, ids.length)
      return ids.push(id) - 1
    },
  }
}
