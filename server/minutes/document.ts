import type { Logger } from 'pino'
import * as Y from 'yjs'
import type { WriteRefusal } from '../../shared/minutes-stages.ts'
import type { Actor } from '../../shared/policy.ts'
import type { Authors } from './authors.ts'
import { createIntake, type News } from './intake.ts'
import type { Lane } from './journal.ts'
import { createMoves } from './moves.ts'
import type { Pace } from './pace.ts'
import type { Peer } from './peer.ts'
import { createRehearsal } from './rehearsal.ts'
import { createReplica } from './replica.ts'
import { type Frame, frames } from './wire.ts'

/** A history that was sent as it is stored is read once that is on its way. */
const readAfterMs = 200

type FrameOf<K extends Frame['kind']> = Extract<Frame, { kind: K }>

export type LiveDocument = ReturnType<typeof createLiveDocument>

type DocumentDeps = {
  /** What is stored, as one update; null when there is nothing. */
  stored: Uint8Array | null
  lane: Lane
  authors: Authors
  pace: Pace
  log: Logger
}

/**
 * The minutes of one meeting in memory, with everybody who has them open. What a turn brings leaves for the others as one frame
 * in the moment in which the journal gets it; it is confirmed to its authors once it is committed.
 */
export function createLiveDocument({ stored, lane, authors, pace, log }: DocumentDeps) {
  const replica = createReplica(stored)
  const peers = new Set<Peer>()
  const moves = createMoves(peers)
  /** Marks to give back, by the next write. */
  const marks = new Map<Peer, Buffer[]>()
  const askers = new Set<Peer>()
  const rehearsal = createRehearsal(replica.read)
  const { staysWithin } = rehearsal
  const intake = createIntake({ replica, lane, authors, staysWithin, onStray, onPressure, onStored, log })
  let scheduled = false
  let reading: NodeJS.Timeout | undefined
  let lastAt = 0
  let full = false
  let frozen = false
  let over = false

  function schedule() {
    if (scheduled || over) return
    scheduled = true
    const waitMs = pace(lastAt)
    // After everything that this turn reads from sockets.
    if (waitMs < 1) setImmediate(turn)
    else setTimeout(turn, waitMs)
  }

  function turn() {
    scheduled = false
    if (over) return
    lastAt = performance.now()
    replica.read()
    tell(intake.apply())
    for (const peer of askers) peer.send(replica.whole())
    askers.clear()
    if (intake.isWaiting()) schedule()
  }

  /** Everybody gets what is new, and with it their own marks, by one write each. */
  function tell({ updates, author }: News) {
    const told = updates.map(frames.update)
    const news = told.length > 1 ? Buffer.concat(told) : told[0]
    if (news) for (const peer of peers) if (peer !== author && !marks.has(peer)) peer.send(news)
    for (const [peer, own] of marks) peer.send(Buffer.concat(news && peer !== author ? [...own, news] : own))
    marks.clear()
  }

  /** A frame that leaves in a moment takes the marks along, and a busy program waits for one. */
  function onStored() {
    if (scheduled || marks.size === 0) return
    if (pace(lastAt) < 1) tell({ updates: [], author: null })
    else schedule()
  }

  function onPressure(now: boolean) {
    full = now
    holdEditors()
  }

  function holdEditors() {
    for (const peer of peers) if (peer.mayEdit) peer.hold(full || frozen)
  }

  const handlers: { [K in Frame['kind']]: (peer: Peer, frame: FrameOf<K>) => void } = {
    'state-asked'(peer, { stateVector }) {
      // Throws on malformed bytes.
      const hasNothing = Y.decodeStateVector(stateVector).size === 0
      if (!replica.isRead()) reading ??= setTimeout(schedule, readAfterMs)
      if (!hasNothing) return peer.send(frames.state(Y.encodeStateAsUpdate(replica.read(), stateVector)))
      if (replica.isEncoded()) return peer.send(replica.whole())
      // Encoded once for all who ask in this turn.
      askers.add(peer)
      schedule()
    },
    update(peer, { update, answer }) {
      // Who is at rest is about to be sent away, and brings what comes now again, under the rights of then.
      if (frozen) return
      if (peer.refusal) return refuse(peer, peer.refusal, update, answer)
      if (peer.astray) return refuse(peer, 'outside-sections', update, answer)
      // The answer of whoever has nothing to tell.
      if (update.length === 2 && update[0] === 0 && update[1] === 0) return
      intake.receive(peer, update)
      schedule()
    },
    presence: (peer, { update }) => moves.hear(peer, update),
    'presence-asked': (peer) => moves.greet(peer),
    mark(peer, { mark }) {
      // Of a reader nothing was stored, whatever it sent.
      if (!peer.mayEdit || peer.astray || frozen) return
      intake.whenStored(() => {
        // What it asks about may just have been refused.
        if (peers.has(peer) && !peer.astray) marks.set(peer, [...(marks.get(peer) ?? []), frames.stored(mark)])
      })
      if (intake.isStored()) onStored()
    },
  }

  /** Every client answers the question for its state, a reader's answer has nothing new in it: only a real change is worth a word. */
  function refuse(peer: Peer, reason: WriteRefusal, update: Uint8Array, answer: boolean) {
    if (answer && Y.decodeUpdate(update).structs.length === 0) return
    tellRefused(peer, reason)
  }

  function tellRefused(peer: Peer, reason: WriteRefusal) {
    peer.send(frames.denied(reason))
    peer.send(frames.refused(reason))
    peer.onRefused(reason)
  }

  function onStray(peer: Peer) {
    peer.astray = true
    marks.delete(peer)
    tellRefused(peer, 'outside-sections')
  }

  return {
    authors,
    /** The document as it is told to everybody. Nobody else changes it. */
    read: replica.read,
    isRead: replica.isRead,
    join(peer: Peer) {
      peers.add(peer)
      if ((full || frozen) && peer.mayEdit) peer.hold(true)
      peer.send(frames.access(peer.refusal))
      // Before anything is answered: a client takes itself for synchronized with the answer, and its marks then cover what it has
      // sent by this question.
      peer.send(frames.askState(replica.stateVector()))
      moves.greet(peer)
    },
    leave(peer: Peer) {
      peers.delete(peer)
      marks.delete(peer)
      askers.delete(peer)
      moves.leave(peer)
      if (peer.within && ![...peers].some(({ within }) => within)) rehearsal.forget()
    },
    /** @throws Error when what the frame carries is malformed. */
    receive<K extends Frame['kind']>(peer: Peer, frame: FrameOf<K>) {
      handlers[frame.kind as K](peer, frame)
    },
    /** Takes over what is stored already, the template or what another node has stored, and tells everybody. */
    take(state: Uint8Array) {
      Y.applyUpdate(replica.read(), state)
      replica.changed()
      tell({ updates: [state], author: null })
    },
    change: (actor: Actor, work: (doc: Y.Doc) => void) => intake.change(actor, work, tell),
    /** What came while nothing could be stored is taken up. */
    resume() {
      if (intake.isWaiting()) schedule()
    },
    /** Resolves once everything that came so far is stored. */
    stored: intake.allStored,
    isIdle: () => peers.size === 0 && intake.isStored(),
    /** Reads nothing more from those who edit, until they are let go. */
    freeze(now: boolean) {
      frozen = now
      holdEditors()
    },
    closeAll(code: number, reason: string) {
      for (const peer of peers) peer.close(code, reason)
    },
    destroy() {
      over = true
      clearTimeout(reading)
      moves.close()
      rehearsal.forget()
      replica.destroy()
    },
  }
}
