import type { IncomingHttpHeaders } from 'node:http'
import { Router } from 'express'
import { z } from 'zod'
import type { Actor } from '../../shared/policy.ts'
import { serveStored } from '../storage/http.ts'
import { parse } from '../transport/failures.ts'
import type { RecordingService } from './service.ts'

const inputSchema = z.object({ meetingId: z.uuid(), recordingId: z.uuid() })

/** The files, which players ask for in ranges; each request shows anew that it may. */
export function recordingRoutes(recording: RecordingService, actorOf: (headers: IncomingHttpHeaders) => Promise<Actor>): Router {
  const router = Router()
  router.get('/api/meetings/:meetingId/recordings/:recordingId/file', async (request, response) => {
    const { meetingId, recordingId } = parse(inputSchema, request.params)
    const file = await recording.file(await actorOf(request.headers), meetingId, recordingId)
    response.set({ 'Content-Type': 'video/webm', 'Cache-Control': 'private, no-cache' })
    await serveStored(request, response, file.in, file.key)
  })
  return router
}
