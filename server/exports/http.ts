import type { IncomingHttpHeaders } from 'node:http'
import { type Response, Router } from 'express'
import { z } from 'zod'
import { bundlePath } from '../../shared/bundle.ts'
import { exportForms, exportPapers } from '../../shared/exports.ts'
import type { Actor } from '../../shared/policy.ts'
import { attachment } from '../transport/attachment.ts'
import { parse } from '../transport/failures.ts'
import type { BundleService } from './bundle/service.ts'
import type { ExportedFile, ExportService } from './service.ts'

const meetingSchema = z.object({ meetingId: z.uuid() })
const inputSchema = meetingSchema.extend({ paper: z.enum(exportPapers), form: z.enum(exportForms) })

/** The files, which are no JSON queries and so stand beside the table. */
export function exportRoutes(exports: ExportService, actorOf: (headers: IncomingHttpHeaders) => Promise<Actor>): Router {
  const router = Router()
  router.get('/api/meetings/:meetingId/export/:paper.:form', async (request, response) => {
    const { meetingId, paper, form } = parse(inputSchema, request.params)
    const file = await exports.file(await actorOf(request.headers), meetingId, paper, form)
    send(response, file, `${paper}.${form}`)
  })
  return router
}

/** The minutes with all that proves them. */
export function bundleRoutes(bundles: BundleService, actorOf: (headers: IncomingHttpHeaders) => Promise<Actor>): Router {
  const router = Router()
  router.get(bundlePath(':meetingId'), async (request, response) => {
    const { meetingId } = parse(meetingSchema, request.params)
    send(response, await bundles.file(await actorOf(request.headers), meetingId), 'minutes.zip')
  })
  return router
}

function send(response: Response, { name, type, bytes }: ExportedFile, plainName: string) {
  response.set({ 'Content-Type': type, 'Content-Disposition': attachment(name, plainName), 'Cache-Control': 'no-store' })
  response.send(bytes)
}
