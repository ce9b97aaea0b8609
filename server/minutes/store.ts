import { asc, eq, inArray } from 'drizzle-orm'
import * as Y from 'yjs'
import type { Actor } from '../../shared/policy.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import { minutesSnapshots, minutesUpdates } from './schema.ts'
import { mergeInSlices, runsOf } from './updates.ts'

export type Edit = { update: Uint8Array; actor: Actor }
/** What is stored of one document: its snapshot, if it was begun, and what came after. */
export type Stored = { state: Uint8Array | null; updates: Uint8Array[] }
export type MinutesStore = ReturnType<typeof createMinutesStore>

export function createMinutesStore(db: Db) {
  return {
    async load(meetingId: string): Promise<Stored> {
      // Updates first: should a compaction commit in between, its snapshot holds them as well, and applying twice changes nothing.
      const updates = await listUpdates(db.reader, meetingId)
      const [snapshot] = await db.reader.select().from(minutesSnapshots).where(eq(minutesSnapshots.meetingId, meetingId))
      return { state: snapshot?.state ?? null, updates: updates.map((row) => row.update) }
    },

    /** Stores the edits in order, one row for each run of one author. `alongside` joins the same transaction. */
    append: (meetingId: string, edits: readonly Edit[], alongside: (tx: Tx) => Promise<void>) =>
      db.transaction(async (tx) => {
        const rows = runsOf(edits, (edit) => edit.actor.accountId).flatMap((run) =>
          mergeInSlices(run.map((edit) => edit.update)).map((update) => ({ meetingId, update, accountId: run[0]!.actor.accountId })),
        )
        await tx.insert(minutesUpdates).values(rows)
        await alongside(tx)
      }),

    /** Begins a document with `state` unless somebody else has; says whether it was this call that did, and what it began with. */
    begin: (meetingId: string, state: Uint8Array, alongside: (tx: Tx) => Promise<void>) =>
      db.transaction(async (tx) => {
        const begun = await tx.insert(minutesSnapshots).values({ meetingId, state }).onConflictDoNothing().returning()
        if (begun.length > 0) await alongside(tx)
        const [snapshot] = await tx.select().from(minutesSnapshots).where(eq(minutesSnapshots.meetingId, meetingId))
        return snapshot!.state
      }),

    /**
     * Folds the stored updates into the snapshot. Removes exactly the rows that it read: one with a lower id that another
     * transaction has not committed yet stays for the next time.
     */
    compact: (meetingId: string) =>
      db.transaction(async (tx) => {
        const [snapshot] = await tx.select().from(minutesSnapshots).where(eq(minutesSnapshots.meetingId, meetingId)).for('update')
        if (!snapshot) return
        const updates = await listUpdates(tx, meetingId)
        if (updates.length === 0) return
        const state = encode({ state: snapshot.state, updates: updates.map((row) => row.update) })
        const upTo = Math.max(snapshot.upTo, updates.at(-1)!.id)
        await tx
          .update(minutesSnapshots)
          .set({ state, upTo, updatedAt: new Date().toISOString() })
          .where(eq(minutesSnapshots.meetingId, meetingId))
        for (let from = 0; from < updates.length; from += 1_000) {
          const ids = updates.slice(from, from + 1_000).map((row) => row.id)
          await tx.delete(minutesUpdates).where(inArray(minutesUpdates.id, ids))
        }
      }),
  }
}

/** Applies what is stored to a document. */
export function restore(doc: Y.Doc, stored: Stored) {
  doc.transact(() => {
    if (stored.state) Y.applyUpdate(doc, stored.state)
    for (const update of stored.updates) Y.applyUpdate(doc, update)
  })
}

function encode(stored: Stored) {
  const doc = new Y.Doc()
  restore(doc, stored)
  const state = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return state
}

const listUpdates = (reader: Reader, meetingId: string) =>
  reader
    .select({ id: minutesUpdates.id, update: minutesUpdates.update })
    .from(minutesUpdates)
    .where(eq(minutesUpdates.meetingId, meetingId))
    .orderBy(asc(minutesUpdates.id))
