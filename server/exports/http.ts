import type { IncomingHttpHeaders } from 'node:http'
import { Router } from 'express'
import { z } from 'zod'
import { exportForms, exportPapers } from '../../shared/exports.ts'
import type { Actor } from '../../shared/policy.ts'
import { attachment } from '../transport/attachment.ts'
import { parse } from '../transport/failures.ts'
import type { ExportService } from './service.ts'

const inputSchema = z.object({ meetingId: z.uuid(), paper: z.enum(exportPapers), form: z.enum(exportForms) })

/** The files, which are no JSON queries and so stand beside the table. */
export function exportRoutes(exports: ExportService, actorOf: (headers: IncomingHttpHeaders) => Promise<Actor>): Router {
  const router = Router()
  router.get('/api/meetings/:meetingId/export/:paper.:form', async (request, response) => {
    const { meetingId, paper, form } = parse(inputSchema, request.params)
    const file = await exports.file(await actorOf(request.headers), meetingId, paper, form)
    response.set({
      'Content-Type': file.type,
      'Content-Disposition': attachment(file.name, `${paper}.${form}`),
      'Cache-Control': 'no-store',
    })
    response.send(file.bytes)
  })
  return router
}
