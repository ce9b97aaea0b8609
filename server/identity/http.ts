import type { RequestListener } from 'node:http'
import express, { type Request, type RequestHandler, type Response, Router } from 'express'
import { AppError } from '../../shared/errors.ts'
import { isOwnOrigin } from '../transport/origin.ts'
import { addressHeader, oidcProvider } from './auth.ts'
import type { IdentityService } from './service.ts'

/** All that is open of better-auth: for the rest of what it offers the program has commands of its own, or nothing. */
const asked = ['/sign-in/username', '/sign-in/anonymous', '/sign-in/social', '/sign-out'].map((path) => `/api/auth${path}`)
const returned = `/api/auth/callback/${oidcProvider}`

type Deps = { identity: Pick<IdentityService, 'actorOf' | 'signedOut'>; handler: RequestListener; publicUrl: string | undefined }

/** Signing in and out over HTTP. Everything else that is about accounts goes through commands. */
export function identityRoutes({ identity, handler, publicUrl }: Deps): Router {
  const routes = Router()

  const ownPagesOnly: RequestHandler = (request, _response, next) =>
    next(isOwnOrigin(request.headers, publicUrl) ? undefined : new AppError('not-allowed', 'foreign-origin'))

  const answer: RequestHandler = (request, response) => {
    request.headers[addressHeader] = request.ip ?? ''
    return handler(request, response)
  }

  /** The session is looked up while there still is one; its live connections end once it is gone. */
  async function answerSignOut(request: Request, response: Response) {
    const { sessionId } = await identity.actorOf(request.headers)
    if (sessionId) response.once('finish', () => identity.signedOut(sessionId))
    return handler(request, response)
  }

  routes.post(asked, ownPagesOnly, express.json({ limit: '16kb', type: 'application/json' }), jsonOnly)
  routes.post('/api/auth/sign-out', answerSignOut)
  routes.post(asked, answer)
  routes.get(returned, answer)
  return routes
}

const jsonOnly: RequestHandler = (request, _response, next) => {
  if (request.body === undefined) throw new AppError('invalid-input', 'malformed-request')
  next()
}
