import type { CSSProperties, ReactNode } from 'react'
import { stageTiling } from './tiling.ts'
import { useBox } from './useBox.ts'

const gap = 8

/** Pictures of one size, as large as they can be at 16:9; the last row stands in the middle. */
export function TileGrid({ count, children }: { count: number; children: ReactNode }) {
  const [ref, box] = useBox()
  const { columns, width, height } = stageTiling(count, box, gap)
  // Custom properties: React's types only know the standard ones.
  const style = {
    '--tile-width': `${width}px`,
    '--tile-height': `${height}px`,
    '--row-width': `${columns * width + (columns - 1) * gap}px`,
  }
  return (
    <div ref={ref} className="stage-grid" style={style as CSSProperties}>
      <div className="stage-grid-rows">{children}</div>
    </div>
  )
}
