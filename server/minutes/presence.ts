import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { presenceColour } from '../../shared/minutes.ts'
import type { Actor } from '../../shared/policy.ts'

const limits = { entries: 500, stateLength: 4_096 }

/** A frame that changes nothing. y-websocket's provider gives up on a connection on which it hears nothing for 30 s. */
export const nothingNew = encodePresence([])

type Entry = { clientId: number; clock: number; state: string }

/**
 * Who is in a document and where their cursors are. Each connection speaks for one Yjs client only, and under the name of its
 * account: what a client says of others (the stock provider echoes them) or of its own name is not taken over.
 */
export function createPresence<P extends { actor: Actor }>(now: () => number = Date.now) {
  const people = new Map<P, { clientId: number; colour: string; state: string }>()
  let lastClock = 0
  // The server counts, not the clients: somebody who reconnects would otherwise come back with a clock that the others have seen.
  const nextClock = () => (lastClock = Math.max(lastClock + 1, now()))
  const ownerOf = (clientId: number) => [...people].find(([, person]) => person.clientId === clientId)?.[0]

  /** An account has one colour, and nobody else's while there are enough. */
  function colourFor(peer: P): string {
    const { accountId } = peer.actor
    const own = people.get(peer) ?? [...people].find(([other]) => other.actor.accountId === accountId)?.[1]
    return own?.colour ?? presenceColour(accountId ?? '', new Set([...people.values()].map((person) => person.colour)))
  }

  function claim(peer: P, entry: Entry): boolean {
    const known = people.get(peer)
    if (known) return known.clientId === entry.clientId
    const owner = ownerOf(entry.clientId)
    if (owner && owner.actor.accountId !== peer.actor.accountId) return false
    if (owner) people.delete(owner)
    return true
  }

  return {
    /** Takes what a connection says of itself; says whether anything changed. @throws Error when it is malformed. */
    hear(peer: P, update: Uint8Array): boolean {
      const own = decodePresence(update).find((entry) => claim(peer, entry))
      if (!own) return false
      const colour = colourFor(peer)
      people.set(peer, { clientId: own.clientId, colour, state: seenBy(peer.actor, colour, own.state) })
      return true
    },
    /** Forgets a connection; gives the frame that takes its cursor away, or null when it had none. */
    leave(peer: P): Uint8Array | null {
      const person = people.get(peer)
      people.delete(peer)
      return person ? encodePresence([{ clientId: person.clientId, clock: nextClock(), state: 'null' }]) : null
    },
    /** What to tell of these connections, or null when there is nothing. */
    describe(peers: Iterable<P>): Uint8Array | null {
      const entries = [...peers].flatMap((peer) => people.get(peer) ?? []).map((person) => ({ ...person, clock: nextClock() }))
      return entries.length > 0 ? encodePresence(entries) : null
    },
    /** The same for each of them without itself: every entry is written once, however many are told. */
    describeOthers(peers: Iterable<P>): Map<P, Uint8Array> {
      const told = [...peers].flatMap((peer) => {
        const person = people.get(peer)
        return person ? [{ peer, bytes: encodeEntry({ ...person, clock: nextClock() }) }] : []
      })
      const all = told.map(({ bytes }) => bytes)
      return new Map(told.map(({ peer }, place) => [peer, joinEntries([...all.slice(0, place), ...all.slice(place + 1)])]))
    },
    all: () => people.keys(),
  }
}

/** The state as others may see it: the name and colour are the account's, the cursor is the client's own. `null` takes it away. */
function seenBy(actor: Actor, color: string, state: string): string {
  const said: unknown = JSON.parse(state)
  if (typeof said !== 'object' || said === null) return 'null'
  const user = { name: actor.name, color, id: actor.accountId }
  return JSON.stringify({ user, cursor: 'cursor' in said ? said.cursor : null })
}

function decodePresence(update: Uint8Array): Entry[] {
  const decoder = decoding.createDecoder(update)
  const length = decoding.readVarUint(decoder)
  if (length > limits.entries) throw new Error('too many presences')
  return Array.from({ length }, () => ({
    clientId: decoding.readVarUint(decoder),
    clock: decoding.readVarUint(decoder),
    state: decoding.readVarString(decoder),
  })).filter((entry) => entry.state.length <= limits.stateLength)
}

function encodePresence(entries: readonly Entry[]): Uint8Array {
  return joinEntries(entries.map(encodeEntry))
}

function encodeEntry(entry: Entry): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, entry.clientId)
  encoding.writeVarUint(encoder, entry.clock)
  encoding.writeVarString(encoder, entry.state)
  return encoding.toUint8Array(encoder)
}

function joinEntries(entries: readonly Uint8Array[]): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, entries.length)
  return Buffer.concat([encoding.toUint8Array(encoder), ...entries])
}
