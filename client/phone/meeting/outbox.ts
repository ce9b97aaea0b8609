import type { Result } from '../../../shared/commands.ts'
import type { ErrorCode, Failure } from '../../../shared/errors.ts'
import type { PostedSuggestion, Suggestion } from '../../../shared/suggestions.ts'
import type { PhotoKeep } from '../photos/keep.ts'
import type { Storage } from '../storage.ts'

/** A suggestion its author has sent, until the server has answered for it. */
export type Waiting = {
  id: string
  meetingId: string
  text: string
  authorName: string
  category?: string
  place?: string
  /** The short code by which its author came, where it is a site's or a station's. */
  via?: string
  /** Pictures kept on this phone, and those of them that the server has by now. */
  photoIds: string[]
  uploaded: string[]
  queuedAt: string
  /** Why the server does not want it. While null, it is tried again. */
  refusal: Failure | null
}

/** A receipt kept on this phone. */
export type KeptReceipt = { receipt: string; suggestion: Suggestion }

type Deps = {
  code: string
  storage: Storage
  post: (suggestion: {
    id: string
    meetingId: string
    text: string
    authorName?: string
    category?: string
    place?: string
    via?: string
    photoIds?: string[]
  }) => Promise<Result<PostedSuggestion>>
  photos: Pick<PhotoKeep, 'get' | 'forget'>
  upload: (photoId: string, bytes: ArrayBuffer, onProgress: (share: number) => void) => Promise<Result<unknown>>
  onChange: () => void
  onPosted: (posted: PostedSuggestion) => void
  firstRetryMs?: number
}

export type Outbox = ReturnType<typeof createOutbox>

// With these the server has not decided; the same id is sent again, and the server answers a repetition with the first result.
const passing: readonly ErrorCode[] = ['unavailable', 'internal', 'too-many-requests', 'not-signed-in']
/** Somebody has cleared the browser's data, or the page was closed where it could keep nothing. */
const photoLost: Failure = { code: 'not-found', reason: 'photo-lost' }
const longestRetryMs = 60_000

/**
 * Sends suggestions one after the other and keeps each on the phone until its receipt is there. Every entry has its own key,
 * so that two tabs never overwrite one another's.
 */
export function createOutbox({ code, storage, post, photos, upload, onChange, onPosted, firstRetryMs = 4_000 }: Deps) {
  const keyOf = (id: string) => `outbox.${code}.${id}`
  let sending: string | null = null
  let progress = 0
  let lastFailure: Failure | null = null
  let retryMs = firstRetryMs
  let timer: ReturnType<typeof setTimeout> | undefined
  let closed = false

  const list = () => storage.list<Waiting>(`outbox.${code}.`).sort((a, b) => a.id.localeCompare(b.id))
  const next = () => list().find((entry) => entry.refusal === null)

  function settle(entry: Waiting, result: Result<PostedSuggestion>): boolean {
    if (result.ok) {
      // The receipt first: if the page dies in between, the suggestion is sent again and gets the same receipt.
      keepReceipt(storage, code, result.value)
      storage.remove(keyOf(entry.id))
      void photos.forget(entry.photoIds)
      retryMs = firstRetryMs
      onPosted(result.value)
      return true
    }
    if (result.error.reason === 'no-such-photo' && entry.uploaded.length > 0) {
      // It waited for so long that the server has thrown the pictures away; they are still here.
      storage.set(keyOf(entry.id), { ...entry, uploaded: [] })
      lastFailure = null
      return false
    }
    if (!passing.includes(result.error.code)) {
      // Another tab may have got it through meanwhile; then it is gone from here and nothing was refused.
      if (storage.get(keyOf(entry.id))) storage.set(keyOf(entry.id), { ...entry, refusal: result.error })
      return true
    }
    lastFailure = result.error
    return false
  }

  /** The pictures first, one by one, so that what has arrived need not be sent again; then the words that name them. */
  async function send(entry: Waiting): Promise<boolean> {
    for (const [index, photoId] of entry.photoIds.entries()) {
      if (entry.uploaded.includes(photoId)) continue
      const bytes = await photos.get(photoId)
      const tell = (share: number) => {
        progress = (index + share) / entry.photoIds.length
        onChange()
      }
      const result: Result<unknown> = bytes ? await upload(photoId, bytes, tell) : { ok: false, error: photoLost }
      if (!result.ok) return settle(entry, result)
      entry.uploaded.push(photoId)
      if (storage.get(keyOf(entry.id))) storage.set(keyOf(entry.id), entry)
    }
    progress = 1
    const { id, meetingId, text, authorName, category, place, via, photoIds } = entry
    const more = {
      ...(authorName && { authorName }),
      ...(category && { category }),
      ...(place && { place }),
      ...(via && { via }),
      ...(photoIds.length > 0 && { photoIds }),
    }
    return settle(entry, await post({ id, meetingId, text, ...more }))
  }

  async function flush(): Promise<void> {
    if (sending !== null || closed) return
    clearTimeout(timer)
    for (let entry = next(); entry; entry = next()) {
      sending = entry.id
      onChange()
      const settled = await send(entry)
      sending = null
      if (closed) return
      if (!settled) {
        timer = setTimeout(() => void flush(), Math.max(retryMs, lastFailure?.retryAfterMs ?? 0))
        retryMs = Math.min(retryMs * 2, longestRetryMs)
        break
      }
      lastFailure = null
    }
    onChange()
  }

  return {
    list,
    /** The id of what is on its way, how much of its pictures is there, and why the last attempt failed. */
    state: () => ({ sending, progress, lastFailure }),
    add(entry: Omit<Waiting, 'refusal' | 'queuedAt' | 'uploaded'>) {
      storage.set(keyOf(entry.id), { ...entry, uploaded: [], queuedAt: new Date().toISOString(), refusal: null })
      onChange()
      void flush()
    },
    /** Only what the server refused may be taken back: anything else may already have arrived. */
    takeBack(id: string): Waiting | null {
      const entry = storage.get<Waiting>(keyOf(id))
      if (!entry?.refusal) return null
      storage.remove(keyOf(id))
      onChange()
      return entry
    },
    /** Tries at once, as when the network came back. */
    flush,
    close() {
      closed = true
      clearTimeout(timer)
    },
  }
}

export function keepReceipt(storage: Storage, code: string, posted: PostedSuggestion) {
  storage.set(`receipt.${code}.${posted.suggestion.id}`, { receipt: posted.receipt, suggestion: posted.suggestion } satisfies KeptReceipt)
  // By receipt, so that the receipt's page knows the way back.
  storage.set(`meeting-of.${posted.receipt}`, code)
}

export const keptReceipts = (storage: Storage, code: string) => storage.list<KeptReceipt>(`receipt.${code}.`)
