import type { Request } from 'express'
import type { Actor } from '../../shared/policy.ts'
import type { ActorOf } from './http.ts'
import type { Limiter } from './limits.ts'

/** Who asks for something that stands beside the table of commands, once it was counted. */
export type Admit = (request: Request, cost: number) => Promise<Actor>

/** @throws AppError `too-many-requests` from the function that it gives. */
export const createAdmit =
  (actorOf: ActorOf, limiter: Limiter): Admit =>
  async (request, cost) => {
    const actor = await actorOf(request.headers)
    await limiter.take(actor.accountId ?? request.ip ?? 'unknown', cost)
    return actor
  }
