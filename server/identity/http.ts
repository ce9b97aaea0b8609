import { toNodeHandler } from 'better-auth/node'
import express, { type Request, type RequestHandler, type Response, Router } from 'express'
import { AppError } from '../../shared/errors.ts'
import { proofHeader } from '../../shared/proof.ts'
import type { Gate } from '../transport/gate.ts'
import type { MakeLimiter } from '../transport/limits.ts'
import { isOwnOrigin } from '../transport/origin.ts'
import type { Proofs } from '../transport/proof.ts'
import { type Auth, addressHeader, oidcProvider } from './auth.ts'
import type { Devices } from './devices.ts'
import type { IdentityService } from './service.ts'

/** All that is open of better-auth: for the rest of what it offers the program has commands of its own, or nothing. */
const asked = ['/sign-in/username', '/sign-in/anonymous', '/sign-in/social', '/sign-out'].map((path) => `/api/auth${path}`)
const returned = `/api/auth/callback/${oidcProvider}`

type Deps = {
  identity: Pick<IdentityService, 'actorOf' | 'signedOut'>
  auth: Auth
  devices: Devices
  gate: Gate
  proofs: Proofs
  /** How many anonymous accounts a device may make in a minute; an honest one makes one in its life. */
  accountsPerMinute: number
  publicUrl: string | undefined
  limiter: MakeLimiter
}

/** Signing in and out over HTTP. Everything else that is about accounts goes through commands. */
export function identityRoutes({ identity, auth, devices, gate, proofs, accountsPerMinute, publicUrl, limiter }: Deps): Router {
  const routes = Router()
  const accounts = limiter('accounts', accountsPerMinute)
  const handler = toNodeHandler((request) => answerMarked(request))

  const ownPagesOnly: RequestHandler = (request, _response, next) =>
    next(isOwnOrigin(request.headers, publicUrl) ? undefined : new AppError('not-allowed', 'foreign-origin'))

  /** better-auth's answer, with a cookie for the device that has signed in. */
  async function answerMarked(request: globalThis.Request): Promise<globalThis.Response> {
    const answer = await auth.handler(request)
    const known = devices.of({ cookie: request.headers.get('cookie') ?? '' })
    if (answer.ok && !known && new URL(request.url).pathname.includes('/sign-in/'))
      answer.headers.append('set-cookie', devices.cookie(request.url.startsWith('https:')))
    return answer
  }

  const answer: RequestHandler = (request, response) => {
    request.headers[addressHeader] = request.ip ?? ''
    return handler(request, response)
  }

  /** Somebody new at an address where very many come, or who makes many accounts, has to work for it. */
  const welcome: RequestHandler = async (request, _response, next) => {
    const device = devices.of(request.headers)
    const free = device ? (await accounts.wait(device)) === 0 : await gate.welcomes(request.ip ?? '')
    if (!free) await proofs.require(request.get(proofHeader))
    next()
  }

  /** The session is looked up while there still is one; its live connections end once it is gone. */
  async function answerSignOut(request: Request, response: Response) {
    const { sessionId } = await identity.actorOf(request.headers)
    if (sessionId) response.once('finish', () => identity.signedOut(sessionId))
    return handler(request, response)
  }

  routes.post(asked, ownPagesOnly)
  routes.post('/api/auth/sign-in/anonymous', welcome)
  routes.post(asked, express.json({ limit: '16kb', type: 'application/json' }), jsonOnly)
  routes.post('/api/auth/sign-out', answerSignOut)
  routes.post(asked, answer)
  routes.get(returned, answer)
  routes.get(/^\/(?!api\/|assets\/|socket\.io\/)[^.]*$/, async (request, response, next) => {
    if (!devices.of(request.headers) && (await gate.welcomes(request.ip ?? '')))
      response.append('Set-Cookie', devices.cookie(request.secure))
    next()
  })
  return routes
}

const jsonOnly: RequestHandler = (request, _response, next) => {
  if (request.body === undefined) throw new AppError('invalid-input', 'malformed-request')
  next()
}
