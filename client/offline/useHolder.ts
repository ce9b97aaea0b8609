import { useEffect, useState, useSyncExternalStore } from 'react'
import { useMe } from '../identity/MeContext.tsx'
import { failureOf } from '../transport/failures.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import type { Holder, Shelf } from './shelf.ts'

const askAgainMs = 3_000

/** Whose page this is. Without the server only the device's word for it, and then nothing may be sent: `confirmed` is false. */
export type Known = { holder: Holder | null; confirmed: boolean }

/** Undefined until somebody has said it. */
export function useHolder(shelf: Shelf | null): Known | undefined {
  const { me, failure } = useMe()
  const online = useSyncExternalStore(followOnline, () => navigator.onLine)
  const unreachable = me === undefined && (!online || (failure !== null && failureOf(failure).code === 'unavailable'))
  const [remembered, setRemembered] = useState<Holder | null | undefined>()
  // Asked again until the server answers; an answer goes to everybody who asks who this is.
  useQueryOf('me', {}, unreachable ? { refetchInterval: askAgainMs } : {})
  useEffect(() => {
    if (shelf && unreachable)
      void shelf
        .holder()
        .catch(() => null)
        .then(setRemembered)
  }, [shelf, unreachable])
  if (me) return { holder: me.account && { accountId: me.account.id, name: me.account.name }, confirmed: true }
  return unreachable && remembered !== undefined ? { holder: remembered, confirmed: false } : undefined
}

function followOnline(tell: () => void) {
  addEventListener('online', tell)
  addEventListener('offline', tell)
  return () => {
    removeEventListener('online', tell)
    removeEventListener('offline', tell)
  }
}
