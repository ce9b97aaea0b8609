import { useEffect } from 'react'

/** Where `vite.config.ts` puts it. It may answer for pages below /meetings/ only. */
const workerAddress = '/minutes-worker.js'

/** Has the page of the minutes kept on the device, where the browser can: over HTTPS, or on the server's own machine. */
export function useOfflinePage(): void {
  useEffect(() => {
    // While the client is developed nothing is built, and there is no worker.
    if (import.meta.hot || !('serviceWorker' in navigator)) return
    // Without it the page works all the same, only not after a reload without a network.
    navigator.serviceWorker.register(workerAddress, { scope: '/meetings/', updateViaCache: 'none' }).catch(() => undefined)
  }, [])
}
