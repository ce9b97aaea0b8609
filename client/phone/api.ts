import type { z } from 'zod'
import type { Result } from '../../shared/commands.ts'
import type { Commands, Queries } from '../../shared/contract.ts'
import type { Failure } from '../../shared/errors.ts'

type QueryOutput<Q extends keyof Queries> = z.output<Queries[Q]['output']>
type Posting = z.input<Commands['suggestion:post']['input']>
type Posted = z.output<Commands['suggestion:post']['output']>

export type Api = ReturnType<typeof createApi>

const unreachable: Failure = { code: 'unavailable', reason: 'unreachable' }

/** The four lists this page reads and the one command it sends. Nothing here throws: a dead network is `unavailable`. */
export function createApi(fetch: typeof globalThis.fetch, timeoutMs = 15_000) {
  async function call<T>(path: string, init: RequestInit = {}): Promise<Result<T>> {
    const abort = new AbortController()
    const timer = setTimeout(() => abort.abort(), timeoutMs)
    try {
      const response = await fetch(path, { ...init, credentials: 'same-origin', signal: abort.signal })
      const body: unknown = await response.json()
      return response.ok ? { ok: true, value: body as T } : { ok: false, error: failureIn(body) }
    } catch {
      return { ok: false, error: unreachable }
    } finally {
      clearTimeout(timer)
    }
  }

  const read = <Q extends keyof Queries>(path: Queries[Q]['path'], parameters: Record<string, string>) =>
    call<QueryOutput<Q>>(path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(parameters[name] ?? '')))

  const send = <T>(path: string, body: unknown) =>
    call<T>(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

  async function post(suggestion: Posting): Promise<Result<Posted>> {
    const answer = await send<Result<Posted>>('/api/commands/suggestion:post', suggestion)
    return answer.ok ? answer.value : answer
  }

  return {
    meeting: (code: string) => read<'meeting-by-code'>('/api/short/:code', { code }),
    suggestions: (meetingId: string) => read<'suggestions'>('/api/meetings/:meetingId/suggestions', { meetingId }),
    mine: (meetingId: string) => read<'my-suggestions'>('/api/meetings/:meetingId/suggestions/mine', { meetingId }),
    receipt: (receipt: string) => read<'receipt'>('/api/receipts/:receipt', { receipt }),

    /** Posts, making an anonymous session first when there is none: nobody gets one merely for looking. */
    async post(suggestion: Posting, onSession: () => void): Promise<Result<Posted>> {
      const first = await post(suggestion)
      if (first.ok || first.error.code !== 'not-signed-in') return first
      const session = await send('/api/auth/sign-in/anonymous', {})
      if (!session.ok) return session
      onSession()
      return post(suggestion)
    },
  }
}

/** Our own doors answer with a failure; whatever else stands in between (a proxy, a captive portal) counts as unreachable. */
function failureIn(body: unknown): Failure {
  const error = (body as { error?: Failure } | null)?.error
  return typeof error?.code === 'string' ? error : unreachable
}
