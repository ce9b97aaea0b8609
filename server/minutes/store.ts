import { asc, eq, inArray, sql } from 'drizzle-orm'
import * as Y from 'yjs'
import type { Db, Reader, Tx } from '../db/db.ts'
import { accounts } from '../identity/schema.ts'
import type { Binding } from './authors.ts'
import type { Group } from './journal.ts'
import { minutesAuthors, minutesSnapshots, minutesTouches, minutesUpdates } from './schema.ts'
import { mergeInSlices } from './updates.ts'

/** What is stored of one document: its snapshot, if it was begun, and what came after. */
export type Stored = {
  snapshot: { state: Uint8Array; revision: number } | null
  updates: { id: number; update: Uint8Array }[]
  authors: Binding[]
}
/** A snapshot of a live document, and the rows whose changes it is known to hold. */
export type Fold = { state: Uint8Array; revision: number; rowIds: readonly number[] }
export type MinutesStore = ReturnType<typeof createMinutesStore>

export function createMinutesStore(db: Db) {
  return {
    async load(meetingId: string, reader: Reader = db.reader): Promise<Stored> {
      // Updates first: should a compaction commit in between, its snapshot holds them as well, and applying twice changes nothing.
      const updates = await listUpdates(reader, meetingId)
      const [snapshot] = await reader
        .select({ state: minutesSnapshots.state, revision: minutesSnapshots.revision })
        .from(minutesSnapshots)
        .where(eq(minutesSnapshots.meetingId, meetingId))
      const authors = await listAuthors(reader, meetingId)
      return { snapshot: snapshot ?? null, updates, authors }
    },

    /**
     * Stores changes of several documents, all or nothing; gives the ids of the rows by document. `alongside` joins the
     * transaction; without it, and where only changes are to be stored, that is one statement.
     */
    async append(groups: readonly Group[], alongside: ((tx: Tx) => Promise<void>) | null): Promise<Map<string, number[]>> {
      const bindings = groups.flatMap(({ meetingId, bindings }) => bindings.map((binding) => ({ meetingId, ...binding })))
      const touches = groups.flatMap(({ meetingId, touches }) => touches.map((touch) => ({ meetingId, ...touch })))
      const rows = groups.flatMap(({ meetingId, updates }) => updates.map((update) => ({ meetingId, update })))
      if (!alongside && bindings.length === 0 && touches.length === 0) return insertUpdates(db, rows)
      return db.transaction(async (tx) => {
        const ids = await insertAll(tx, { rows, bindings, touches })
        await alongside?.(tx)
        return ids
      })
    },

    /** Stores a change of one document within a transaction; gives the ids of the rows. */
    async appendIn(tx: Tx, { meetingId, updates, bindings, touches }: Pick<Group, 'meetingId' | 'updates' | 'bindings' | 'touches'>) {
      const own = <T extends object>(part: T) => ({ meetingId, ...part })
      const rows = updates.map((update) => ({ meetingId, update }))
      const ids = await insertAll(tx, { rows, bindings: bindings.map(own), touches: touches.map(own) })
      return ids.get(meetingId) ?? []
    },

    /** Begins a document with `state` unless somebody else has; says what it began with. */
    begin: (meetingId: string, state: Uint8Array, alongside: (tx: Tx) => Promise<void>) =>
      db.transaction(async (tx) => {
        const begun = await tx.insert(minutesSnapshots).values({ meetingId, state }).onConflictDoNothing().returning()
        if (begun.length > 0) await alongside(tx)
        const [snapshot] = await tx.select().from(minutesSnapshots).where(eq(minutesSnapshots.meetingId, meetingId))
        return { state: snapshot!.state, revision: snapshot!.revision }
      }),

    /**
     * Puts a live document's state in the place of its snapshot and of the rows that it holds, and removes no other row: one
     * with a lower id that another transaction has not committed yet stays for the next time. Where somebody else has
     * compacted meanwhile, their snapshot may hold what the live document has not: then both are folded together with every
     * row there is. Gives the new revision and, in that case, the state.
     */
    compact: (meetingId: string, fold: Fold) =>
      db.transaction(async (tx) => {
        const [snapshot] = await tx
          .select({ revision: minutesSnapshots.revision, upTo: minutesSnapshots.upTo })
          .from(minutesSnapshots)
          .where(eq(minutesSnapshots.meetingId, meetingId))
          .for('update')
        if (!snapshot) return null
        if (snapshot.revision !== fold.revision) return foldTogether(tx, meetingId, snapshot, [fold.state])
        await replaceSnapshot(tx, meetingId, snapshot, fold)
        return { revision: snapshot.revision + 1, foreign: null }
      }),

    /** Folds what is stored together without any live document. */
    fold: (meetingId: string) =>
      db.transaction(async (tx) => {
        const [snapshot] = await tx.select().from(minutesSnapshots).where(eq(minutesSnapshots.meetingId, meetingId)).for('update')
        return snapshot ? foldTogether(tx, meetingId, snapshot, []) : null
      }),

    /** Who changed which passage. */
    touches: (meetingId: string) =>
      db.reader
        .select({
          blockId: minutesTouches.blockId,
          accountId: minutesTouches.accountId,
          name: accounts.name,
          firstAt: minutesTouches.firstAt,
          lastAt: minutesTouches.lastAt,
        })
        .from(minutesTouches)
        .innerJoin(accounts, eq(accounts.id, minutesTouches.accountId))
        .where(eq(minutesTouches.meetingId, meetingId))
        .orderBy(asc(minutesTouches.lastAt)),

    namesOf: (accountIds: readonly string[]) =>
      accountIds.length === 0
        ? Promise.resolve([])
        : db.reader
            .select({ accountId: accounts.id, name: accounts.name })
            .from(accounts)
            .where(inArray(accounts.id, [...accountIds])),
  }
}

/** Everything that is stored, as one update; null when there is nothing. */
export function stateOf({ snapshot, updates }: Pick<Stored, 'snapshot' | 'updates'>): Uint8Array | null {
  const tail = mergeInSlices(updates.map(({ update }) => update))
  const all = snapshot ? [snapshot.state, ...tail] : tail
  return all.length > 1 ? Y.mergeUpdates(all) : (all[0] ?? null)
}

/** Applies what is stored to a document. */
export function restore(doc: Y.Doc, { snapshot, updates }: Pick<Stored, 'snapshot' | 'updates'>) {
  doc.transact(() => {
    if (snapshot) Y.applyUpdate(doc, snapshot.state)
    for (const { update } of updates) Y.applyUpdate(doc, update)
  })
}

type All = {
  rows: { meetingId: string; update: Uint8Array }[]
  bindings: ({ meetingId: string } & Binding)[]
  touches: { meetingId: string; blockId: string; accountId: string }[]
}

async function insertAll(tx: Tx, { rows, bindings, touches }: All) {
  const inserted = await tx.insert(minutesUpdates).values(rows).returning({ id: minutesUpdates.id, meetingId: minutesUpdates.meetingId })
  for (const part of parts(bindings)) await tx.insert(minutesAuthors).values(part).onConflictDoNothing()
  for (const part of parts(touches)) await upsertTouches(tx, part)
  return idsByMeeting(inserted)
}

/** A statement has room for 65,535 values. */
const rowsPerStatement = 5_000

function* parts<T>(rows: readonly T[]): Generator<T[]> {
  for (let from = 0; from < rows.length; from += rowsPerStatement) yield rows.slice(from, from + rowsPerStatement)
}

/** One statement is one transaction, and costs a third of one that is begun and ended. */
async function insertUpdates(db: Db, rows: readonly { meetingId: string; update: Uint8Array }[]) {
  const { rows: inserted } = await db.pool.query<{ id: string; meetingId: string }>({
    name: 'minutes-updates',
    text: `insert into minutes_updates (meeting_id, update) select * from unnest($1::uuid[], $2::bytea[]) returning id, meeting_id as "meetingId"`,
    values: [rows.map((row) => row.meetingId), rows.map(({ update }) => Buffer.from(update.buffer, update.byteOffset, update.byteLength))],
  })
  return idsByMeeting(inserted.map(({ id, meetingId }) => ({ id: Number(id), meetingId })))
}

function idsByMeeting(rows: readonly { id: number; meetingId: string }[]) {
  const ids = new Map<string, number[]>()
  for (const { id, meetingId } of rows) {
    const known = ids.get(meetingId)
    if (known) known.push(id)
    else ids.set(meetingId, [id])
  }
  return ids
}

async function upsertTouches(tx: Tx, touches: readonly { meetingId: string; blockId: string; accountId: string }[]) {
  const once = new Map(touches.map((touch) => [`${touch.meetingId} ${touch.accountId} ${touch.blockId}`, touch]))
  await tx
    .insert(minutesTouches)
    .values([...once.values()])
    .onConflictDoUpdate({
      target: [minutesTouches.meetingId, minutesTouches.blockId, minutesTouches.accountId],
      set: { lastAt: sql`excluded.last_at` },
    })
}

async function foldTogether(tx: Tx, meetingId: string, locked: { revision: number; upTo: number }, states: readonly Uint8Array[]) {
  const [snapshot] = await tx.select().from(minutesSnapshots).where(eq(minutesSnapshots.meetingId, meetingId))
  const updates = await listUpdates(tx, meetingId)
  const doc = new Y.Doc()
  restore(doc, { snapshot: snapshot!, updates: [...updates, ...states.map((update) => ({ id: 0, update }))] })
  const state = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  await replaceSnapshot(tx, meetingId, locked, { state, rowIds: updates.map(({ id }) => id) })
  return { revision: locked.revision + 1, foreign: state }
}

async function replaceSnapshot(
  tx: Tx,
  meetingId: string,
  { revision, upTo }: { revision: number; upTo: number },
  { state, rowIds }: Pick<Fold, 'state' | 'rowIds'>,
) {
  await tx
    .update(minutesSnapshots)
    .set({
      state,
      revision: revision + 1,
      upTo: rowIds.reduce((most, id) => Math.max(most, id), upTo),
      updatedAt: new Date().toISOString(),
    })
    .where(eq(minutesSnapshots.meetingId, meetingId))
  for (const part of parts(rowIds)) await tx.delete(minutesUpdates).where(inArray(minutesUpdates.id, part))
}

const listUpdates = (reader: Reader, meetingId: string) =>
  reader
    .select({ id: minutesUpdates.id, update: minutesUpdates.update })
    .from(minutesUpdates)
    .where(eq(minutesUpdates.meetingId, meetingId))
    .orderBy(asc(minutesUpdates.id))

const listAuthors = (reader: Reader, meetingId: string): Promise<Binding[]> =>
  reader
    .select({ clientId: minutesAuthors.clientId, fromClock: minutesAuthors.fromClock, accountId: minutesAuthors.accountId })
    .from(minutesAuthors)
    .where(eq(minutesAuthors.meetingId, meetingId))
