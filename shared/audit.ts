import { z } from 'zod'
import type { QueryTable } from './commands.ts'
import { instant } from './text.ts'

export const auditEntrySchema = z.object({
  /** Place in the chain; null until the sealer has chained it, which takes seconds. */
  place: z.number().int().nullable(),
  at: instant,
  actorId: z.string().nullable(),
  actorName: z.string(),
  action: z.string(),
  subjectId: z.string(),
  hash: z.string().nullable(),
})
export type AuditEntry = z.infer<typeof auditEntrySchema>

export const auditQueries = {
  /** The whole trail, newest first, for administrators. */
  audit: {
    path: '/api/audit',
    input: z.object({ before: z.coerce.number().int().optional(), limit: z.coerce.number().int().min(1).max(500).default(100) }),
    output: z.array(auditEntrySchema),
  },
} satisfies QueryTable
