/** Chromium tells the kind of the connection on phones (https://wicg.github.io/netinfo/); desktops only that they are online again. */
type Connection = EventTarget & { type?: string }

/** Calls back when the page is on another network than before. @returns what stops it. */
export function onNetworkChange(changed: () => void): () => void {
  // Not in TypeScript's own types: the draft is implemented by Chromium only.
  const connection = (navigator as Navigator & { connection?: Connection }).connection
  let kind = connection?.type
  // The event also comes with every new guess of the speed.
  const compare = () => {
    if (connection?.type === kind) return
    kind = connection?.type
    if (navigator.onLine) changed()
  }
  window.addEventListener('online', changed)
  connection?.addEventListener('change', compare)
  return () => {
    window.removeEventListener('online', changed)
    connection?.removeEventListener('change', compare)
  }
}
