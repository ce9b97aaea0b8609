import type { IncomingHttpHeaders } from 'node:http'
import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response, Router } from 'express'
import type { Logger } from 'pino'
import { type Queries, queries } from '../../shared/contract.ts'
import { AppError, errorStatus } from '../../shared/errors.ts'
import type { Actor, Origin } from '../../shared/policy.ts'
import { proofHeader } from '../../shared/proof.ts'
import type { Desk } from './commands.ts'
import { sendPacked } from './compressed.ts'
import { toFailure } from './failures.ts'
import { readCost } from './gate.ts'
import type { Limiter } from './limits.ts'
import { openApi } from './openapi.ts'
import { isOwnOrigin } from './origin.ts'

export type ActorOf = (headers: IncomingHttpHeaders) => Promise<Actor>
export type OriginOf = (headers: IncomingHttpHeaders, address: string) => Origin
type Deps = { desk: Desk; limiter: Limiter; actorOf: ActorOf; originOf: OriginOf; publicUrl: string | undefined }

/** Serves the command table as `POST /api/commands/:name` and every query at its path, with one body for errors. */
export function createApi({ desk, limiter, actorOf, originOf, publicUrl }: Deps): Router {
  const api = Router()
  const document = openApi()
  api.get('/api/openapi.json', (_request, response) => void response.json(document))

  const ownPagesOnly: RequestHandler = (request, _response, next) =>
    next(isOwnOrigin(request.headers, publicUrl) ? undefined : new AppError('not-allowed', 'foreign-origin'))
  // Only JSON: a form of another site cannot send it without asking first.
  api.post(
    '/api/commands/:name',
    ownPagesOnly,
    express.json({ limit: '256kb', strict: true, type: 'application/json' }),
    async (request, response) => {
      const actor = await admit(request)
      response.locals.asker = actor
      const value = await desk.ask(actor, String(request.params.name), request.body, null)
      response.json({ ok: true, value })
    },
  )

  for (const [name, query] of Object.entries(queries)) {
    api.get(query.path, async (request, response) => {
      const actor = await admit(request, readCost)
      const answer = await desk.read(actor, name as keyof Queries, { ...request.query, ...request.params })
      response.set('Cache-Control', 'no-store').type('json')
      await sendPacked(request, response, JSON.stringify(answer))
    })
  }
  return api

  async function admit(request: Request, cost = 1): Promise<Actor> {
    const actor = await actorOf(request.headers)
    const origin = originOf(request.headers, request.ip ?? 'unknown')
    await limiter.take(actor.accountId ?? origin.deviceId ?? origin.address, cost)
    return { ...actor, origin: { ...origin, proof: request.get(proofHeader) } }
  }
}

/** The last of the HTTP handlers: what was not found, and every error, in the one body for errors. */
export function createHttpErrors(log: Logger): [RequestHandler, ErrorRequestHandler] {
  const notFound: RequestHandler = () => {
    throw new AppError('not-found', 'no-such-path')
  }
  const failed: ErrorRequestHandler = (error: unknown, request, response: Response, next) => {
    if (response.headersSent) return next(error)
    const failure = toFailure(asAppError(error), `${request.method} ${request.path}`, log, response.locals.asker)
    if (failure.retryAfterMs) response.set('Retry-After', String(Math.ceil(failure.retryAfterMs / 1_000)))
    response.status(errorStatus[failure.code]).json({ ok: false, error: failure })
  }
  return [notFound, failed]
}

/** Express and its body parser refuse bad requests with errors of their own that carry a status. */
function asAppError(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error) || !('status' in error)) return error
  if (error.status === 413) return new AppError('too-large', 'too-large')
  if (error.status === 404) return new AppError('not-found', 'no-such-path')
  if (typeof error.status === 'number' && error.status < 500) return new AppError('invalid-input', 'malformed-request')
  return error
}
