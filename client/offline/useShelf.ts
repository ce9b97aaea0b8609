import { useEffect, useState } from 'react'
import { openShelf } from './deviceShelf.ts'
import type { Shelf } from './shelf.ts'

/** The device's shelf; null until it is open. It stays open as long as the page: what leaves last still writes to it. */
export function useShelf(): Shelf | null {
  const [shelf, setShelf] = useState<Shelf | null>(null)
  useEffect(() => {
    let gone = false
    void openShelf().then((opened) => (gone ? opened.close() : setShelf(opened)))
    return () => {
      gone = true
    }
  }, [])
  return shelf
}
