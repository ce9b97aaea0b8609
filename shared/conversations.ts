import { z } from 'zod'
import { daySchema } from './clocks.ts'
import type { CommandTable, QueryTable } from './commands.ts'
import { fileKinds, mostFiles, mostNameLength } from './file-rules.ts'
import { instant, line, text } from './text.ts'

/** 办前沟通、办中协商、办后反馈. */
export const conversationStages = ['before', 'during', 'after'] as const
export const contactWays = ['message', 'phone', 'visit', 'meeting'] as const
export const conversationSides = ['department', 'secretariat', 'proposer'] as const

export const conversationFileSchema = z.object({ id: z.uuid(), name: z.string(), kind: z.enum(fileKinds), bytes: z.number().int() })
export type ConversationFile = z.infer<typeof conversationFileSchema>

export const conversationMessageSchema = z.object({
  id: z.uuid(),
  assignmentId: z.uuid(),
  side: z.enum(conversationSides),
  byName: z.string(),
  stage: z.enum(conversationStages),
  way: z.enum(contactWays),
  /** The day of a call, a visit or a meeting; null for what was written here. */
  heldOn: daySchema.nullable(),
  text: z.string(),
  files: z.array(conversationFileSchema),
  at: instant,
})
export type ConversationMessage = z.infer<typeof conversationMessageSchema>

export const conversationSchema = z.object({
  assignmentId: z.uuid(),
  /** As whom the reader takes part. */
  side: z.enum(conversationSides),
  messages: z.array(conversationMessageSchema),
})
export type Conversation = z.infer<typeof conversationSchema>

export const conversationFileRequestSchema = z.object({
  assignmentId: z.uuid(),
  fileId: z.uuid(),
  name: line(mostNameLength).optional(),
})

export const conversationCommands = {
  /** Says something to the other side, or notes down a call, a visit or a meeting with them. */
  'conversation:say': {
    input: z
      .object({
        id: z.uuid(),
        assignmentId: z.uuid(),
        stage: z.enum(conversationStages),
        way: z.enum(contactWays),
        heldOn: daySchema.nullable(),
        text: text(4_000),
        /** Uploaded before, by the same account. */
        fileIds: z
          .array(z.uuid())
          .max(mostFiles)
          .refine((ids) => new Set(ids).size === ids.length, 'twice'),
      })
      .refine(({ way, heldOn }) => (way === 'message') === (heldOn === null), { path: ['heldOn'], message: 'day-of-contact' }),
    output: conversationMessageSchema,
  },
} satisfies CommandTable

export const conversationQueries = {
  /** The conversations about a recommendation in which I take part, one for each department that has it. */
  conversations: {
    path: '/api/recommendations/:recommendationId/conversations',
    input: z.object({ recommendationId: z.uuid() }),
    output: z.array(conversationSchema),
  },
} satisfies QueryTable

export type ConversationEvents = { 'conversation:said': (message: ConversationMessage) => void }
