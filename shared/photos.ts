import { z } from 'zod'
import type { CommandTable } from './commands.ts'
import { receiptSchema } from './suggestions.ts'

/** What an upload is answered with. Kept again under the same id by the same person, it is the first one. */
export const photoSchema = z.object({
  id: z.uuid(),
  /** Of the picture that is kept, not of what was sent. */
  width: z.number().int(),
  height: z.number().int(),
  bytes: z.number().int(),
})
export type Photo = z.infer<typeof photoSchema>

export const photoRequestSchema = z.object({
  photoId: z.uuid(),
  size: z.literal('small').optional(),
  receipt: receiptSchema.optional(),
})

export const photoCommands = {
  /** Ties a photo that was just uploaded to the minutes of a meeting, so that it is kept and whoever reads them sees it. */
  'minutes:add-image': { input: z.object({ meetingId: z.uuid(), photoId: z.uuid() }), output: z.object({ photoId: z.uuid() }) },
} satisfies CommandTable
