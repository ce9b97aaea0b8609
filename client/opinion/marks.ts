import { chartColours } from '../ui/ChartBox.tsx'

/** Groups are told apart by shape and letter as well as by colour; of both there are as many as there can be groups. */
const shapes = [
  { symbol: 'circle', path: 'M12 1a11 11 0 1 0 0 22a11 11 0 1 0 0-22z' },
  { symbol: 'rect', path: 'M2 2h20v20h-20z' },
  { symbol: 'triangle', path: 'M12 0L24 23H0z' },
  { symbol: 'diamond', path: 'M12 0L24 12L12 24L0 12z' },
  { symbol: 'path://M6 0H18L24 12L18 24H6L0 12z', path: 'M6 1H18L24 12L18 23H6L0 12z' },
] as const

// The same hues, light enough on the dark stage.
const lightColours = ['#53b4dc', '#f2a13c', '#bda6f0', '#4fcf9f', '#f58fbd', '#d9c24a'] as const

/** Letters go on for as long as a meeting does; shapes and colours begin anew. */
export function markOf(groupId: number, dark = false) {
  const shape = shapes[groupId % shapes.length]!
  const colour = (dark ? lightColours : chartColours)[groupId % shapes.length]!
  return { ...shape, colour }
}
