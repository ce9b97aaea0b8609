import type { Result } from '../../shared/commands.ts'
import { postJson } from '../transport/http.ts'

/** @returns `wrong-credentials` when name and password do not belong together. */
export async function signIn(username: string, password: string): Promise<Result<unknown>> {
  const answer = await postJson('/api/auth/sign-in/username', { username, password })
  const wrong = !answer.ok && (answer.error.code === 'not-signed-in' || answer.error.code === 'invalid-input')
  return wrong ? { ok: false, error: { code: 'not-signed-in', reason: 'wrong-credentials' } } : answer
}

/** A session for somebody without an account; the server knows only that it is the same person as before. */
export const signInAnonymously = () => postJson('/api/auth/sign-in/anonymous', {})

export const signOut = () => postJson('/api/auth/sign-out', {})

/** Leaves for the organization's own sign-in page, which sends the browser back to `returnTo`. */
export async function signInElsewhere(returnTo: string): Promise<Result<unknown>> {
  const answer = await postJson('/api/auth/sign-in/social', { provider: 'oidc', callbackURL: returnTo })
  if (answer.ok && typeof answer.value === 'object' && answer.value !== null && 'url' in answer.value)
    location.assign(String(answer.value.url))
  return answer
}
