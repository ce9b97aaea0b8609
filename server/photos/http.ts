import { Router } from 'express'
import { AppError } from '../../shared/errors.ts'
import { mostPhotoBytes } from '../../shared/photo-rules.ts'
import { photoRequestSchema } from '../../shared/photos.ts'
import type { Actor } from '../../shared/policy.ts'
import { serveStored } from '../storage/http.ts'
import { createAdmit } from '../transport/admit.ts'
import { parse } from '../transport/failures.ts'
import type { ActorOf } from '../transport/http.ts'
import type { Limiter } from '../transport/limits.ts'
import { isOwnOrigin } from '../transport/origin.ts'
import { createBodyReader } from '../transport/raw-body.ts'
import { keyOf, type PhotoService } from './service.ts'

type Deps = {
  photos: PhotoService
  actorOf: ActorOf
  /** Whether somebody may see what belongs to a suggestion. */
  maySee(actor: Actor, suggestionId: string, receipt: string | undefined): Promise<boolean>
  /** Whether somebody may read the minutes of a meeting. */
  mayReadMinutes(actor: Actor, meetingId: string): Promise<boolean>
  limiter: Limiter
  publicUrl: string | undefined
}

/** An upload is unpacked and packed again, which is dear. */
const uploadCost = 5
const readCost = 1 / 20
const bodyOf = createBodyReader(mostPhotoBytes)

/** Pictures travel as they are and so stand beside the table: `PUT` and `GET /api/photos/:photoId`. */
export function photoRoutes({ photos, actorOf, maySee, mayReadMinutes, limiter, publicUrl }: Deps): Router {
  const router = Router()
  const admit = createAdmit(actorOf, limiter)

  router.put('/api/photos/:photoId', async (request, response) => {
    if (!isOwnOrigin(request.headers, publicUrl)) throw new AppError('not-allowed', 'foreign-origin')
    const { photoId } = parse(photoRequestSchema, request.params)
    const actor = await admit(request, uploadCost)
    response.json(await photos.add(actor, photoId, () => bodyOf(request, response)))
  })

  router.get('/api/photos/:photoId', async (request, response) => {
    const { photoId, size, receipt } = parse(photoRequestSchema, { ...request.query, ...request.params })
    const actor = await admit(request, readCost)
    const { accountId, suggestionId, meetingId } = await photos.find(photoId)
    const isSeen = async () => {
      if (suggestionId !== null) return maySee(actor, suggestionId, receipt)
      return meetingId === null ? accountId === actor.accountId : mayReadMinutes(actor, meetingId)
    }
    if (!(await isSeen())) throw new AppError('not-found', 'no-such-photo')
    // A photo never changes, but it may be hidden: a minute is how long somebody who has seen it can go on seeing it.
    response.set({ ETag: `"${photoId}${size ?? ''}"`, 'Cache-Control': 'private, max-age=60' })
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
    await serveStored(request, response, photos.storage, keyOf(photoId, size ?? 'whole'))
  })
  return router
}
