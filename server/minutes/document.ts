import type { Logger } from 'pino'
import * as Y from 'yjs'
import { minutesClose } from '../../shared/minutes.ts'
import type { Actor } from '../../shared/policy.ts'
import { createPresence, nothingNew } from './presence.ts'
import type { Edit } from './store.ts'
import { mergeInSlices } from './updates.ts'
import { type Frame, frames } from './wire.ts'
import { createWriter } from './writer.ts'

/** Cursors leave as one frame of this many milliseconds. */
const presenceTickMs = 50

/** A connection as a document sees it. */
export type Peer = {
  actor: Actor
  mayEdit: boolean
  send(bytes: Uint8Array): void
  /** Stops or goes on reading from it. */
  hold(held: boolean): void
  close(code: number, reason: string): void
}

type PeerEdit = Edit & { from: Peer }
type FrameOf<K extends Frame['kind']> = Extract<Frame, { kind: K }>

export type LiveDocument = ReturnType<typeof createLiveDocument>

/** The minutes of one meeting in memory, with everybody who has them open. */
export function createLiveDocument(deps: { doc: Y.Doc; store(edits: readonly PeerEdit[]): Promise<void>; log: Logger }) {
  const { doc, log } = deps
  const peers = new Set<Peer>()
  const presence = createPresence<Peer>()
  const moved = new Set<Peer>()
  const writer = createWriter<PeerEdit>({ store: deps.store, onTaken: relay, onPressure: (full) => hold(full), log })
  let held = false
  let presenceTimer: NodeJS.Timeout | undefined

  doc.on('update', (update: Uint8Array, origin: unknown) => {
    // Only connections are origins of changes here; what is restored from the database has none.
    if (peers.has(origin as Peer)) push(update, origin as Peer)
  })

  const push = (update: Uint8Array, from: Peer) => writer.push({ update, actor: from.actor, from })

  function hold(full: boolean) {
    held = full
    for (const peer of peers) if (peer.mayEdit) peer.hold(full)
  }

  /** Tells the others of changes that are now being stored: what nobody tries to store yet, nobody else sees. */
  function relay(edits: readonly PeerEdit[]) {
    const only = edits.every((edit) => edit.from === edits[0]!.from) ? edits[0]!.from : null
    for (const update of mergeInSlices(edits.map((edit) => edit.update))) tell(frames.update(update), only)
  }

  function tell(bytes: Uint8Array, except: Peer | null = null) {
    for (const peer of peers) if (peer !== except) peer.send(bytes)
  }

  /** Nobody hears of itself: the stock provider would take it for news and send it back for ever. */
  function tellMoves() {
    presenceTimer = undefined
    const toOthers = frames.presence(presence.describe(moved) ?? nothingNew)
    for (const peer of peers) {
      const toMover = () => frames.presence(presence.describe([...moved].filter((other) => other !== peer)) ?? nothingNew)
      peer.send(moved.has(peer) ? toMover() : toOthers)
    }
    moved.clear()
  }

  const handlers: { [K in Frame['kind']]: (peer: Peer, frame: FrameOf<K>) => void } = {
    'state-asked': (peer, { stateVector }) => peer.send(frames.state(doc, stateVector)),
    update: (peer, { update, answer }) => {
      if (!peer.mayEdit) return refuse(peer, update, answer)
      apply(peer, update)
    },
    presence(peer, { update }) {
      if (!presence.hear(peer, update)) return
      moved.add(peer)
      presenceTimer ??= setTimeout(tellMoves, presenceTickMs)
    },
    'presence-asked': (peer) => greet(peer),
    mark(peer, { mark }) {
      // Of a reader nothing was stored, whatever it sent.
      if (peer.mayEdit) void writer.stored().then(() => peer.send(frames.stored(mark)))
    },
  }

  function apply(peer: Peer, update: Uint8Array) {
    // Throws on malformed bytes before anything is changed, and without trusting the lengths that they claim.
    Y.decodeUpdate(update)
    const { pendingStructs, pendingDs } = doc.store
    Y.applyUpdate(doc, update, peer)
    // What waits for a change that has not come makes no event, and is just as much the author's words.
    if (doc.store.pendingStructs !== pendingStructs || doc.store.pendingDs !== pendingDs) push(update, peer)
  }

  /** Every client answers the question for its state, a reader's answer has nothing new in it: only a real change is worth a word. */
  function refuse(peer: Peer, update: Uint8Array, answer: boolean) {
    if (answer && Y.decodeUpdate(update).structs.length === 0) return
    peer.send(frames.denied('read-only'))
    peer.send(frames.refused('read-only'))
  }

  function greet(peer: Peer) {
    const others = presence.describe([...presence.all()].filter((other) => other !== peer))
    if (others) peer.send(frames.presence(others))
  }

  return {
    doc,
    join(peer: Peer) {
      peers.add(peer)
      if (held && peer.mayEdit) peer.hold(true)
      peer.send(frames.access(peer.mayEdit))
      peer.send(frames.askState(doc))
      greet(peer)
    },
    leave(peer: Peer) {
      peers.delete(peer)
      moved.delete(peer)
      const gone = presence.leave(peer)
      if (gone) tell(frames.presence(gone))
    },
    /** @throws Error when what the frame carries is malformed. */
    receive<K extends Frame['kind']>(peer: Peer, frame: FrameOf<K>) {
      handlers[frame.kind as K](peer, frame)
    },
    /** Takes over what the server itself wrote and has already stored, and tells everybody. */
    take(state: Uint8Array) {
      Y.applyUpdate(doc, state)
      tell(frames.update(state))
    },
    stored: writer.stored,
    isIdle: () => peers.size === 0 && writer.isIdle(),
    closeAll() {
      for (const peer of peers) peer.close(minutesClose.unavailable, 'closing')
    },
    destroy() {
      clearTimeout(presenceTimer)
      doc.destroy()
    },
  }
}
