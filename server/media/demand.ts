import type { Branches } from './branches.ts'
import type { Peer } from './peer.ts'
import type { Outgoing } from './sender.ts'

type Deps = { branches: Pick<Branches, 'flow'>; peers(): Iterable<Peer>; senderOf(outgoing: Outgoing): Peer | undefined }

/** Somebody who scrolls past shall not stop a camera and start it again. */
const patienceMs = 5_000

export type Demand = ReturnType<typeof createDemand>

/**
 * Pictures that nobody looks at are not sent: the server takes them in no longer, and tells the sender, who may stop
 * encoding. They flow again with the first who looks, and already when somebody is on the way in.
 */
export function createDemand({ branches, peers, senderOf }: Deps) {
  const timers = new Map<Outgoing, NodeJS.Timeout>()
  /** Wanted by the program itself, such as for a recording; how many times. */
  const kept = new Map<Outgoing, number>()

  const watchers = ({ producer }: Outgoing) => [...peers()].filter((peer) => peer.receiver.wants(producer.id))

  async function settle(outgoing: Outgoing) {
    if (outgoing.producer.closed) return
    const watching = watchers(outgoing)
    const wanted = watching.length > 0 || kept.has(outgoing)
    const sender = senderOf(outgoing)
    if (!sender || outgoing.flow.unseen === !wanted) {
      await branches.flow(outgoing, (branch) => watching.some((peer) => peer.branch === branch))
      return
    }
    // Told first: an encoder takes longer to start than the worker to let its packets through.
    sender.tell('producer:wanted', { producerId: outgoing.producer.id, wanted })
    await outgoing.flow.setUnseen(!wanted)
    await branches.flow(outgoing, (branch) => !wanted || watching.some((peer) => peer.branch === branch))
  }

  const quietly = (outgoing: Outgoing) => void settle(outgoing).catch(() => {})

  function stopWaiting(outgoing: Outgoing) {
    clearTimeout(timers.get(outgoing))
    timers.delete(outgoing)
  }

  function changed(outgoing: Outgoing) {
    if (outgoing.producer.kind !== 'video') return
    stopWaiting(outgoing)
    if (outgoing.producer.closed) return
    if (outgoing.flow.unseen && (kept.has(outgoing) || watchers(outgoing).length > 0)) return quietly(outgoing)
    timers.set(
      outgoing,
      setTimeout(() => {
        timers.delete(outgoing)
        quietly(outgoing)
      }, patienceMs).unref(),
    )
  }

  return {
    /** Somebody began or ceased to look at it, or it is new. */
    changed,
    /** Wants a stream as if somebody watched it, until what is returned is called. */
    keep(outgoing: Outgoing): () => void {
      kept.set(outgoing, (kept.get(outgoing) ?? 0) + 1)
      changed(outgoing)
      return () => {
        const left = (kept.get(outgoing) ?? 1) - 1
        if (left > 0) kept.set(outgoing, left)
        else kept.delete(outgoing)
        changed(outgoing)
      }
    },
    close() {
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
    },
  }
}
