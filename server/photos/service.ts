import type { Logger } from 'pino'
import { AppError, found } from '../../shared/errors.ts'
import { subjectOfMeeting } from '../../shared/meetings.ts'
import type { Photo } from '../../shared/photos.ts'
import { type Actor, allow, signedIn } from '../../shared/policy.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Tx } from '../db/db.ts'
import type { MeetingService } from '../meetings/service.ts'
import type { Storage } from '../storage/storage.ts'
import { createPictures } from './pictures.ts'
import * as store from './store.ts'

export type PhotoService = ReturnType<typeof createPhotoService>

type Deps = { db: Db; audit: AuditService; meetings: Pick<MeetingService, 'byId'>; storage: Storage; now: () => Date; log: Logger }

/** Photos that a person may have waiting for a suggestion: an outbox of a few, and no more. */
const mostLoose = 12
/** A photo that no suggestion came for is thrown away after this. */
const looseHours = 24
const sweepEveryMs = 3_600_000
const sweptAtOnce = 100

export type PhotoSize = 'whole' | 'small'
export const keyOf = (photoId: string, size: PhotoSize) => `photos/${photoId}${size === 'small' ? '.small' : ''}.jpg`

/** The pictures that people send with their suggestions. */
export function createPhotoService({ db, audit, meetings, storage, now, log }: Deps) {
  const pictures = createPictures()

  /** The row of an upload that may go on, or the photo where it has been kept before. */
  async function begin(accountId: string, photoId: string): Promise<Photo | null> {
    if ((await store.countLoose(db.reader, accountId)) >= mostLoose && !(await store.findPhoto(db.reader, photoId)))
      throw new AppError('conflict', 'too-many-photos')
    await store.insertPhoto(db.reader, { id: photoId, accountId, createdAt: now().toISOString() })
    const row = found(await store.findPhoto(db.reader, photoId), 'no-such-photo')
    if (row.accountId !== accountId) throw new AppError('conflict', 'id-taken')
    return photoOf(row)
  }

  async function keep(photoId: string, whole: Uint8Array, small: Uint8Array) {
    try {
      await storage.put(keyOf(photoId, 'whole'), whole)
      await storage.put(keyOf(photoId, 'small'), small)
    } catch (error) {
      log.error({ err: error, photoId }, 'the storage did not take a photo')
      throw new AppError('unavailable', 'storage-unavailable')
    }
  }

  /** Throws away what no suggestion came for. Returns how many. */
  async function sweep(): Promise<number> {
    const before = new Date(now().getTime() - looseHours * 3_600_000).toISOString()
    return db.transaction(async (tx) => {
      const ids = (await store.lockLeft(tx, before, sweptAtOnce)).map(({ id }) => id)
      if (ids.length === 0) return 0
      for (const id of ids) for (const size of ['whole', 'small'] as const) await storage.delete(keyOf(id, size))
      await store.deletePhotos(tx, ids)
      return ids.length
    })
  }
  const sweepSoon = () => sweep().catch((error: unknown) => log.warn({ err: error }, 'photos left over were not thrown away; trying again'))
  const timer = setInterval(() => void sweepSoon(), sweepEveryMs).unref()

  return {
    /**
     * Keeps a photo under an id that its sender made. `read` gives what was sent and is called only where it is wanted: the same id
     * again is answered with the first photo.
     * @throws AppError `invalid-input` for what is no photo, `conflict` for another's id or too many that belong to nothing
     */
    async add(actor: Actor, photoId: string, read: () => Promise<Uint8Array>): Promise<Photo> {
      allow(actor, 'photo:add')
      const known = await begin(signedIn(actor), photoId)
      if (known) return known
      const { whole, small, width, height } = await pictures.photo(await read())
      await keep(photoId, whole, small)
      await db.transaction(async (tx) => {
        if (await store.completePhoto(tx, { id: photoId, bytes: whole.length, width, height }))
          await audit.record(tx, actor, 'photo:add', photoId, { bytes: whole.length })
      })
      return found(photoOf(await store.findPhoto(db.reader, photoId)), 'no-such-photo')
    },

    /** Of these photos those that are whole and belong to nothing yet, with whose they are; nobody else can take them until the transaction ends. */
    async lockFree(tx: Tx, photoIds: string[]): Promise<Map<string, string>> {
      if (photoIds.length === 0) return new Map()
      return new Map((await store.lockFree(tx, photoIds)).map(({ id, accountId }) => [id, accountId]))
    },

    /** Ties the photos that suggestions name to them, within the transaction that posts them and that has locked the photos. */
    async attach(tx: Tx, suggestions: readonly { id: string; photoIds: string[] }[]) {
      for (const { id, photoIds } of suggestions) if (photoIds.length > 0) await store.attachPhotos(tx, id, photoIds)
    },

    /**
     * Ties a photo to the minutes of a meeting, for whoever writes them; tied already, it stays as it is.
     * @throws AppError `not-found` for what is not somebody's own, or belongs to something else.
     */
    async addToMinutes(actor: Actor, { photoId, meetingId }: { photoId: string; meetingId: string }): Promise<{ photoId: string }> {
      return db.transaction(async (tx) => {
        const meeting = await meetings.byId(tx, meetingId)
        allow(actor, 'minutes:edit', subjectOfMeeting(meeting))
        const row = await store.findPhoto(tx, photoId)
        if (row?.meetingId === meetingId) return { photoId }
        const [free] = await store.lockFree(tx, [photoId])
        if (free?.accountId !== signedIn(actor)) throw new AppError('not-found', 'no-such-photo')
        await store.attachToMinutes(tx, photoId, meetingId)
        await audit.record(tx, actor, 'minutes:add-image', meetingId, { photoId })
        return { photoId }
      })
    },

    /** What an anonymous visitor has uploaded is from now on the account's. */
    unite: (tx: Tx, from: string, to: string) => store.movePhotos(tx, from, to),

    /** Whose photo it is and to which suggestion, or to the minutes of which meeting, it belongs. */
    async find(photoId: string): Promise<{ accountId: string; suggestionId: string | null; meetingId: string | null }> {
      const row = await store.findPhoto(db.reader, photoId)
      if (!photoOf(row)) throw new AppError('not-found', 'no-such-photo')
      return row!
    },

    storage,
    sweep,
    close: () => clearInterval(timer),
  }
}

function photoOf(row: store.Row | undefined): Photo | null {
  if (!row || row.bytes === null || row.width === null || row.height === null) return null
  return { id: row.id, bytes: row.bytes, width: row.width, height: row.height }
}
