import { useCallback, useEffect, useEffectEvent, useState } from 'react'
import { useConnection } from '../transport/ConnectionContext.tsx'
import { mergeNewer } from '../transport/mergeNewer.ts'

/** The newest of what was read and what news brought, whichever arrived first. */
export function useNewest<T extends { version: number }>(read: T | undefined): [T | undefined, (arrived: T) => void] {
  const [newest, setNewest] = useState<T>()
  const put = useCallback((arrived: T) => setNewest((known) => (known && known.version >= arrived.version ? known : arrived)), [])
  useEffect(() => {
    if (read) put(read)
  }, [read, put])
  return [newest, put]
}

/** The same for a list. */
export function useNewestOfAll<T extends { id: string; version: number }>(
  read: readonly T[] | undefined,
): [ReadonlyMap<string, T>, (arrived: T) => void] {
  const [known, setKnown] = useState<ReadonlyMap<string, T>>(new Map())
  const put = useCallback((...arrived: T[]) => setKnown((before) => mergeNewer(before, ...arrived)), [])
  useEffect(() => {
    if (read) put(...read)
  }, [read, put])
  return [known, put]
}

/** Reads again when the connection is back: what happened in between is in no news. */
export function useAgainOnConnect(read: () => unknown) {
  const { onConnect } = useConnection()
  // Not anew for every other `read`: it may be made with each drawing, and what it reads be the cause of the next one.
  const again = useEffectEvent(() => void read())
  useEffect(() => onConnect(() => again()), [onConnect])
}
