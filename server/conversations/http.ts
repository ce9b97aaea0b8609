import { Router } from 'express'
import { conversationFileRequestSchema } from '../../shared/conversations.ts'
import { AppError } from '../../shared/errors.ts'
import { type FileKind, mostFileBytes } from '../../shared/file-rules.ts'
import { serveStored } from '../storage/http.ts'
import { createAdmit } from '../transport/admit.ts'
import { attachment } from '../transport/attachment.ts'
import { parse } from '../transport/failures.ts'
import type { ActorOf } from '../transport/http.ts'
import type { Limiter } from '../transport/limits.ts'
import { isOwnOrigin } from '../transport/origin.ts'
import { createBodyReader } from '../transport/raw-body.ts'
import type { ConversationService } from './service.ts'

type Deps = { conversations: ConversationService; actorOf: ActorOf; limiter: Limiter; publicUrl: string | undefined }

const uploadCost = 5
const readCost = 1 / 4
const bodyOf = createBodyReader(mostFileBytes)
const types: Record<FileKind, string> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  jpeg: 'image/jpeg',
  png: 'image/png',
}

/** Files travel as they are and so stand beside the table: `PUT` and `GET /api/assignments/:assignmentId/files/:fileId`. */
export function conversationRoutes({ conversations, actorOf, limiter, publicUrl }: Deps): Router {
  const router = Router()
  const admit = createAdmit(actorOf, limiter)
  const path = '/api/assignments/:assignmentId/files/:fileId'

  router.put(path, async (request, response) => {
    if (!isOwnOrigin(request.headers, publicUrl)) throw new AppError('not-allowed', 'foreign-origin')
    const { assignmentId, fileId, name = 'file' } = parse(conversationFileRequestSchema, { ...request.query, ...request.params })
    const actor = await admit(request, uploadCost)
    response.json(await conversations.addFile(actor, assignmentId, fileId, name, () => bodyOf(request, response)))
  })

  router.get(path, async (request, response) => {
    const { assignmentId, fileId } = parse(conversationFileRequestSchema, request.params)
    const { name, kind, key } = await conversations.file(await admit(request, readCost), assignmentId, fileId)
    // Somebody else's file: saved and never shown as a page of ours.
    response.set({
      'Content-Type': types[kind],
      'Content-Disposition': attachment(name, `file.${kind}`),
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, no-store',
    })
    await serveStored(request, response, conversations.storage, key)
  })
  return router
}
