import { existsSync } from 'node:fs'
import { extname, join, normalize } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Request, RequestHandler, Response } from 'express'

const brotli = promisify(brotliCompress)
const gzipped = promisify(gzip)

/** Less than this fits into one packet as it is. */
const worthwhile = 1_000
/** Packed at each request: quickly rather than as small as can be. */
const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }

type Encoding = 'br' | 'gzip'
const endings: Record<Encoding, string> = { br: '.br', gzip: '.gz' }

/** Brotli where the browser takes it; browsers offer it over HTTPS and on localhost only. */
function encodingFor(request: Request): Encoding | null {
  const taken = request.acceptsEncodings(['br', 'gzip'])
  return taken === 'br' || taken === 'gzip' ? taken : null
}

/** Sends text packed as small as the browser can unpack it. Its type and other headers are the caller's. */
export async function sendPacked(request: Request, response: Response, text: string) {
  response.vary('Accept-Encoding')
  const bytes = Buffer.from(text)
  const encoding = bytes.length < worthwhile ? null : encodingFor(request)
  if (encoding) response.set('Content-Encoding', encoding)
  response.send(encoding === 'br' ? await brotli(bytes, quick) : encoding === 'gzip' ? await gzipped(bytes) : bytes)
}

/** Answers with the file that was packed when the client was built (vite.config.ts), where there is one; the caller's `express.static` sends it. */
export function packedFiles(folder: string): RequestHandler {
  return (request, response, next) => {
    const encoding = request.method === 'GET' || request.method === 'HEAD' ? encodingFor(request) : null
    const path = normalize(decoded(request.path))
    response.vary('Accept-Encoding')
    if (!encoding || path.includes('..')) return next()
    if (!existsSync(join(folder, `${path}${endings[encoding]}`))) return next()
    response.type(extname(path)).set('Content-Encoding', encoding)
    request.url = `${request.path}${endings[encoding]}`
    next()
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return '..'
  }
}
