import express, { type Request, type Response } from 'express'

/** Reads a body as it is, once it is known to be wanted. @throws what Express makes of one that is larger than `limit`. */
export function createBodyReader(limit: number) {
  const raw = express.raw({ limit, type: () => true, inflate: false })
  return (request: Request, response: Response) =>
    new Promise<Uint8Array>((resolve, reject) => {
      raw(request, response, (error?: unknown) => {
        if (error) reject(error)
        else resolve(Buffer.isBuffer(request.body) ? request.body : new Uint8Array())
      })
    })
}
