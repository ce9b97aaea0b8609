import { z } from 'zod'
import type { CommandTable, QueryTable } from './commands.ts'
import { choicesOf, pollKinds, pollResults } from './poll-rules.ts'
import { instant, line, versionSchema } from './text.ts'

export { averageOf, choicesOf, mergePoll, percentOf, pollKinds, pollResults } from './poll-rules.ts'

const kind = z.enum(pollKinds)
const mostOptions = 8

export const pollSchema = z.object({
  id: z.uuid(),
  meetingId: z.uuid(),
  agendaItemId: z.uuid().nullable(),
  kind,
  question: z.string(),
  /** What there is to choose from; empty for a scale (1 to 5) and a mood (five, from very good down). */
  options: z.array(z.string()),
  results: z.enum(pollResults),
  openedAt: instant,
  closedAt: instant.nullable(),
  /** How many people have answered. */
  answered: z.number().int(),
  /** How many chose each, in the order of the options. Null for whoever may not see it yet. */
  counts: z.array(z.number().int()).nullable(),
  /** Grows by one with every answer: of two counts the one with more is newer. */
  writes: z.number().int(),
  /** Grows by one when it is opened and closed. */
  version: versionSchema,
})
export type Poll = z.infer<typeof pollSchema>

export const pollViewSchema = pollSchema.extend({
  /** What I chose; null when I have not answered. */
  mine: z.array(z.number().int()).nullable(),
})
export type PollView = z.infer<typeof pollViewSchema>

/** Who may see how a poll stands. */
export const seesCounts = ({ results, closedAt }: Pick<Poll, 'results' | 'closedAt'>, who: { chair: boolean; answered: boolean }) =>
  who.chair || closedAt !== null || results === 'live' || (results === 'answered' && who.answered)

/** Whether these are an answer to a poll: one choice, or of a multiple choice one or more, each once. */
export function isAnswer(poll: Pick<Poll, 'kind' | 'options'>, choices: readonly number[]): boolean {
  const known = choices.every((choice) => choice < choicesOf(poll))
  return known && new Set(choices).size === choices.length && (poll.kind === 'multiple' ? choices.length > 0 : choices.length === 1)
}

const choices = z
  .array(
    z
      .number()
      .int()
      .min(0)
      .max(mostOptions - 1),
  )
  .min(1)
  .max(mostOptions)

export const pollCommands = {
  /** One at a time in a meeting. */
  'poll:open': {
    input: z
      .object({
        id: z.uuid(),
        meetingId: z.uuid(),
        kind,
        question: line(120),
        options: z.array(line(40)).max(mostOptions),
        results: z.enum(pollResults),
      })
      .refine(({ kind: asked, options }) => (asked === 'scale' || asked === 'mood' ? options.length === 0 : options.length >= 2), {
        path: ['options'],
        error: 'wrong-number',
      })
      .refine(({ options }) => new Set(options).size === options.length, { path: ['options'], error: 'twice' }),
    output: pollViewSchema,
  },
  /** One answer for each person, which may be changed while it is open. Of two the one with the later id (UUIDv7) holds. */
  'poll:answer': { input: z.object({ id: z.uuid(), pollId: z.uuid(), choices }), output: pollViewSchema },
  'poll:close': { input: z.object({ pollId: z.uuid() }), output: pollViewSchema },
} satisfies CommandTable

export const pollQueries = {
  /** Newest first, each with what whoever asks may see of it. */
  polls: { path: '/api/meetings/:meetingId/polls', input: z.object({ meetingId: z.uuid() }), output: z.array(pollViewSchema) },
} satisfies QueryTable

export type PollCount = Pick<Poll, 'id' | 'meetingId' | 'answered' | 'counts' | 'writes'>

export type PollEvents = {
  'poll:changed': (poll: Poll) => void
  /** Once a second while answers come. */
  'poll:counted': (count: PollCount) => void
}
