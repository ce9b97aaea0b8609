import { z } from 'zod'
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
