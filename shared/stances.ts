import { z } from 'zod'

export const stanceValues = ['agree', 'disagree', 'pass'] as const
export const stanceSchema = z.enum(stanceValues)
export type Stance = z.infer<typeof stanceSchema>
