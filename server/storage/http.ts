import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import { AppError } from '../../shared/errors.ts'
import type { Storage } from './storage.ts'

/** Serves a stored file whole, or the part of it that a player asks for. The headers that say what it is are the caller's. */
export async function serveStored(request: Request, response: Response, storage: Storage, key: string) {
  const size = await storage.size(key)
  if (size === null) throw new AppError('not-found', 'no-such-file')
  response.set('Accept-Ranges', 'bytes')
  const ranges = request.range(size, { combine: true })
  if (ranges === -1) {
    response.status(416).set('Content-Range', `bytes */${size}`).end()
    return
  }
  // Several parts at once, or nonsense, are answered with the whole, as RFC 9110 allows.
  const range = ranges !== undefined && ranges !== -2 && ranges.type === 'bytes' && ranges.length === 1 ? ranges[0] : undefined
  const stored = await storage.get(key, range)
  if (!stored) throw new AppError('not-found', 'no-such-file')
  if (range) response.status(206).set('Content-Range', `bytes ${range.start}-${range.end}/${size}`)
  response.set('Content-Length', String(range ? range.end - range.start + 1 : size))
  if (request.method === 'HEAD') {
    stored.body.destroy()
    response.end()
    return
  }
  // A reader that goes away is no error; whatever was open is closed.
  await pipeline(stored.body, response).catch(() => response.destroy())
}
