import { useCallback, useEffect, useMemo, useReducer, useState } from 'react'
import * as Y from 'yjs'
import { contentOf } from '../../shared/minutes-content.ts'
import type { OpenedMinutes } from '../minutes/useMinutes.ts'
import { type LostPassage, lostPassages } from './lostPassages.ts'
import type { Kept } from './shelf.ts'

/** The words of a meeting that the server would not take, each with what of them the minutes still lack. */
export function useKept({ session, shelf, accountId }: OpenedMinutes): { all: Kept[]; again: () => void } {
  const [all, setAll] = useState<Kept[]>([])
  const meetingId = session.provider.roomname
  const again = useCallback(() => {
    void shelf
      .keptOf({ accountId, meetingId })
      .catch(() => [])
      .then(setAll)
  }, [shelf, accountId, meetingId])
  useEffect(again, [again])
  return { all, again }
}

/** What of them the minutes lack, looked at anew when the minutes change. */
export function useLost(doc: Y.Doc, kept: Kept): LostPassage[] {
  const [seen, look] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    doc.on('update', look)
    return () => doc.off('update', look)
  }, [doc])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the document says by `seen` that it changed.
  return useMemo(() => {
    const merged = new Y.Doc()
    Y.applyUpdate(merged, Y.encodeStateAsUpdate(doc))
    Y.applyUpdate(merged, kept.update)
    const passages = lostPassages(contentOf(doc), contentOf(merged))
    merged.destroy()
    return passages.filter(({ key }) => !kept.done.includes(key))
  }, [doc, kept, seen])
}
