/** How far two groupings are the same, beyond chance: 1 is the same, 0 is chance (Hubert and Arabie 1985). Pairs with -1 are left out. */
export function adjustedRand(left: ArrayLike<number>, right: ArrayLike<number>): number {
  const cells = new Map<string, number>()
  const [rows, columns] = [new Map<number, number>(), new Map<number, number>()]
  const add = <K>(map: Map<K, number>, key: K) => void map.set(key, (map.get(key) ?? 0) + 1)
  let count = 0
  for (let i = 0; i < left.length; i++) {
    const [a, b] = [left[i]!, right[i]!]
    if (a < 0 || b < 0) continue
    count++
    add(cells, `${a},${b}`)
    add(rows, a)
    add(columns, b)
  }
  const pairs = (map: Map<unknown, number>) => [...map.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0)
  const [both, first, second] = [pairs(cells), pairs(rows), pairs(columns)]
  const expected = (first * second) / ((count * (count - 1)) / 2)
  const most = (first + second) / 2
  return most === expected ? 1 : (both - expected) / (most - expected)
}
