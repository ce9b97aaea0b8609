import type { Logger } from 'pino'
import { v7 } from 'uuid'
import { AppError, found } from '../../shared/errors.ts'
import { contentHash, type MinutesNode } from '../../shared/minutes.ts'
import { contentIn } from '../../shared/minutes-content.ts'
import { writeRefusal } from '../../shared/minutes-stages.ts'
import { type BlockComparison, compareDocuments, type MinutesVersion, type VersionKind } from '../../shared/minutes-versions.ts'
import { type Actor, stranger } from '../../shared/policy.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import type { MeetingService } from '../meetings/service.ts'
import type { MinutesService } from '../minutes/service.ts'
import { lockState } from '../minutes/stages.ts'
import { restoreTo } from './restoring.ts'
import * as store from './store.ts'

/** While somebody writes, a version is kept this often. */
const everyMs = 10 * 60_000

type Deps = {
  db: Db
  audit: AuditService
  meetings: Pick<MeetingService, 'require'>
  minutes: Pick<MinutesService, 'stored' | 'inscribe' | 'document' | 'onStored'>
  now: () => Date
  log: Logger
}
type Keeping = { id?: string; kind: VersionKind; edition: number; name?: string | null; by?: Actor }
type OfMeeting = { meetingId: string }

export type VersionService = ReturnType<typeof createVersionService>

/** The minutes as they were: every so often while they are written, at each change of their stage, by name, and signed. */
export function createVersionService({ db, audit, meetings, minutes, now, log }: Deps) {
  const timers = new Map<string, NodeJS.Timeout>()
  let closed = false

  /** Keeps what is stored now. Null while nobody has begun the minutes. */
  async function keep(tx: Tx, meetingId: string, { id = v7(), kind, edition, name = null, by = stranger }: Keeping) {
    const stored = await minutes.stored(tx, meetingId)
    if (!stored) return null
    const hash = await contentHash(stored.document)
    const { accountId: createdBy, name: createdByName } = by
    const version = { id, meetingId, edition, kind, name, contentHash: hash, createdByName, createdAt: now().toISOString() }
    const isNew = await store.insertVersion(tx, { ...version, state: stored.state, createdBy })
    if (!isNew) throw new AppError('conflict', 'id-taken')
    return { version, document: stored.document }
  }

  /** Keeps what is stored, unless that is what was kept last. */
  const keepIfChanged = (meetingId: string): Promise<void> =>
    db.transaction(async (tx) => {
      const stored = await minutes.stored(tx, meetingId)
      const [newest] = await store.listVersions(tx, meetingId, 1)
      if (!stored || newest?.contentHash === (await contentHash(stored.document))) return
      const { edition } = await lockState(tx, meetingId)
      await keep(tx, meetingId, { kind: 'auto', edition })
    })

  minutes.onStored((meetingId) => {
    if (closed || timers.has(meetingId)) return
    const timer = setTimeout(() => {
      timers.delete(meetingId)
      void keepIfChanged(meetingId).catch((error: unknown) => log.warn({ err: error, meetingId }, 'a version of the minutes was not kept'))
    }, everyMs)
    timers.set(meetingId, timer.unref())
  })

  /** The same again is a retry of what was done; only whoever did it may learn so. */
  async function repeated(tx: Tx, actor: Actor, id: string, meetingId: string): Promise<MinutesVersion | null> {
    const known = await store.findVersion(tx, id)
    return known && known.createdBy === actor.accountId && known.meetingId === meetingId ? shown(known) : null
  }

  async function documentOf(reader: Reader, meetingId: string, which: string): Promise<MinutesNode> {
    if (which === 'now') return minutes.document(meetingId)
    return (await read(reader, meetingId, which)).document
  }

  async function read(reader: Reader, meetingId: string, versionId: string) {
    const version = await store.findVersion(reader, versionId)
    if (version?.meetingId !== meetingId) throw new AppError('not-found', 'no-such-version')
    return { ...shown(version), document: contentIn(version.state) }
  }

  return {
    keep,
    keepIfChanged,

    /** What every region signed as this edition; null where there is no such. Decides no right. */
    async signedDocument(reader: Reader, meetingId: string, edition: number): Promise<MinutesNode | null> {
      const state = await store.findSignedState(reader, meetingId, edition)
      return state && contentIn(state)
    },

    async list(actor: Actor, { meetingId }: OfMeeting): Promise<MinutesVersion[]> {
      await meetings.require(db.reader, actor, 'minutes:read', meetingId)
      return store.listVersions(db.reader, meetingId)
    },

    async get(actor: Actor, { meetingId, versionId }: OfMeeting & { versionId: string }) {
      await meetings.require(db.reader, actor, 'minutes:read', meetingId)
      return read(db.reader, meetingId, versionId)
    },

    async compare(actor: Actor, { meetingId, from, to }: OfMeeting & { from: string; to: string }): Promise<BlockComparison[]> {
      await meetings.require(db.reader, actor, 'minutes:read', meetingId)
      return compareDocuments(await documentOf(db.reader, meetingId, from), await documentOf(db.reader, meetingId, to))
    },

    name: (actor: Actor, { id, meetingId, name }: OfMeeting & { id: string; name: string }): Promise<MinutesVersion> =>
      db.transaction(async (tx) => {
        await meetings.require(tx, actor, 'minutes:edit', meetingId)
        const known = await repeated(tx, actor, id, meetingId)
        if (known) return known
        const { edition } = await lockState(tx, meetingId)
        const kept = await keep(tx, meetingId, { id, kind: 'named', edition, name, by: actor })
        if (!kept) throw new AppError('conflict', 'minutes-not-begun')
        await audit.record(tx, actor, 'version:keep', id, { meetingId, name })
        return kept.version
      }),

    /** @throws AppError `conflict` once the text stands. */
    restore: (actor: Actor, { id, meetingId, versionId }: OfMeeting & { id: string; versionId: string }): Promise<MinutesVersion> =>
      db.transaction(async (tx) => {
        const meeting = await meetings.require(tx, actor, 'minutes:compile', meetingId)
        const known = await repeated(tx, actor, id, meetingId)
        if (known) return known
        const { stage, edition } = await lockState(tx, meetingId)
        const refusal = writeRefusal(actor, stage, meeting)
        if (refusal) throw new AppError('conflict', refusal)
        const { document, name, createdAt } = await read(tx, meetingId, versionId)
        await keep(tx, meetingId, { kind: 'auto', edition })
        await minutes.inscribe(tx, actor, meetingId, (doc) => restoreTo(doc, document))
        const { version } = found(
          await keep(tx, meetingId, { id, kind: 'restored', edition, name: name ?? createdAt, by: actor }),
          'no-such-version',
        )
        await audit.record(tx, actor, 'version:restore', id, { meetingId, versionId })
        return version
      }),

    close() {
      closed = true
      for (const timer of timers.values()) clearTimeout(timer)
    },
  }
}

const shown = ({ state: _state, createdBy: _by, ...version }: NonNullable<Awaited<ReturnType<typeof store.findVersion>>>): MinutesVersion =>
  version
