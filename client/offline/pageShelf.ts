import * as Y from 'yjs'
import { type Copy, type Holder, isSettled, type Kept, type Place, type Shelf, settledOf, toldOf } from './shelf.ts'

/** A shelf in the page's own memory, where the browser lets nothing be kept. */
export function createPageShelf(): Shelf {
  const copies = new Map<string, Copy & Place>()
  const kept = new Map<string, Kept>()
  const keyOf = ({ accountId, meetingId }: Place) => `${accountId} ${meetingId}`
  const isOf = (accountId: string) => (one: Place) => one.accountId === accountId
  let last: Holder | null = null

  return {
    durable: false,
    holder: async () => last,
    copyOf: async (place) => copies.get(keyOf(place)) ?? null,
    async keep(place, { update, page, changes, described }) {
      const known = copies.get(keyOf(place))
      const whole = [known?.update, update].filter((part) => part != null)
      if (whole.length === 0) return
      last = { accountId: place.accountId, name: place.name }
      copies.set(keyOf(place), {
        accountId: place.accountId,
        meetingId: place.meetingId,
        update: Y.mergeUpdates(whole),
        unsaved: toldOf(known?.unsaved ?? {}, page, changes),
        described: described ?? known?.described ?? null,
      })
    },
    async settle(place, settled) {
      const known = copies.get(keyOf(place))
      if (known) copies.set(keyOf(place), { ...known, unsaved: settledOf(known.unsaved, settled) })
    },
    async forget(place, anyway = false) {
      const known = copies.get(keyOf(place))
      if (anyway || (known && isSettled(known.unsaved))) copies.delete(keyOf(place))
    },
    async setAside(words) {
      kept.set(words.id, words)
      copies.delete(keyOf(words))
    },
    keptOf: async (place) => [...kept.values()].filter((one) => keyOf(one) === keyOf(place)),
    async passed(id, passage) {
      const words = kept.get(id)
      if (words) kept.set(id, { ...words, done: [...words.done, passage] })
    },
    discard: async (id) => void kept.delete(id),
    async unsent(accountId) {
      const left = [...copies.values()].filter(({ unsaved }) => !isSettled(unsaved))
      return new Set([...left, ...kept.values()].filter(isOf(accountId)).map(keyOf)).size
    },
    async clear(accountId) {
      for (const [key, copy] of copies) if (copy.accountId === accountId) copies.delete(key)
      for (const [id, words] of kept) if (words.accountId === accountId) kept.delete(id)
      if (last?.accountId === accountId) last = null
    },
    close: () => undefined,
  }
}
