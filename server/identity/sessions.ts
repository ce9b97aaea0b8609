import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { fromNodeHeaders } from 'better-auth/node'
import { parseCookie } from 'cookie'
import { type Actor, stranger } from '../../shared/policy.ts'
import type { Db } from '../db/db.ts'
import type { Auth } from './auth.ts'
import { findSession } from './store.ts'

/**
 * Who a request's cookie stands for. Every request and every connection begins with this, so it is one query and one hash:
 * better-auth's own way takes three queries and a turn of the thread pool, half of what taking in a suggestion costs. It is left to
 * it to make sessions, to make them longer and to end them.
 */
export function createSessionReader({ auth, db }: { auth: Auth; db: Db }) {
  return async function actorOf(headers: IncomingHttpHeaders): Promise<Actor> {
    if (!headers.cookie?.includes('session_token')) return stranger
    const { authCookies, secret, sessionConfig } = await auth.$context
    const token = signedToken(parseCookie(headers.cookie)[authCookies.sessionToken.name], secret)
    const session = token === null ? null : await findSession(db, token)
    if (!session) return stranger
    const { expiresAt, ...actor } = session
    const leftMs = expiresAt.getTime() - Date.now()
    const { expiresIn, updateAge } = sessionConfig
    if (leftMs <= (expiresIn - updateAge) * 1_000) await auth.api.getSession({ headers: fromNodeHeaders(headers) })
    return leftMs > 0 ? actor : stranger
  }
}

/** The token of a cookie `<token>.<HMAC-SHA-256 in Base64>`, if we signed it: the form that better-auth gives it. */
export function signedToken(cookie: string | undefined, secret: string): string | null {
  const dot = cookie?.lastIndexOf('.') ?? -1
  if (cookie === undefined || dot < 1) return null
  const token = cookie.slice(0, dot)
  const given = Buffer.from(cookie.slice(dot + 1), 'base64')
  const own = createHmac('sha256', secret).update(token).digest()
  return given.length === own.length && timingSafeEqual(given, own) ? token : null
}
