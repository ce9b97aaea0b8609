import type { Logger } from 'pino'
import * as Y from 'yjs'
import { AppError } from '../../shared/errors.ts'
import { minutesClose } from '../../shared/minutes.ts'
import type { Actor } from '../../shared/policy.ts'
import { type Authors, blocksTouched, rangesOf } from './authors.ts'
import { applyAll, captured, type Edit, erasedIn, type Gain, inRuns } from './editing.ts'
import type { Lane } from './journal.ts'
import type { Peer } from './peer.ts'
import type { Replica } from './replica.ts'

/** More than that arrived and is not stored yet: those who write are held until half of it is. */
const limits = { edits: 10_000, bytes: 4 * 1024 * 1024 }
/** What one turn applies at most: some 10 ms. */
const editsPerTurn = 1_000

/** Whose change it is. What the server itself does in somebody's name came over no connection. */
type Author = { actor: Actor; peer: Peer | null }
/** What is new, as few updates, and the only one who knows it already, if there is one. */
export type News = { updates: readonly Uint8Array[]; author: Peer | null }

const nothing: News = { updates: [], author: null }

type IntakeDeps = {
  replica: Replica
  lane: Lane
  authors: Authors
  /** Whether a change leaves alone what is outside the sections of these agenda items. */
  staysWithin(update: Uint8Array, own: ReadonlySet<string>): boolean
  /** This one's change did not; neither it nor what builds on it is taken. */
  onStray(peer: Peer): void
  /** Too much is not stored yet (true), or there is room again (false). */
  onPressure(full: boolean): void
  /** Something more is stored. */
  onStored(): void
  log: Logger
}

const isLimited = ({ from }: Edit<Author>) => !!from.peer?.within

/** Takes changes into a document: what came in a turn is applied together and handed to the journal in the same moment. */
export function createIntake({ replica, lane, authors, staysWithin, onStray, onPressure, onStored, log }: IntakeDeps) {
  const inbox: Edit<Author>[] = []
  const waiting: { upTo: number; done(): void }[] = []
  let received = 0
  let stored = 0
  let bytes = 0
  let full = false

  function press() {
    const factor = full ? 0.5 : 1
    const now = received - stored > limits.edits * factor || bytes > limits.bytes * factor
    if (now === full) return
    full = now
    onPressure(full)
  }

  function arrive(edit: Edit<Author>) {
    received += 1
    bytes += edit.update.length
    press()
    return edit
  }

  function hand(edits: readonly Edit<Author>[], updates: readonly Uint8Array[], gains: readonly Gain<Author>[]) {
    const signed = gains.flatMap(({ edit, ...gain }) => {
      const { accountId } = edit.from.actor
      return accountId === null ? [] : [{ accountId, ...gain }]
    })
    lane.append({
      updates,
      actors: updates.length > 0 ? [...new Set(gains.map(({ edit }) => edit.from.actor))] : [],
      bindings: signed.flatMap(({ ranges, accountId }) => ranges.flatMap((range) => authors.bind(range, accountId))),
      touches: signed.flatMap(({ blockIds, accountId }) => authors.touch(blockIds, accountId)),
      onStored: () => settle(edits),
    })
    if (updates.length > 0) replica.changed()
  }

  function settle(edits: readonly Edit<Author>[]) {
    stored += edits.length
    for (const { update } of edits) bytes -= update.length
    while (waiting[0] && waiting[0].upTo <= stored) waiting.shift()!.done()
    press()
    onStored()
  }

  /** Applies what came. What nobody can store nobody else gets to see, so it waits while the journal is stuck. */
  function apply(): News {
    if (inbox.length === 0 || lane.isStuck()) return nothing
    const edits = inbox.splice(0, editsPerTurn)
    const { updates, gains } = edits.some(isLimited) ? takeInTurn(edits) : take(edits)
    // What was refused is handed on as well: it counts as dealt with once all that came before it is stored.
    hand(edits, updates, gains)
    const { peer } = edits[0]!.from
    return { updates, author: edits.every(({ from }) => from.peer === peer) ? peer : null }
  }

  const take = (edits: readonly Edit<Author>[]) =>
    applyAll(replica.read(), edits, ({ from }, error) => {
      log.debug({ err: error }, 'an edit of the minutes cannot be applied')
      from.peer?.close(minutesClose.malformed, 'malformed-frame')
    })

  /** Each change of somebody who is limited is tried on what all before it have made of the document. */
  function takeInTurn(edits: readonly Edit<Author>[]) {
    const taken = [...inRuns(edits, isLimited)].map((run) => take(run.filter(isTaken)))
    return { updates: taken.flatMap(({ updates }) => updates), gains: taken.flatMap(({ gains }) => gains) }
  }

  function isTaken({ update, from: { peer } }: Edit<Author>): boolean {
    if (!peer?.within) return true
    if (!peer.astray && !staysWithin(update, peer.within)) onStray(peer)
    return !peer.astray
  }

  /** Calls back once everything that came so far is stored. */
  function whenStored(done: () => void) {
    if (stored === received) done()
    else waiting.push({ upTo: received, done })
  }

  const allStored = () => new Promise<void>((resolve) => whenStored(resolve))

  return {
    /** @throws Error on malformed bytes, before anything is changed, and without trusting the lengths that they claim. */
    receive(peer: Peer, update: Uint8Array) {
      inbox.push(arrive({ update, decoded: Y.decodeUpdate(update), from: { actor: peer.actor, peer } }))
    },
    apply,
    /** There is something to apply, and a use in applying it. */
    isWaiting: () => inbox.length > 0 && !lane.isStuck(),
    isStored: () => stored === received,
    whenStored,
    allStored,
    /**
     * Changes the document in somebody's name. `tell` gets what is new before it; resolves once all is stored.
     * @throws AppError `unavailable` while nothing can be stored.
     */
    async change(actor: Actor, work: (doc: Y.Doc) => void, tell: (news: News) => void): Promise<void> {
      while (inbox.length > 0) {
        if (lane.isStuck()) throw new AppError('unavailable', 'unavailable')
        tell(apply())
      }
      const doc = replica.read()
      const update = captured(doc, () => work(doc))
      if (update) {
        const edit = arrive({ update, decoded: Y.decodeUpdate(update), from: { actor, peer: null } })
        const ranges = rangesOf(edit.decoded)
        hand([edit], [update], [{ edit, ranges, blockIds: blocksTouched(doc, [...ranges, ...erasedIn(edit)]) }])
        tell({ updates: [update], author: null })
      }
      await allStored()
    },
  }
}
