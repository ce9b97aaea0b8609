import type { Result } from '../../../shared/commands.ts'
import type { ErrorCode, Failure } from '../../../shared/errors.ts'
import type { PostedSuggestion, Suggestion } from '../../../shared/suggestions.ts'
import type { Storage } from '../storage.ts'

/** A suggestion its author has sent, until the server has answered for it. */
export type Waiting = {
  id: string
  meetingId: string
  text: string
  authorName: string
  queuedAt: string
  /** Why the server does not want it. While null, it is tried again. */
  refusal: Failure | null
}

/** A receipt kept on this phone. */
export type KeptReceipt = { receipt: string; suggestion: Suggestion }

type Deps = {
  code: string
  storage: Storage
  post: (suggestion: { id: string; meetingId: string; text: string; authorName?: string }) => Promise<Result<PostedSuggestion>>
  onChange: () => void
  onPosted: (posted: PostedSuggestion) => void
  firstRetryMs?: number
}

export type Outbox = ReturnType<typeof createOutbox>

// With these the server has not decided; the same id is sent again, and the server answers a repetition with the first result.
const passing: readonly ErrorCode[] = ['unavailable', 'internal', 'too-many-requests', 'not-signed-in']
const longestRetryMs = 60_000

/**
 * Sends suggestions one after the other and keeps each on the phone until its receipt is there. Every entry has its own key,
 * so that two tabs never overwrite one another's.
 */
export function createOutbox({ code, storage, post, onChange, onPosted, firstRetryMs = 4_000 }: Deps) {
  const keyOf = (id: string) => `outbox.${code}.${id}`
  let sending: string | null = null
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
      retryMs = firstRetryMs
      onPosted(result.value)
      return true
    }
    if (!passing.includes(result.error.code)) {
      // Another tab may have got it through meanwhile; then it is gone from here and nothing was refused.
      if (storage.get(keyOf(entry.id))) storage.set(keyOf(entry.id), { ...entry, refusal: result.error })
      return true
    }
    lastFailure = result.error
    return false
  }

  async function flush(): Promise<void> {
    if (sending !== null || closed) return
    clearTimeout(timer)
    for (let entry = next(); entry; entry = next()) {
      sending = entry.id
      onChange()
      const { id, meetingId, text, authorName } = entry
      const settled = settle(entry, await post({ id, meetingId, text, ...(authorName ? { authorName } : {}) }))
      sending = null
      if (closed) return
      if (!settled) {
        timer = setTimeout(() => void flush(), retryMs)
        retryMs = Math.min(retryMs * 2, longestRetryMs)
        break
      }
      lastFailure = null
    }
    onChange()
  }

  return {
    list,
    /** The id of what is on its way, and why the last attempt failed. */
    state: () => ({ sending, lastFailure }),
    add(entry: Omit<Waiting, 'refusal' | 'queuedAt'>) {
      storage.set(keyOf(entry.id), { ...entry, queuedAt: new Date().toISOString(), refusal: null })
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
