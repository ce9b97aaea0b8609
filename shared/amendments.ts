import { z } from 'zod'
import type { CommandTable, QueryTable } from './commands.ts'
import { blockIdSchema, isInline, type MinutesNode, textOf } from './minutes.ts'
import { instant, optionalText, text, versionSchema } from './text.ts'

/** A passage is to read otherwise, to go, or to be followed by a new one. */
export const amendmentKinds = ['replace', 'remove', 'add'] as const
export const amendmentStatuses = ['open', 'accepted', 'refused', 'withdrawn'] as const

const wordsLength = 20_000

export const amendmentSchema = z.object({
  id: z.uuid(),
  meetingId: z.uuid(),
  kind: z.enum(amendmentKinds),
  /** The passage; the one to stand before what is added, null for the end of the minutes. */
  blockId: blockIdSchema.nullable(),
  /** What the passage said when this was proposed; empty for what is added. */
  before: z.string(),
  /** What it is to say, with as many lines; empty for what is to go. */
  proposed: z.string(),
  reason: z.string(),
  authorId: z.uuid(),
  authorName: z.string(),
  createdAt: instant,
  status: z.enum(amendmentStatuses),
  decidedByName: z.string().nullable(),
  decidedAt: instant.nullable(),
  /** Why it was refused. */
  decisionReason: z.string(),
  version: versionSchema,
})
export type Amendment = z.infer<typeof amendmentSchema>

export const amendmentCommands = {
  /**
   * Proposes a change of a text that stands. Whoever may write the minutes may do so too while it is in draft or signed: words that
   * were written offline are kept that way, and decided once it is open to amendments.
   */
  'amendment:propose': {
    input: z
      .object({
        id: z.uuid(),
        meetingId: z.uuid(),
        kind: z.enum(amendmentKinds),
        blockId: blockIdSchema.nullable(),
        before: z.string().max(wordsLength),
        proposed: optionalText(wordsLength),
        reason: text(1_000),
      })
      .refine(({ kind, blockId }) => kind === 'add' || blockId !== null, { path: ['blockId'], message: 'passage-needed' })
      .refine(({ kind, proposed }) => (kind === 'remove') === (proposed === ''), { path: ['proposed'], message: 'words-needed' }),
    output: amendmentSchema,
  },
  'amendment:withdraw': { input: z.object({ amendmentId: z.uuid() }), output: amendmentSchema },
  /** Writes it into the minutes, in its author's name. Not for whoever proposed it. */
  'amendment:accept': { input: z.object({ amendmentId: z.uuid() }), output: amendmentSchema },
  'amendment:refuse': { input: z.object({ amendmentId: z.uuid(), reason: text(1_000) }), output: amendmentSchema },
} satisfies CommandTable

export const amendmentQueries = {
  /** The open ones first, in the order in which they came; then the decided ones, the newest first. */
  amendments: {
    path: '/api/meetings/:meetingId/minutes/amendments',
    input: z.object({ meetingId: z.uuid() }),
    output: z.array(amendmentSchema),
  },
} satisfies QueryTable

export type AmendmentEvents = { 'amendment:changed': (amendment: Amendment) => void }

const wordBlocks: readonly string[] = ['paragraph', 'heading', 'decision', 'recommendationPassage', 'meetingField']

/** Whether words stand in it directly. */
export const holdsWords = (type: string, hasInline: boolean) => hasInline || wordBlocks.includes(type)

/** The lines of a block that people wrote; what is cited, pictured or noted is not among them. */
export function linesOf(node: MinutesNode): string[] {
  const content = node.content ?? []
  if (!holdsWords(node.type, content.some(isInline))) return content.flatMap(linesOf)
  return content
    .map((part) => (part.type === 'hardBreak' ? '\n' : (part.text ?? '')))
    .join('')
    .split('\n')
}

/** What an amendment of a passage begins from. What is only cited can be removed, and is called what it says. */
export function passageWords(node: MinutesNode): string {
  const lines = linesOf(node)
  return lines.length > 0 ? lines.join('\n') : textOf(node)
}

/** Whether a passage has words that can be changed one for one. */
export const isAmendable = (node: MinutesNode) => linesOf(node).length > 0
