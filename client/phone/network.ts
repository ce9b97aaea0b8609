import { useEffect, useState } from 'preact/hooks'

/** Calls `onWake` when the page is looked at again or the phone says that it has a network. */
export function useWake(onWake: () => void) {
  useEffect(() => {
    const wake = () => {
      if (document.visibilityState === 'visible') onWake()
    }
    document.addEventListener('visibilitychange', wake)
    window.addEventListener('online', wake)
    return () => {
      document.removeEventListener('visibilitychange', wake)
      window.removeEventListener('online', wake)
    }
  }, [onWake])
}

/** What the phone itself says of its network. It is sure only when it says no. */
export function useOffline(): boolean {
  const [offline, setOffline] = useState(() => navigator.onLine === false)
  useEffect(() => {
    const look = () => setOffline(navigator.onLine === false)
    window.addEventListener('online', look)
    window.addEventListener('offline', look)
    return () => {
      window.removeEventListener('online', look)
      window.removeEventListener('offline', look)
    }
  }, [])
  return offline
}
