import { Router } from 'express'
import { AppError } from '../../shared/errors.ts'
import { can, stranger } from '../../shared/policy.ts'
import { mostStillUploadBytes } from '../../shared/still-rules.ts'
import { stillRequestSchema } from '../../shared/stills.ts'
import { createAdmit } from '../transport/admit.ts'
import { parse } from '../transport/failures.ts'
import type { ActorOf } from '../transport/http.ts'
import type { Limiter } from '../transport/limits.ts'
import { isOwnOrigin } from '../transport/origin.ts'
import { createBodyReader } from '../transport/raw-body.ts'
import type { StillService } from './service.ts'

type Deps = { stills: StillService; actorOf: ActorOf; limiter: Limiter; publicUrl: string | undefined }

/** A still is unpacked and packed again; one comes every few seconds. */
const uploadCost = 5
const bodyOf = createBodyReader(mostStillUploadBytes)
const path = '/api/meetings/:meetingId/still/:stillId'

/** Pictures travel as they are and so stand beside the table: `PUT` and `GET /api/meetings/:meetingId/still/:stillId`. */
export function stillRoutes({ stills, actorOf, limiter, publicUrl }: Deps): Router {
  const router = Router()
  const admit = createAdmit(actorOf, limiter)
  // Thousands fetch the same picture: where anybody may, who it is need not be looked up, and a proxy may keep it for them.
  const isOpen = can(stranger, 'meeting:read')

  router.put(path, async (request, response) => {
    if (!isOwnOrigin(request.headers, publicUrl)) throw new AppError('not-allowed', 'foreign-origin')
    const wanted = parse(stillRequestSchema, request.params)
    const actor = await admit(request, uploadCost)
    await stills.send(actor, wanted, () => bodyOf(request, response))
    response.status(204).end()
  })

  router.get(path, async (request, response) => {
    const wanted = parse(stillRequestSchema, request.params)
    const jpeg = await stills.picture(isOpen ? stranger : await actorOf(request.headers), wanted)
    // Its address is its own: it never changes. So short, because the next one takes its place, or none.
    response.set({ ETag: `"${wanted.stillId}"`, 'Cache-Control': `${isOpen ? 'public' : 'private'}, max-age=5` })
    if (request.fresh) {
      response.status(304).end()
      return
    }
    response.set({
      'Content-Type': 'image/jpeg',
      'Content-Disposition': 'inline',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'X-Content-Type-Options': 'nosniff',
    })
    response.send(jpeg)
  })
  return router
}
