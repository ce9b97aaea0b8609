import type { z } from 'zod'
import type { Result } from '../../shared/commands.ts'
import type { CommandName, Commands, Queries } from '../../shared/contract.ts'
import type { PollView } from '../../shared/polls.ts'
import { proofHeader } from '../../shared/proof.ts'
import type { LetterState } from '../../shared/suggestions.ts'
import { failureIn, unreachable } from './answers.ts'
import { upload } from './photos/upload.ts'
import { solve } from './proof.ts'
import type { Press } from './voice/presses.ts'
import type { Language } from './words.ts'

type QueryOutput<Q extends keyof Queries> = z.output<Queries[Q]['output']>
type Posting = z.input<Commands['suggestion:post']['input']>
type Posted = z.output<Commands['suggestion:post']['output']>

export type Api = ReturnType<typeof createApi>

/** What this page reads and the commands it sends. Nothing here throws: a dead network is `unavailable`. */
export function createApi(fetch: typeof globalThis.fetch, timeoutMs = 15_000) {
  async function call<T>(path: string, init: RequestInit = {}): Promise<Result<T>> {
    const abort = new AbortController()
    const timer = setTimeout(() => abort.abort(), timeoutMs)
    try {
      const response = await (askedEarly(path) ?? fetch(path, { ...init, credentials: 'same-origin', signal: abort.signal }))
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

  /** Under attack the server asks for a sum first, and takes the same request with its result. */
  async function send<T>(path: string, body: unknown): Promise<Result<T>> {
    const ask = (headers: Record<string, string>) =>
      call<T>(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
    const first = await ask({})
    const challenge = first.ok ? undefined : first.error.challenge
    return challenge ? ask({ [proofHeader]: await solve(challenge) }) : first
  }

  async function command<T>(name: CommandName, input: unknown): Promise<Result<T>> {
    const answer = await send<Result<T>>(`/api/commands/${name}`, input)
    return answer.ok ? answer.value : answer
  }

  /** Asks, making an anonymous session first when there is none: nobody gets one merely for looking. */
  async function withSession<T>(ask: () => Promise<Result<T>>, onSession: () => void): Promise<Result<T>> {
    const first = await ask()
    if (first.ok || first.error.code !== 'not-signed-in') return first
    const session = await send('/api/auth/sign-in/anonymous', {})
    if (!session.ok) return session
    onSession()
    return ask()
  }

  return {
    meeting: (meetingId: string) => read<'meeting'>('/api/meetings/:meetingId', { meetingId }),
    way: (code: string) => read<'way-in'>('/api/ways/:code', { code }),
    suggestions: (meetingId: string) => read<'suggestions'>('/api/meetings/:meetingId/suggestions', { meetingId }),
    /** The newest few, which phone.html asks for while this script is still on its way. */
    firstSuggestions: (meetingId: string) => call<QueryOutput<'suggestions'>>(`/api/meetings/${meetingId}/suggestions?limit=30`),
    mine: (meetingId: string) => read<'my-suggestions'>('/api/meetings/:meetingId/suggestions/mine', { meetingId }),
    similar: (meetingId: string, text: string) =>
      call<QueryOutput<'similar'>>(`/api/meetings/${meetingId}/similar?text=${encodeURIComponent(text)}`),
    common: (meetingId: string) => read<'common-ground'>('/api/meetings/:meetingId/opinion/common', { meetingId }),
    publishedMinutes: (meetingId: string) => read<'published-minutes'>('/api/meetings/:meetingId/minutes/published', { meetingId }),
    receipt: (receipt: string) => read<'receipt'>('/api/receipts/:receipt', { receipt }),

    still: (meetingId: string) => read<'still'>('/api/meetings/:meetingId/still', { meetingId }),
    discussed: (meetingId: string) => read<'discussed'>('/api/meetings/:meetingId/discussed', { meetingId }),
    categories: (meetingId: string) => read<'suggestion-categories'>('/api/meetings/:meetingId/categories', { meetingId }),
    supports: (meetingId: string) => read<'my-supports'>('/api/meetings/:meetingId/supports/mine', { meetingId }),
    myStances: (meetingId: string) => read<'my-stances'>('/api/meetings/:meetingId/stances/mine', { meetingId }),
    nextCards: (meetingId: string, limit: number) =>
      call<QueryOutput<'next-card'>>(`/api/meetings/${meetingId}/stances/next?limit=${limit}`),

    post: (suggestion: Posting, onSession: () => void) => withSession(() => command<Posted>('suggestion:post', suggestion), onSession),
    press: ({ kind, ...press }: Press, onSession: () => void) =>
      withSession(() => command(kind === 'support' ? 'suggestion:support' : 'stance:give', press), onSession),
    polls: (meetingId: string) => read<'polls'>('/api/meetings/:meetingId/polls', { meetingId }),
    answerPoll: (answer: z.input<Commands['poll:answer']['input']>, onSession: () => void) =>
      withSession(() => command<PollView>('poll:answer', answer), onSession),
    claim: (receipt: string) => command<unknown>('receipt:claim', { receipt }),
    askForLetters: (receipt: string, email: string, language: Language) =>
      command<{ letters: LetterState }>('letters:ask', { receipt, email, language }),
    answerLetter: (name: 'letters:confirm' | 'letters:stop', token: string) => command<unknown>(name, { token }),
    upload: (photoId: string, bytes: ArrayBuffer, onSession: () => void, onProgress: (share: number) => void) =>
      withSession(() => upload(photoId, bytes, onProgress), onSession),
  }
}

declare global {
  interface Window {
    /** Filled by the script in phone.html, by path. */
    early?: Record<string, Promise<Response>>
  }
}

/** The answer to what was asked before this script was here; once, since the second time it would be old. */
function askedEarly(path: string): Promise<Response> | undefined {
  const asked = globalThis.window?.early
  const answer = asked?.[path]
  if (answer) delete asked[path]
  return answer
}
