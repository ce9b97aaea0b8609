import { Router } from 'express'
import { z } from 'zod'
import { registerFilePath } from '../../shared/look-backs.ts'
import { createAdmit } from '../transport/admit.ts'
import { attachment } from '../transport/attachment.ts'
import { parse } from '../transport/failures.ts'
import type { ActorOf } from '../transport/http.ts'
import type { Limiter } from '../transport/limits.ts'
import type { Evaluations } from './evaluations.ts'
import { registerFile } from './register-file.ts'

const inputSchema = z.object({ settled: z.enum(['no', 'yes']).default('no') })
/** More than any region has; a file is not paged. */
const mostRows = 5_000

type Deps = { evaluations: Pick<Evaluations, 'lookBacks'>; actorOf: ActorOf; limiter: Limiter }

/** The register as a file, which is no JSON query and so stands beside the table. */
export function registerRoutes({ evaluations: { lookBacks }, actorOf, limiter }: Deps): Router {
  const admit = createAdmit(actorOf, limiter)
  const router = Router()
  router.get(registerFilePath, async (request, response) => {
    const actor = await admit(request, 5)
    const rows = await lookBacks.register(actor, { ...parse(inputSchema, request.query), limit: mostRows })
    response.set({
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': attachment('登记造册.csv', 'register.csv'),
      'Cache-Control': 'no-store',
    })
    response.send(registerFile(rows))
  })
  return router
}
