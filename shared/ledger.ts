import { z } from 'zod'
import { assignmentParts, assignmentStatuses } from './assignment-machine.ts'
import { type Colour, colours } from './clocks.ts'
import type { CommandTable, QueryTable } from './commands.ts'
import { assignmentSchema, replyGrades } from './recommendations.ts'
import { instant, line, optionalText, regionCodeSchema } from './text.ts'

/** Where a line of the ledger stands: not yet given to anybody, as its assignment, or entered from an earlier year. */
export const ledgerStates = ['to-issue', ...assignmentStatuses, 'past'] as const
export type LedgerState = (typeof ledgerStates)[number]

export const ledgerSorts = ['newest', 'oldest', 'due', 'changed'] as const
export type LedgerSort = (typeof ledgerSorts)[number]

/** What narrows the ledger down. It stands in addresses and in saved views, so every part is one word. */
export const ledgerFilterSchema = z.object({
  /** Words that the number, the title, the text, the meeting, the department or the proposer contain. */
  text: line(60).optional(),
  state: z.enum(ledgerStates).optional(),
  colour: z.enum(colours).optional(),
  /** With all below it: of the department; of the meeting while none is charged. */
  regionCode: regionCodeSchema.optional(),
  organizationId: z.uuid().optional(),
  meetingId: z.uuid().optional(),
  proposerId: z.uuid().optional(),
  year: z.coerce.number().int().min(1949).max(2199).optional(),
  /** The worst grade of the reply. */
  grade: z.enum(replyGrades).optional(),
})
export type LedgerFilter = z.infer<typeof ledgerFilterSchema>
export const ledgerFilterNames = Object.keys(ledgerFilterSchema.shape) as (keyof LedgerFilter)[]

/** What the rules of assignments look at (`Party`). */
const partySchema = assignmentSchema
  .pick({ id: true, status: true, part: true, organizationId: true, regionCode: true, hostCode: true, round: true })
  .extend({ supervisor: z.object({ id: z.uuid() }).nullable() })

/** One department's part in a recommendation; the recommendation itself while nobody is charged with it; or one of an earlier year. */
export const ledgerLineSchema = z.object({
  id: z.uuid(),
  recommendationId: z.uuid().nullable(),
  pastId: z.uuid().nullable(),
  assignmentId: z.uuid().nullable(),
  number: z.string(),
  title: z.string(),
  meetingId: z.uuid().nullable(),
  meetingTitle: z.string(),
  proposerId: z.uuid().nullable(),
  proposerName: z.string(),
  year: z.number().int(),
  state: z.enum(ledgerStates),
  organizationId: z.uuid().nullable(),
  organizationName: z.string(),
  regionCode: regionCodeSchema.nullable(),
  regionPath: z.array(z.string()),
  /** The deadline that runs; yellow from `warnAt`, red from `dueAt`. Null where none runs. */
  warnAt: instant.nullable(),
  dueAt: instant.nullable(),
  paused: z.boolean(),
  grade: z.enum(replyGrades).nullable(),
  createdAt: instant,
  changedAt: instant,
  /** All departments that have the recommendation, for who may do what with it now. */
  parties: z.array(partySchema),
})
export type LedgerLine = z.infer<typeof ledgerLineSchema>

/** The same as of an assignment, from what stands in its line. */
export function colourOfLine({ dueAt, warnAt }: Pick<LedgerLine, 'dueAt' | 'warnAt'>, now: Date): Colour | null {
  if (dueAt === null || warnAt === null) return null
  if (Date.parse(dueAt) < now.getTime()) return 'red'
  return Date.parse(warnAt) <= now.getTime() ? 'yellow' : 'green'
}

/** How many lines stand where, with the colours of those whose clock runs. */
export const ledgerCountSchema = z.object({
  state: z.enum(ledgerStates),
  total: z.number().int(),
  green: z.number().int(),
  yellow: z.number().int(),
  red: z.number().int(),
})
export type LedgerCount = z.infer<typeof ledgerCountSchema>

/** `atLeast` when a search finds so much that not all of it was counted. */
export const ledgerCountsSchema = z.object({ counts: z.array(ledgerCountSchema), atLeast: z.boolean() })
export type LedgerCounts = z.infer<typeof ledgerCountsSchema>

/** A filter kept under a name: one's own, or everybody's in a region and below it. */
export const ledgerViewSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  ownerId: z.uuid(),
  ownerName: z.string(),
  regionCode: regionCodeSchema.nullable(),
  filter: ledgerFilterSchema,
  sort: z.enum(ledgerSorts),
})
export type LedgerView = z.infer<typeof ledgerViewSchema>

export const pastRecommendationSchema = z.object({
  id: z.uuid(),
  regionCode: regionCodeSchema,
  regionPath: z.array(z.string()),
  number: z.string(),
  year: z.number().int(),
  title: z.string(),
  body: z.string(),
  meetingTitle: z.string(),
  proposer: z.string(),
  departments: z.string(),
  recommendedOn: z.iso.date(),
  repliedOn: z.iso.date().nullable(),
  grade: z.enum(replyGrades).nullable(),
  reply: z.string(),
  importedBy: z.string(),
  importedAt: instant,
})
export type PastRecommendation = z.infer<typeof pastRecommendationSchema>

export const reminderSchema = z.object({ id: z.uuid(), at: instant, byName: z.string(), words: z.string() })
export type Reminder = z.infer<typeof reminderSchema>

/** What became of each of several that were asked for at once: each is decided for itself. */
export const outcomeSchema = z.object({ id: z.uuid(), done: z.boolean(), code: z.string().nullable(), reason: z.string().nullable() })
export type Outcome = z.infer<typeof outcomeSchema>

const mostAtOnce = 100

export const ledgerCommands = {
  /** Gives several recommendations to departments; each `id` is that of the new assignment. */
  'ledger:issue-many': {
    input: z.object({
      items: z
        .array(
          z.object({ id: z.uuid(), recommendationId: z.uuid(), organizationId: z.uuid(), part: z.enum(assignmentParts).default('lead') }),
        )
        .min(1)
        .max(mostAtOnce),
    }),
    output: z.array(outcomeSchema),
  },
  /** 催办: reminds departments of what they have not yet signed for or answered. `id` names this round of reminders. */
  'ledger:remind-many': {
    input: z.object({ id: z.uuid(), assignmentIds: z.array(z.uuid()).min(1).max(mostAtOnce), words: optionalText(300) }),
    output: z.array(outcomeSchema),
  },
  /** Keeps a filter under a name, or changes one's own. With a region it is everybody's there. */
  'ledger-view:save': {
    input: z.object({
      id: z.uuid(),
      name: line(30),
      regionCode: regionCodeSchema.nullable(),
      filter: ledgerFilterSchema,
      sort: z.enum(ledgerSorts),
    }),
    output: ledgerViewSchema,
  },
  'ledger-view:remove': { input: z.object({ viewId: z.uuid() }), output: z.object({ removed: z.boolean() }) },
} satisfies CommandTable

const sortAndPage = { sort: z.enum(ledgerSorts).default('newest'), after: z.string().max(300).optional() }

export const choiceKinds = ['organization', 'meeting', 'proposer'] as const

export const ledgerQueries = {
  /** What I may read of it, a page at a time; `next` of one page is `after` of the following one. */
  ledger: {
    path: '/api/ledger',
    input: ledgerFilterSchema.extend({ ...sortAndPage, limit: z.coerce.number().int().min(1).max(200).default(50) }),
    output: z.object({ lines: z.array(ledgerLineSchema), next: z.string().nullable() }),
  },
  /** Of each state, as if the filter named none, nor a colour. */
  'ledger-counts': {
    path: '/api/ledger/counts',
    input: ledgerFilterSchema.omit({ state: true, colour: true }),
    output: ledgerCountsSchema,
  },
  /** What the ledger could be narrowed down to, by a part of its name, or by its id. */
  'ledger-choices': {
    path: '/api/ledger/choices',
    input: z.object({ of: z.enum(choiceKinds), text: optionalText(30).default(''), id: z.uuid().optional() }),
    output: z.array(z.object({ id: z.uuid(), name: z.string() })),
  },
  'ledger-views': { path: '/api/ledger/views', input: z.object({}), output: z.array(ledgerViewSchema) },
  'past-recommendation': {
    path: '/api/ledger/past/:pastId',
    input: z.object({ pastId: z.uuid() }),
    output: pastRecommendationSchema,
  },
  'assignment-reminders': {
    path: '/api/assignments/:assignmentId/reminders',
    input: z.object({ assignmentId: z.uuid() }),
    output: z.array(reminderSchema),
  },
} satisfies QueryTable

/** What an exported line can tell, in the order of the columns. */
export const ledgerFields = [
  'number',
  'title',
  'body',
  'meeting',
  'proposer',
  'year',
  'region',
  'department',
  'state',
  'colour',
  'due',
  'grade',
  'reply',
  'created',
  'changed',
] as const
export type LedgerField = (typeof ledgerFields)[number]

export const ledgerForms = ['xlsx', 'csv', 'json'] as const
export type LedgerForm = (typeof ledgerForms)[number]

export const ledgerExportPath = (form: LedgerForm) => `/api/ledger/export.${form}` as const
export const ledgerTemplatePath = '/api/ledger/template.xlsx'
export const ledgerImportPath = '/api/ledger/imports'

/** An upload may be so large as it comes, and as what it unpacks to. */
export const mostImportBytes = 8 * 2 ** 20
export const mostUnpackedBytes = 64 * 2 ** 20
export const mostImportRows = 5_000

/** What is wrong with a cell, or with the line as a whole where `field` is null. */
export const importProblems = [
  'missing',
  'too-long',
  'not-a-date',
  'not-a-year',
  'not-a-grade',
  'number-twice-in-file',
  'reply-before-recommendation',
] as const

export const pastColumns = [
  'number',
  'title',
  'body',
  'meeting',
  'proposer',
  'departments',
  'recommendedOn',
  'repliedOn',
  'grade',
  'reply',
] as const
export type PastColumn = (typeof pastColumns)[number]

/** What importing a file would do, or has done. `row` counts as the spreadsheet does. */
export const importReportSchema = z.object({
  /** Of the file; confirming names it, so that what is stored is what was looked at. */
  hash: z.string(),
  rows: z.number().int(),
  fresh: z.number().int(),
  /** Rows whose number the region has already: they are passed over. */
  known: z.array(z.object({ row: z.number().int(), number: z.string() })),
  problems: z.array(
    z.object({ row: z.number().int(), field: z.enum(pastColumns).nullable(), problem: z.enum(importProblems), value: z.string() }),
  ),
  stored: z.boolean(),
})
export type ImportReport = z.infer<typeof importReportSchema>
