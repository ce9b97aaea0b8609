import { useCallback, useEffect, useState } from 'react'
import type { BreakoutNote } from '../../shared/breakouts.ts'
import { useAgainOnConnect } from '../chairing/useNewest.ts'
import { useNews } from '../transport/ConnectionContext.tsx'
import { useQueryOf } from '../transport/useQueryOf.ts'

/** The notes of a meeting's groups, by group; `learn` takes what an answer said. */
export function useNotes(meetingId: string): { notes: ReadonlyMap<string, BreakoutNote>; learn: (note: BreakoutNote) => void } {
  const { data, refetch } = useQueryOf('breakout-notes', { meetingId })
  const [notes, setNotes] = useState<ReadonlyMap<string, BreakoutNote>>(new Map())
  const put = useCallback(
    (...arrived: BreakoutNote[]) =>
      setNotes((known) => {
        const newer = arrived.filter(({ groupId, version }) => (known.get(groupId)?.version ?? -1) < version)
        return newer.length === 0 ? known : new Map([...known, ...newer.map((note) => [note.groupId, note] as const)])
      }),
    [],
  )
  useEffect(() => {
    if (data) put(...data)
  }, [data, put])
  useNews('breakout-note:changed', (note) => {
    if (note.meetingId === meetingId) put(note)
  })
  useAgainOnConnect(refetch)
  return { notes, learn: put }
}
