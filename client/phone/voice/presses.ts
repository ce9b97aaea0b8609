import { v7 } from 'uuid'
import type { Result } from '../../../shared/commands.ts'
import type { ErrorCode, Failure } from '../../../shared/errors.ts'
import type { Stance } from '../../../shared/stances.ts'
import type { Storage } from '../storage.ts'

export type Choice = { kind: 'support'; supported: boolean } | { kind: 'stance'; stance: Stance }
/** What was pressed on this phone, until the server has answered for it. */
export type Press = { commandId: string; suggestionId: string } & Choice

type Deps = {
  code: string
  storage: Storage
  send: (press: Press) => Promise<Result<unknown>>
  onChange: () => void
  /** The server has followed it, or does not want it. */
  onAnswered: (press: Press, refusal: Failure | null) => void
  firstRetryMs?: number
}

const passing: readonly ErrorCode[] = ['unavailable', 'internal', 'too-many-requests', 'not-signed-in']
const longestRetryMs = 60_000

/**
 * Sends presses one after the other and keeps each on the phone until it is answered. Of what is pressed on one suggestion only the
 * last is kept; the server orders what arrives by the ids of the commands, so an attempt whose answer was lost cannot undo a later one.
 */
export function createPresses({ code, storage, send, onChange, onAnswered, firstRetryMs = 4_000 }: Deps) {
  const keyOf = ({ kind, suggestionId }: Pick<Press, 'kind' | 'suggestionId'>) => `press.${code}.${kind}.${suggestionId}`
  const list = () => storage.list<Press>(`press.${code}.`).sort((a, b) => (a.commandId < b.commandId ? -1 : 1))
  let sending = false
  let closed = false
  let retryMs = firstRetryMs
  let timer: ReturnType<typeof setTimeout> | undefined

  async function flush(): Promise<void> {
    if (sending || closed) return
    clearTimeout(timer)
    sending = true
    for (let press = list()[0]; press && !closed; press = list()[0]) {
      const result = await send(press)
      if (!result.ok && passing.includes(result.error.code)) {
        timer = setTimeout(() => void flush(), Math.max(retryMs, result.error.retryAfterMs ?? 0))
        retryMs = Math.min(retryMs * 2, longestRetryMs)
        break
      }
      retryMs = firstRetryMs
      // Pressed again meanwhile: then what is kept is newer, and is sent next.
      if (storage.get<Press>(keyOf(press))?.commandId === press.commandId) storage.remove(keyOf(press))
      onAnswered(press, result.ok ? null : result.error)
    }
    sending = false
    onChange()
  }

  return {
    list,
    press(suggestionId: string, choice: Choice) {
      const press: Press = { commandId: v7(), suggestionId, ...choice }
      storage.set(keyOf(press), press)
      onChange()
      void flush()
    },
    flush,
    close() {
      closed = true
      clearTimeout(timer)
    },
  }
}
