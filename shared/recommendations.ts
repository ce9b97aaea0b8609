import { z } from 'zod'
import { assignmentParts, assignmentStatuses, isWorking, stepNames } from './assignment-machine.ts'
import { type Colour, clockKinds, clockSchema, colourAt, periodSchema, warningDaysSchema } from './clocks.ts'
import type { CommandTable, QueryTable } from './commands.ts'
import { instant, optionalText, regionCodeSchema, text, versionSchema } from './text.ts'

export const replyOutcomes = ['adopted', 'partly-adopted', 'not-adopted'] as const
export const replyGrades = ['A', 'B', 'C'] as const

export const replyItemSchema = z.object({
  suggestionId: z.uuid(),
  outcome: z.enum(replyOutcomes),
  /** A solved, B being solved or planned, C cannot be solved now. */
  grade: z.enum(replyGrades),
  text: z.string(),
})

export const replySchema = z.object({
  id: z.uuid(),
  /** Counts from 1; what was sent back as incomplete keeps its number. */
  version: z.number().int(),
  /** 1, or 2 for the answer of a second round. */
  round: z.number().int(),
  text: z.string(),
  items: z.array(replyItemSchema),
  repliedAt: instant,
  /** The head of the department who signed it. */
  repliedBy: z.string(),
  /** Who wrote it, where that was somebody else. */
  draftedBy: z.string().nullable(),
  sentBack: z.object({ at: instant, byName: z.string(), reason: z.string() }).nullable(),
})
export type Reply = z.infer<typeof replySchema>

/** What lies before the head of a department for signature. */
export const replyDraftSchema = replySchema
  .pick({ id: true, text: true, items: true })
  .extend({ assignmentId: z.uuid(), draftedAt: instant, draftedBy: z.string() })
export type ReplyDraft = z.infer<typeof replyDraftSchema>

/** A step in an assignment's life, with who took it; of a return the reason, and the department whose it may be. */
export const assignmentStepSchema = z.object({
  move: z.enum(stepNames),
  at: instant,
  byName: z.string(),
  reason: z.string(),
  proposed: z.object({ id: z.uuid(), name: z.string() }).nullable(),
})
export type AssignmentStep = z.infer<typeof assignmentStepSchema>

export const assignmentSchema = z.object({
  id: z.uuid(),
  recommendationId: z.uuid(),
  organizationId: z.uuid(),
  organizationName: z.string(),
  regionCode: regionCodeSchema,
  regionPath: z.array(z.string()),
  /** The co-hosting region whose part it answers for, the department's own or one above. */
  hostCode: regionCodeSchema,
  hostPath: z.array(z.string()),
  part: z.enum(assignmentParts),
  status: z.enum(assignmentStatuses),
  /** 2 once a second round was opened. */
  round: z.number().int(),
  issuedAt: instant,
  issuedBy: z.string().nullable(),
  signDueAt: instant,
  replyDueAt: instant,
  /** Its deadlines stand still; the dates are what they would be if they went on now. */
  paused: z.boolean(),
  /** From how many days before its deadlines it is yellow. */
  warningDays: warningDaysSchema,
  signedAt: instant.nullable(),
  signedBy: z.string().nullable(),
  /** Every move in the order they were made. */
  steps: z.array(assignmentStepSchema),
  /** The answer that stands in this round. */
  reply: replySchema.nullable(),
  /** Answers that were sent back, and those of earlier rounds, the first one first. */
  earlierReplies: z.array(replySchema),
  /** The leader who sees to this region's part (督办). */
  supervisor: z.object({ id: z.uuid(), name: z.string() }).nullable(),
})
export type Assignment = z.infer<typeof assignmentSchema>

/** A passage of the minutes that a recommendation came from, as it read then. */
export const passageSchema = z.object({ blockId: z.string(), text: z.string() })

export const recommendationSchema = z.object({
  id: z.uuid(),
  meetingId: z.uuid(),
  meetingTitle: z.string(),
  /** `浔议〔2026〕1号`-like number by its region's scheme, unique there for ever. */
  number: z.string(),
  title: z.string(),
  body: z.string(),
  /** When it was accepted. */
  createdAt: instant,
  /** Whose it is: who proposed it first, then who signed it too. */
  proposers: z.array(z.object({ accountId: z.uuid(), name: z.string() })),
  suggestions: z.array(z.object({ id: z.uuid(), text: z.string(), authorName: z.string() })),
  passages: z.array(passageSchema),
  assignments: z.array(assignmentSchema),
  /** Grows by one with every change of it or of its assignments. */
  version: versionSchema,
})
export type Recommendation = z.infer<typeof recommendationSchema>

/** An answer as it is written: one item for each suggestion that the recommendation came from. */
const answerSchema = z.object({
  id: z.uuid(),
  assignmentId: z.uuid(),
  text: text(8_000),
  items: z
    .array(
      z
        .object({ suggestionId: z.uuid(), outcome: z.enum(replyOutcomes), grade: z.enum(replyGrades), text: optionalText(2_000) })
        .refine((item) => item.outcome !== 'not-adopted' || item.text !== '', { path: ['text'], message: 'reason-needed' }),
    )
    .max(200),
})
const withReason = z.object({ assignmentId: z.uuid(), reason: text(1_000) })

export const recommendationCommands = {
  /** A secretariat gives a recommendation to a department of its own region: to lead, or to have a part. */
  'assignment:issue': {
    input: z.object({
      id: z.uuid(),
      recommendationId: z.uuid(),
      organizationId: z.uuid(),
      part: z.enum(assignmentParts).default('lead'),
    }),
    output: recommendationSchema,
  },
  /** Who supervises a co-hosting region's part of it (督办); null takes the task away. */
  'assignment:supervise': {
    input: z.object({ recommendationId: z.uuid(), hostCode: regionCodeSchema, accountId: z.uuid().nullable() }),
    output: recommendationSchema,
  },
  'assignment:sign': { input: z.object({ assignmentId: z.uuid() }), output: recommendationSchema },
  /** 退办, by the department: the reason, and whose it may be. */
  'assignment:return': {
    input: withReason.extend({ proposedId: z.uuid().nullable() }),
    output: recommendationSchema,
  },
  /** By the secretariat: taken back from a department that has not done its part. */
  'assignment:recall': { input: withReason, output: recommendationSchema },
  /**
   * By the secretariat, of what was sent back: it is this department's after all, and its deadlines begin anew. With `part` it gets
   * another one than before.
   */
  'assignment:insist': { input: withReason.extend({ part: z.enum(assignmentParts).optional() }), output: recommendationSchema },
  /** By the secretariat of the department's region: more time for a deadline that still runs. `id` names the extension. */
  'assignment:extend': {
    input: z.object({ id: z.uuid(), assignmentId: z.uuid(), kind: z.enum(clockKinds), period: periodSchema, reason: text(500) }),
    output: recommendationSchema,
  },
  /** By the secretariat: its deadlines stand still until they are resumed. */
  'assignment:pause': { input: z.object({ assignmentId: z.uuid(), reason: text(500) }), output: recommendationSchema },
  'assignment:resume': { input: z.object({ assignmentId: z.uuid() }), output: recommendationSchema },
  /** Lays an answer before the head of the department. */
  'assignment:draft': { input: answerSchema, output: recommendationSchema },
  'assignment:redraft': { input: withReason, output: recommendationSchema },
  /** By a co-handler: its part in words, or without words that it agrees. */
  'assignment:countersign': { input: z.object({ assignmentId: z.uuid(), text: optionalText(4_000) }), output: recommendationSchema },
  /** By the head, who signs exactly this. */
  'assignment:reply': { input: answerSchema, output: recommendationSchema },
  'assignment:incomplete': { input: withReason, output: recommendationSchema },
  'assignment:accept': { input: z.object({ assignmentId: z.uuid() }), output: recommendationSchema },
} satisfies CommandTable

export const recommendationQueries = {
  /** What I may read: of my regions and meetings, or given to my department. Newest first. */
  recommendations: {
    path: '/api/recommendations',
    input: z.object({ meetingId: z.uuid().optional(), limit: z.coerce.number().int().min(1).max(200).default(100) }),
    output: z.array(recommendationSchema),
  },
  recommendation: {
    path: '/api/recommendations/:recommendationId',
    input: z.object({ recommendationId: z.uuid() }),
    output: recommendationSchema,
  },
  /** Of what has reached me that I, my department or my secretariat have something to do with now, the nearest deadline first. */
  worklist: { path: '/api/worklist', input: z.object({}), output: z.array(recommendationSchema) },
  /** For the department, those who counter-sign, and whoever reviews the answer. */
  'reply-draft': {
    path: '/api/assignments/:assignmentId/draft',
    input: z.object({ assignmentId: z.uuid() }),
    output: z.object({ draft: replyDraftSchema.nullable() }),
  },
  /** Who can be asked to supervise a region's part: accounts with a role there by which they read the recommendation. */
  supervisors: {
    path: '/api/recommendations/:recommendationId/supervisors/:hostCode',
    input: z.object({ recommendationId: z.uuid(), hostCode: regionCodeSchema }),
    output: z.array(z.object({ id: z.uuid(), name: z.string() })),
  },
  /** An assignment's deadlines, and how each date came about. */
  'assignment-clocks': {
    path: '/api/assignments/:assignmentId/clocks',
    input: z.object({ assignmentId: z.uuid() }),
    output: z.array(clockSchema),
  },
} satisfies QueryTable

export type RecommendationEvents = { 'recommendation:changed': (recommendation: Recommendation) => void }

type Running = Pick<Assignment, 'status' | 'signDueAt' | 'replyDueAt' | 'paused' | 'warningDays'>

/** The deadline that runs for an assignment, with the days of warning that its region sets; null once it is done or returned, and while its deadlines stand still. */
export function deadlineOf({ status, signDueAt, replyDueAt, paused, warningDays }: Running): { dueAt: string; warningDays: number } | null {
  if (!isWorking(status) || paused) return null
  return status === 'issued' ? { dueAt: signDueAt, warningDays: warningDays.sign } : { dueAt: replyDueAt, warningDays: warningDays.reply }
}

/** The three colours of an assignment's running clock. */
export function colourOf(assignment: Running, now: Date): Colour | null {
  const deadline = deadlineOf(assignment)
  return deadline && colourAt(deadline.dueAt, deadline.warningDays, now)
}
