import type { types } from 'mediasoup'

export type Flow = ReturnType<typeof createFlow>

/**
 * Whether a stream flows. It stands still while it is paused, by its owner or by the rules of the room, which others are
 * shown; and while nobody looks at it, which is nobody's business and is not shown as muting.
 */
export function createFlow(producer: types.Producer) {
  const listeners = new Set<(paused: boolean) => void>()
  let paused = producer.paused
  let unseen = false
  let settling: Promise<void> = Promise.resolve()

  function tell(next: boolean) {
    if (paused === next) return
    paused = next
    for (const listener of listeners) listener(next)
  }

  // Whoever pauses the producer itself means that it is paused.
  producer.observer.on('pause', () => !unseen && tell(true))
  producer.observer.on('resume', () => !unseen && tell(false))

  async function apply() {
    const still = paused || unseen
    if (producer.closed || producer.paused === still) return
    await (still ? producer.pause() : producer.resume())
  }

  /** One after the other, each according to what holds when it is its turn. */
  function settle(): Promise<void> {
    settling = settling.then(apply, apply)
    return settling
  }

  return {
    get paused() {
      return paused
    },
    get unseen() {
      return unseen
    },
    async setPaused(next: boolean) {
      tell(next)
      await settle()
    },
    async setUnseen(next: boolean) {
      unseen = next
      await settle()
    },
    /** @returns what ends the listening. */
    onPaused(listener: (paused: boolean) => void): () => void {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
