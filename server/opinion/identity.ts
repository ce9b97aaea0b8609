/**
 * Which group of now is which of before, so that A stays A: the pairing in which most people stay where they were. A group that is nobody's successor
 * gets the first free number, but not that of a group which has only just gone: one update's B is never the next one's B with other people.
 * @param overlaps how many people of group `now` were in the group numbered `before`: `overlaps[now].get(before)`.
 */
export function keepIdentity(
  overlaps: readonly ReadonlyMap<number, number>[],
  sizes: readonly number[],
  before: readonly number[] = [],
): number[] {
  const ids = bestPairing(overlaps)
  const taken = new Set([...ids.filter((id) => id !== null), ...before])
  // Larger new groups are named first.
  const unnamed = ids.flatMap((id, group) => (id === null ? [group] : [])).sort((a, b) => sizes[b]! - sizes[a]!)
  for (const group of unnamed) {
    let free = 0
    while (taken.has(free)) free++
    taken.add(free)
    ids[group] = free
  }
  return ids.map((id) => id!)
}

/** All pairings are tried: there are at most five groups. */
function bestPairing(overlaps: readonly ReadonlyMap<number, number>[]): (number | null)[] {
  let [best, most]: [(number | null)[], number] = [overlaps.map(() => null), 0]
  const pair = (group: number, ids: (number | null)[], total: number) => {
    if (group === overlaps.length) {
      if (total > most) [best, most] = [ids, total]
      return
    }
    pair(group + 1, [...ids, null], total)
    for (const [id, people] of overlaps[group]!) if (people > 0 && !ids.includes(id)) pair(group + 1, [...ids, id], total + people)
  }
  pair(0, [], 0)
  return best
}
