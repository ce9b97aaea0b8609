import { z } from 'zod'
import type { CommandTable, QueryTable } from './commands.ts'
import { instant, line, versionSchema } from './text.ts'

export const choices = ['yes', 'no', 'abstain'] as const
export const choiceSchema = z.enum(choices)
export type Choice = z.infer<typeof choiceSchema>

export const majorities = ['simple', 'two-thirds'] as const
export const bases = ['cast', 'present'] as const
export const outcomes = ['carried', 'not-carried', 'no-quorum'] as const

export const talliesSchema = z.object({ yes: z.number().int(), no: z.number().int(), abstain: z.number().int() })
export type Tallies = z.infer<typeof talliesSchema>

/**
 * What is needed for a vote to carry.
 *
 * `base` is the number that the majority is taken of:
 * - `cast`: the votes of yes and of no. An abstention is not a vote cast (Robert's Rules of Order Newly Revised, 12th ed., 44:1).
 * - `present`: the voting members who were in the room when the vote was closed, and those who voted and left before that.
 *   Whoever abstains or does not vote counts against it.
 *
 * `majority` is the part of the base that must say yes:
 * - `simple`: more than half of it;
 * - `two-thirds`: two thirds of it or more.
 *
 * Of nothing there is no majority: where the base is 0, it is not carried.
 */
export const ruleSchema = z.object({ majority: z.enum(majorities), base: z.enum(bases) })
export type Rule = z.infer<typeof ruleSchema>

/**
 * What became of a vote. It counts only with a quorum: where a number is set for the meeting, at least as many voting members
 * must have been present (as {@link ruleSchema} says) when it was closed.
 */
export function outcomeOf(rule: Rule, tallies: Tallies, present: number, quorum: number | null): (typeof outcomes)[number] {
  if (quorum !== null && present < quorum) return 'no-quorum'
  const base = rule.base === 'cast' ? tallies.yes + tallies.no : present
  const carried = rule.majority === 'simple' ? tallies.yes * 2 > base : base > 0 && tallies.yes * 3 >= base * 2
  return carried ? 'carried' : 'not-carried'
}

export const voteResultSchema = z.object({
  ...talliesSchema.shape,
  /** Voting members present at the closing, or who voted before they left. */
  present: z.number().int(),
  /** The number that was needed for the vote to count. */
  quorum: z.number().int().nullable(),
  outcome: z.enum(outcomes),
})

export const voteSchema = z.object({
  id: z.uuid(),
  meetingId: z.uuid(),
  agendaItemId: z.uuid().nullable(),
  question: z.string(),
  secret: z.boolean(),
  ...ruleSchema.shape,
  openedAt: instant,
  closedAt: instant.nullable(),
  /** Who has voted, in the order of their ids, which says nothing about when. */
  voterIds: z.array(z.uuid()),
  /** Known once it is closed: while it runs, nobody sees how it stands. */
  result: voteResultSchema.nullable(),
  /** Who voted what, once an open vote is closed; always empty for a secret one. */
  ballots: z.array(z.object({ participantId: z.uuid(), name: z.string(), siteName: z.string().nullable(), choice: choiceSchema })),
  /** Grows by one with every change; a client keeps the highest it has seen. */
  version: versionSchema,
})
export type Vote = z.infer<typeof voteSchema>

export const voteCommands = {
  /** One at a time in a meeting. */
  'vote:open': {
    input: z.object({ id: z.uuid(), meetingId: z.uuid(), question: line(200), secret: z.boolean(), ...ruleSchema.shape }),
    output: voteSchema,
  },
  /** Once and for good. Cast again, it stays what it was. */
  'vote:cast': { input: z.object({ voteId: z.uuid(), choice: choiceSchema }), output: voteSchema },
  'vote:close': { input: z.object({ voteId: z.uuid() }), output: voteSchema },
} satisfies CommandTable

export const voteQueries = {
  /** Newest first. */
  votes: { path: '/api/meetings/:meetingId/votes', input: z.object({ meetingId: z.uuid() }), output: z.array(voteSchema) },
} satisfies QueryTable

export type VoteEvents = { 'vote:changed': (vote: Vote) => void }
