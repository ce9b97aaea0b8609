import { useCallback, useEffect, useRef } from 'react'
import type { RoomSession } from '../media/session.ts'

const settleMs = 200

type Measure = (element: HTMLElement | null) => (() => void) | undefined

/** Tells the session how large each picture is drawn, so that nothing larger is sent, and nothing at all for what is not on the screen. */
export function useTileSizes(session: RoomSession) {
  const sizes = useRef(new Map<string, number>())
  const measures = useRef(new Map<string, Measure>())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  const note = useCallback(
    (tile: string, height: number | null) => {
      if (height === null) sizes.current.delete(tile)
      else sizes.current.set(tile, height)
      clearTimeout(timer.current)
      timer.current = setTimeout(() => session.setTiles(new Map(sizes.current)), settleMs)
    },
    [session],
  )

  /** For a tile's `ref`: the same function for the same tile, so that drawing again measures nothing anew. */
  return useCallback(
    (tile: string): Measure => {
      const known = measures.current.get(tile)
      if (known) return known
      const measure: Measure = (element) => {
        if (!element) return
        let visible = true
        const tell = () => note(tile, visible ? Math.round(element.clientHeight * window.devicePixelRatio) : null)
        const resize = new ResizeObserver(tell)
        const appear = new IntersectionObserver(([entry]) => {
          visible = entry?.isIntersecting ?? true
          tell()
        })
        resize.observe(element)
        appear.observe(element)
        return () => {
          resize.disconnect()
          appear.disconnect()
          note(tile, null)
        }
      }
      measures.current.set(tile, measure)
      return measure
    },
    [note],
  )
}
