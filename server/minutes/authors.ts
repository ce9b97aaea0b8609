import * as Y from 'yjs'
import { blockIdSchema, minutesField } from '../../shared/minutes.ts'

/** From this clock on, what this Yjs client wrote came over a connection of this account. */
export type Binding = { clientId: number; fromClock: number; accountId: string }
/** An account changed a passage, by writing or erasing. */
export type Touch = { blockId: string; accountId: string }
/** A part of what one Yjs client wrote, from one clock up to another. */
export type Range = { clientId: number; from: number; to: number }

/** While somebody goes on writing in a passage it is noted this often. */
const touchEveryMs = 10_000

type Update = ReturnType<typeof Y.decodeUpdate>
type Bound = { fromClock: number; accountId: string }

/** What an update brings of each Yjs client. */
export function rangesOf(decoded: Update): Range[] {
  const ranges = new Map<number, Range>()
  for (const struct of decoded.structs) {
    if (struct instanceof Y.Skip) continue
    const { client, clock } = struct.id
    const known = ranges.get(client)
    if (known) known.to = clock + struct.length
    else ranges.set(client, { clientId: client, from: clock, to: clock + struct.length })
  }
  return [...ranges.values()]
}

export type Authors = ReturnType<typeof createAuthors>

/**
 * Who wrote what in one document. A Yjs client id is a page's own claim; what counts is over whose signed-in connection its
 * words came first. A page writes under one id, so this is one entry a page; only if somebody else brings later words of that
 * id (after a break, words that the server had lost) does another begin at their clock.
 */
export function createAuthors(known: readonly Binding[], now: () => number = Date.now) {
  const clients = new Map<number, { bounds: Bound[]; upTo: number }>()
  const touched = new Map<string, { accountId: string; at: number }>()
  for (const binding of known) remember(binding)

  function remember({ clientId, fromClock, accountId }: Binding) {
    const client = clients.get(clientId) ?? { bounds: [], upTo: 0 }
    clients.set(clientId, client)
    client.bounds = [...client.bounds, { fromClock, accountId }].sort((one, other) => one.fromClock - other.fromClock)
    client.upTo = Math.max(client.upTo, fromClock)
  }

  const boundAt = (clientId: number, clock: number) => clients.get(clientId)?.bounds.findLast((bound) => bound.fromClock <= clock)

  return {
    /** Notes whose connection brought this; gives what has to be stored of it. */
    bind({ clientId, from, to }: Range, accountId: string): Binding[] {
      const bound = boundAt(clientId, from)
      const isNew = !bound || (bound.accountId !== accountId && from >= clients.get(clientId)!.upTo)
      const binding = { clientId, fromClock: from, accountId }
      if (isNew) remember(binding)
      const client = clients.get(clientId)!
      client.upTo = Math.max(client.upTo, to)
      return isNew ? [binding] : []
    },

    /** Says which of these passages are worth noting as changed by this account now. */
    touch(blockIds: Iterable<string>, accountId: string): Touch[] {
      return [...blockIds].flatMap((blockId) => {
        const last = touched.get(blockId)
        if (last?.accountId === accountId && now() - last.at < touchEveryMs) return []
        touched.set(blockId, { accountId, at: now() })
        return [{ blockId, accountId }]
      })
    },

    /** Cuts a range where its author changes. `accountId` is null for what no account brought: the template. */
    cut({ clientId, from, to }: Range): { accountId: string | null; length: number }[] {
      const bounds = clients.get(clientId)?.bounds ?? []
      const cuts = [from, ...bounds.map((bound) => bound.fromClock).filter((clock) => clock > from && clock < to), to]
      return cuts
        .slice(1)
        .map((end, place) => ({ accountId: boundAt(clientId, cuts[place]!)?.accountId ?? null, length: end - cuts[place]! }))
    },
  }
}

/** The passages in which these parts stand, or stood until they were erased. */
export function blocksTouched(doc: Y.Doc, parts: readonly Range[]): Set<string> {
  const blockIds = new Set<string>()
  for (const part of parts) {
    for (const item of itemsIn(doc, part)) {
      const blockId = blockOf(doc, item)
      if (blockId !== null) blockIds.add(blockId)
    }
  }
  return blockIds
}

function* itemsIn(doc: Y.Doc, { clientId, from, to }: Range): Generator<Y.Item> {
  const structs = doc.store.clients.get(clientId)
  const end = Math.min(to, Y.getState(doc.store, clientId))
  if (!structs || from >= end) return
  for (let place = Y.findIndexSS(structs, from); place < structs.length && structs[place]!.id.clock < end; place++) {
    const struct = structs[place]!
    // What was collected as garbage says nothing any more of where it stood: its whole passage is gone.
    if (struct instanceof Y.Item) yield struct
  }
}

/** The passage of the minutes that an item is in, or is. */
function blockOf(doc: Y.Doc, item: Y.Item): string | null {
  let top = item
  let parent = item.parent
  while (parent instanceof Y.AbstractType && parent._item) {
    top = parent._item
    parent = top.parent
  }
  if (parent !== doc.share.get(minutesField) || !(top.content instanceof Y.ContentType)) return null
  const { type } = top.content
  return type instanceof Y.XmlElement ? (blockIdSchema.safeParse(type.getAttribute('blockId')).data ?? null) : null
}
