export type Point = { x: number; y: number }

/** The convex hull, anticlockwise from the leftmost point (Andrew's monotone chain, 1979). */
export function hullOf(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y)
  if (sorted.length < 3) return sorted
  const half = (from: readonly Point[]) => {
    const chain: Point[] = []
    for (const point of from) {
      while (chain.length > 1 && turn(chain.at(-2)!, chain.at(-1)!, point) <= 0) chain.pop()
      chain.push(point)
    }
    return chain.slice(0, -1)
  }
  return [...half(sorted), ...half(sorted.reverse())]
}

const turn = (a: Point, b: Point, c: Point) => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)

/** The part of the plane to show, with all points in it and both directions to the same scale: distances are what the picture tells. */
export function frameOf(points: readonly Point[], { width, height }: { width: number; height: number }, margin = 1.15) {
  const xs = points.map(({ x }) => x)
  const ys = points.map(({ y }) => y)
  const middle = (values: number[]) => (values.length === 0 ? 0 : (Math.min(...values) + Math.max(...values)) / 2)
  const extent = (values: number[]) => (values.length === 0 ? 0 : Math.max(...values) - Math.min(...values))
  const perPixel = margin * Math.max(extent(xs) / width, extent(ys) / height) || 1 / Math.min(width, height)
  const [x, y] = [middle(xs), middle(ys)]
  return {
    x: [x - (perPixel * width) / 2, x + (perPixel * width) / 2] as const,
    y: [y - (perPixel * height) / 2, y + (perPixel * height) / 2] as const,
  }
}
