import type { IncomingHttpHeaders } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Router } from 'express'
import { z } from 'zod'
import type { Actor } from '../../shared/policy.ts'
import { attachment } from '../transport/attachment.ts'
import { parse } from '../transport/failures.ts'
import { conversationFiles, type OpinionExport } from './export.ts'

const inputSchema = z.object({ meetingId: z.uuid(), file: z.enum(conversationFiles) })

/** A conversation as files, which are no JSON queries and so stand beside the table. Sent as they are read. */
export function opinionRoutes(opinionExport: OpinionExport, actorOf: (headers: IncomingHttpHeaders) => Promise<Actor>): Router {
  const router = Router()
  router.get('/api/meetings/:meetingId/export/conversation/:file.csv', async (request, response) => {
    const { meetingId, file } = parse(inputSchema, request.params)
    const { title, parts } = await opinionExport.file(await actorOf(request.headers), meetingId, file)
    response.set({
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': attachment(`${file}-${title}.csv`, `${file}.csv`),
      'Cache-Control': 'no-store',
    })
    await pipeline(Readable.from(parts), response)
  })
  return router
}
