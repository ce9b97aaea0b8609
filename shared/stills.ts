import { z } from 'zod'
import type { QueryTable } from './commands.ts'

/** What a phone is shown of the hall. */
export const stillSchema = z.object({
  meetingId: z.uuid(),
  /** Whom the chair shows, else who has the floor; null while it is nobody. */
  speaker: z.object({ name: z.string(), siteName: z.string().nullable() }).nullable(),
  camera: z.enum(['on', 'off']),
  /** The newest picture; null while there is none, or none that is new enough. */
  stillId: z.uuid().nullable(),
})
export type Still = z.infer<typeof stillSchema>

export const stillRequestSchema = z.object({ meetingId: z.uuid(), stillId: z.uuid() })

export const stillQueries = {
  /** Asking for it is what makes the speaker's page take the next picture: nobody is pictured while nobody looks. */
  still: { path: '/api/meetings/:meetingId/still', input: z.object({ meetingId: z.uuid() }), output: stillSchema },
} satisfies QueryTable
