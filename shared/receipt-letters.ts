import { z } from 'zod'
import type { CommandTable } from './commands.ts'
import { noticeLanguages } from './notifications.ts'
import { letterStateSchema, receiptSchema } from './suggestions.ts'

const tokenSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/** Hearing of the answer by e-mail without an account, for whoever holds a receipt. */
export const receiptLetterCommands = {
  /** Sends a letter to the address; the answer goes there once its owner has followed the link in it. */
  'letters:ask': {
    input: z.object({ receipt: receiptSchema, email: z.email().max(254).toLowerCase(), language: z.enum(noticeLanguages) }),
    output: z.object({ letters: letterStateSchema }),
  },
  /** By whoever has read that letter. */
  'letters:confirm': { input: z.object({ token: tokenSchema }), output: z.object({ letters: letterStateSchema }) },
  /** By the link in any of the letters: the address is forgotten at once. */
  'letters:stop': { input: z.object({ token: tokenSchema }), output: z.object({ letters: letterStateSchema }) },
} satisfies CommandTable
