import type { IncomingHttpHeaders } from 'node:http'
import { Router } from 'express'
import { z } from 'zod'
import { exportForms, exportPapers } from '../../shared/exports.ts'
import type { Actor } from '../../shared/policy.ts'
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

/** RFC 6266 with RFC 5987: the Chinese name for those who can, a plain one for those who cannot. */
export function attachment(name: string, plainName: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: neither may stand in a file name.
  const safe = name.replace(/[\u0000-\u001f\u007f/\\:*?"<>|]/g, '_')
  const encoded = encodeURIComponent(safe).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${plainName}"; filename*=UTF-8''${encoded}`
}
