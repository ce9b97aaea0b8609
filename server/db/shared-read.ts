/**
 * Those who ask for the same while it is being read wait for the next reading, and share it: a crowd reads twice and not once each, and
 * nobody is given what was read before they asked.
 */
export function createSharedReads<T>() {
  const underWay = new Map<string, Promise<void>>()
  const next = new Map<string, Promise<T>>()

  function begin(key: string, read: () => Promise<T>): Promise<T> {
    const reading = read()
    const ended: Promise<void> = reading.then(
      () => end(key, ended),
      () => end(key, ended),
    )
    underWay.set(key, ended)
    return reading
  }

  function end(key: string, ended: Promise<void>) {
    if (underWay.get(key) === ended) underWay.delete(key)
  }

  return (key: string, read: () => Promise<T>): Promise<T> => {
    const before = underWay.get(key)
    if (!before) return begin(key, read)
    const known = next.get(key)
    if (known) return known
    const waiting = before.then(() => {
      next.delete(key)
      return begin(key, read)
    })
    next.set(key, waiting)
    return waiting
  }
}
