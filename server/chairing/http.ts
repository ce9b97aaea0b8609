import type { IncomingHttpHeaders } from 'node:http'
import { Router } from 'express'
import { z } from 'zod'
import { attendanceFilePath } from '../../shared/chairing.ts'
import type { Actor } from '../../shared/policy.ts'
import { parse } from '../transport/failures.ts'
import type { ChairingService } from './service.ts'

const inputSchema = z.object({ meetingId: z.uuid() })

/** The register as a file, which is no JSON query and so stands beside the table. */
export function attendanceRoutes(chairing: ChairingService, actorOf: (headers: IncomingHttpHeaders) => Promise<Actor>): Router {
  const router = Router()
  router.get(attendanceFilePath(':meetingId'), async (request, response) => {
    const { meetingId } = parse(inputSchema, request.params)
    const { name, text } = await chairing.attendanceFile(await actorOf(request.headers), meetingId)
    // RFC 6266 with RFC 5987: the Chinese name for those who can, a plain one for those who cannot.
    const encoded = encodeURIComponent(name.replace(/[\p{Cc}/\\:*?"<>|]/gu, '_')).replace(/['()*]/g, percentEncoded)
    response.set({
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="attendance.csv"; filename*=UTF-8''${encoded}`,
      'Cache-Control': 'no-store',
    })
    response.send(text)
  })
  return router
}

const percentEncoded = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`
