import { buffer } from 'node:stream/consumers'
import { AppError } from '../../shared/errors.ts'
import type { Actor } from '../../shared/policy.ts'
import { keyOf, type PhotoService } from '../photos/service.ts'

type Deps = {
  photos: Pick<PhotoService, 'find' | 'storage'>
  maySee(actor: Actor, suggestionId: string): Promise<boolean>
  mayReadMinutes(actor: Actor, meetingId: string): Promise<boolean>
}

/** Reads a photo for a paper: null where it is gone, or where whoever takes the paper out may not see it. */
export function createPhotoReader({ photos, maySee, mayReadMinutes }: Deps) {
  async function isVisible(actor: Actor, photoId: string): Promise<boolean> {
    try {
      const { accountId, suggestionId, meetingId } = await photos.find(photoId)
      if (suggestionId !== null) return await maySee(actor, suggestionId)
      return meetingId === null ? accountId === actor.accountId : await mayReadMinutes(actor, meetingId)
    } catch (error) {
      if (error instanceof AppError) return false
      throw error
    }
  }

  return async (actor: Actor, photoId: string): Promise<Buffer | null> => {
    if (!(await isVisible(actor, photoId))) return null
    const stored = await photos.storage.get(keyOf(photoId, 'whole'))
    return stored && buffer(stored.body)
  }
}
