import * as Y from 'yjs'
import { z } from 'zod'
import { meetingSchema } from '../../shared/meetings.ts'
import { createPageShelf } from './pageShelf.ts'
import {
  copyDays,
  type Described,
  type Holder,
  isSettled,
  type Kept,
  type Place,
  type Shelf,
  settledOf,
  toldOf,
  type Unsaved,
} from './shelf.ts'

const databaseName = 'yishi-minutes'
/** A copy of more parts is made one again: opening it reads them all. */
const mostParts = 400
/** Nobody waits for what is old to be thrown away. */
const tidyAfterMs = 10_000

/** What an older program has left may not be what this one knows. */
const describedSchema = z.object({ meeting: meetingSchema, items: z.array(z.string()).nullable() })

type CopyRow = Place & { openedAt: number; unsaved: Unsaved; described: Described | null; parts: number }
type PartRow = Place & { update: Uint8Array }

const keyOf = ({ accountId, meetingId }: Place) => [accountId, meetingId]
/** Every key of an account: an array sorts after every text. */
const ofAccount = (accountId: string) => IDBKeyRange.bound([accountId], [accountId, []])

/** The browser's own storage; the page's memory where the browser has none or refuses it. */
export async function openShelf(): Promise<Shelf> {
  try {
    const database = await openDatabase()
    setTimeout(() => void tidy(database).catch(() => undefined), tidyAfterMs)
    return createDeviceShelf(database)
  } catch {
    return createPageShelf()
  }
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(databaseName, 1)
  request.onupgradeneeded = () => {
    const database = request.result
    database.createObjectStore('holder')
    database.createObjectStore('copies')
    database.createObjectStore('parts', { autoIncrement: true }).createIndex('place', ['accountId', 'meetingId'])
    database.createObjectStore('kept', { keyPath: 'id' }).createIndex('place', ['accountId', 'meetingId'])
  }
  return answerOf(request)
}

const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

type Stores = { copies: IDBObjectStore; parts: IDBObjectStore; kept: IDBObjectStore; holder: IDBObjectStore }

/** Runs work in one transaction; resolves once that is on the device. */
async function within<T>(database: IDBDatabase, mode: IDBTransactionMode, work: (stores: Stores) => Promise<T>): Promise<T> {
  const transaction = database.transaction(['copies', 'parts', 'kept', 'holder'], mode)
  const done = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error)
  })
  const [store, parts, kept, holder] = (['copies', 'parts', 'kept', 'holder'] as const).map((name) => transaction.objectStore(name))
  const [result] = await Promise.all([work({ copies: store!, parts: parts!, kept: kept!, holder: holder! }), done])
  return result
}

const copyRow = ({ copies }: Stores, place: Place) => answerOf<CopyRow | undefined>(copies.get(keyOf(place)))

async function deleteParts({ parts }: Stores, range: IDBKeyRange) {
  for (const key of await answerOf(parts.index('place').getAllKeys(range))) parts.delete(key)
}

/** Makes the parts of a copy one; null when there are none. */
async function joinParts(stores: Stores, place: Place): Promise<Uint8Array | null> {
  const range = IDBKeyRange.only(keyOf(place))
  const rows = await answerOf<PartRow[]>(stores.parts.index('place').getAll(range))
  if (rows.length === 0) return null
  const update = Y.mergeUpdates(rows.map((row) => row.update))
  if (rows.length > 1) {
    await deleteParts(stores, range)
    stores.parts.add({ accountId: place.accountId, meetingId: place.meetingId, update } satisfies PartRow)
  }
  return update
}

async function deleteCopy(stores: Stores, place: Place) {
  stores.copies.delete(keyOf(place))
  await deleteParts(stores, IDBKeyRange.only(keyOf(place)))
}

function tidy(database: IDBDatabase): Promise<void> {
  const oldest = Date.now() - copyDays * 86_400_000
  return within(database, 'readwrite', async (stores) => {
    for (const row of await answerOf<CopyRow[]>(stores.copies.getAll()))
      if (row.openedAt < oldest && isSettled(row.unsaved)) await deleteCopy(stores, row)
  })
}

function createDeviceShelf(database: IDBDatabase): Shelf {
  const read = <T>(work: (stores: Stores) => Promise<T>) => within(database, 'readonly', work)
  const write = <T>(work: (stores: Stores) => Promise<T>) => within(database, 'readwrite', work)
  // A newer program in another tab waits for this.
  database.onversionchange = () => database.close()

  return {
    durable: true,
    holder: () => read(async ({ holder }) => (await answerOf<Holder | undefined>(holder.get('last'))) ?? null),
    copyOf: (place) =>
      write(async (stores) => {
        const row = await copyRow(stores, place)
        const update = row ? await joinParts(stores, place) : null
        if (!row || !update) return null
        stores.copies.put({ ...row, openedAt: Date.now(), parts: 1 } satisfies CopyRow, keyOf(place))
        return { update, unsaved: row.unsaved, described: describedSchema.safeParse(row.described).data ?? null }
      }),
    keep: (place, { update, page, changes, described }) =>
      write(async (stores) => {
        const known = await copyRow(stores, place)
        if (!known && !update) return
        const { accountId, meetingId, name } = place
        if (update) stores.parts.add({ accountId, meetingId, update } satisfies PartRow)
        const count = (known?.parts ?? 0) + (update ? 1 : 0)
        if (count > mostParts) await joinParts(stores, place)
        const row: CopyRow = {
          accountId,
          meetingId,
          openedAt: Date.now(),
          unsaved: toldOf(known?.unsaved ?? {}, page, changes),
          described: described ?? known?.described ?? null,
          parts: count > mostParts ? 1 : count,
        }
        stores.copies.put(row, keyOf(place))
        stores.holder.put({ accountId, name } satisfies Holder, 'last')
      }),
    settle: (place, settled) =>
      write(async (stores) => {
        const row = await copyRow(stores, place)
        if (row) stores.copies.put({ ...row, unsaved: settledOf(row.unsaved, settled) } satisfies CopyRow, keyOf(place))
      }),
    forget: (place, anyway = false) =>
      write(async (stores) => {
        const row = await copyRow(stores, place)
        if (row && (anyway || isSettled(row.unsaved))) await deleteCopy(stores, place)
      }),
    setAside: (words) =>
      write(async (stores) => {
        stores.kept.put(words)
        await deleteCopy(stores, words)
      }),
    keptOf: (place) => read(({ kept }) => answerOf<Kept[]>(kept.index('place').getAll(IDBKeyRange.only(keyOf(place))))),
    passed: (id, passage) =>
      write(async ({ kept }) => {
        const words = await answerOf<Kept | undefined>(kept.get(id))
        if (words) kept.put({ ...words, done: [...words.done, passage] } satisfies Kept)
      }),
    discard: (id) => write(async ({ kept }) => void kept.delete(id)),
    unsent: (accountId) =>
      read(async ({ copies, kept }) => {
        const rows = await answerOf<CopyRow[]>(copies.getAll(ofAccount(accountId)))
        const words = await answerOf<Kept[]>(kept.index('place').getAll(ofAccount(accountId)))
        return new Set([...rows.filter(({ unsaved }) => !isSettled(unsaved)), ...words].map(({ meetingId }) => meetingId)).size
      }),
    clear: (accountId) =>
      write(async (stores) => {
        stores.copies.delete(ofAccount(accountId))
        await deleteParts(stores, ofAccount(accountId))
        for (const key of await answerOf(stores.kept.index('place').getAllKeys(ofAccount(accountId)))) stores.kept.delete(key)
        const last = await answerOf<Holder | undefined>(stores.holder.get('last'))
        if (last?.accountId === accountId) stores.holder.delete('last')
      }),
    close: () => database.close(),
  }
}
