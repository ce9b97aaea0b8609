export type Tiling = { columns: number; rows: number; width: number; height: number }

const ratio = 16 / 9

/** The rows and columns in which `count` pictures of 16:9 are largest within a box, uncropped. Sizes in CSS pixels. */
export function tilingFor(count: number, box: { width: number; height: number }, gap: number): Tiling {
  let best: Tiling = { columns: 1, rows: Math.max(1, count), width: 0, height: 0 }
  for (let columns = 1; columns <= Math.max(1, count); columns++) {
    const rows = Math.ceil(Math.max(1, count) / columns)
    const across = (box.width - gap * (columns - 1)) / columns
    const down = (box.height - gap * (rows - 1)) / rows
    const width = Math.floor(Math.max(0, Math.min(across, down * ratio)))
    if (width > best.width) best = { columns, rows, width, height: Math.floor(width / ratio) }
  }
  return best
}

/** Below this a face says nothing any more: more people than fit are reached by scrolling. */
const smallest = 128

/** The tiling on a stage: all at once where they stay recognisable, else as many columns as do, one screen after another. */
export function stageTiling(count: number, box: { width: number; height: number }, gap: number): Tiling {
  const all = tilingFor(count, box, gap)
  if (all.width >= smallest || box.width === 0) return all
  const columns = Math.max(1, Math.floor((box.width + gap) / (smallest + gap)))
  const width = Math.floor((box.width - gap * (columns - 1)) / columns)
  return { columns, rows: Math.ceil(count / columns), width, height: Math.floor(width / ratio) }
}
