import { z } from 'zod'
import type { CommandTable, QueryTable } from './commands.ts'
import { cursorOf, cursorSchema } from './cursor.ts'
import { proposalLimits, proposalRulesSchema } from './proposal-rules.ts'
import { passageSchema, recommendationSchema } from './recommendations.ts'
import { proposalStatuses, reviewMoveNames, type Standing } from './review-machine.ts'
import { instant, optionalText, regionCodeSchema, text, versionSchema } from './text.ts'
import { outcomes } from './votes.ts'

const personSchema = z.object({ id: z.uuid(), name: z.string() })

export const signerAnswers = ['invited', 'signed', 'declined'] as const
export const signerSchema = z.object({
  accountId: z.uuid(),
  name: z.string(),
  answer: z.enum(signerAnswers),
  /** When it was answered. */
  at: instant.nullable(),
  /** False for a signature under words that were changed after it: it does not count until it is given again. */
  current: z.boolean(),
})
export type Signer = z.infer<typeof signerSchema>

export const claimSchema = z.object({ accountId: z.uuid(), name: z.string(), at: instant, until: instant })
export type Claim = z.infer<typeof claimSchema>

/** A step in a proposal's life: a move, or that somebody took the claim of another one over. */
export const proposalStepSchema = z.object({
  move: z.enum([...reviewMoveNames, 'take-over']),
  at: instant,
  byName: z.string(),
  reason: z.string(),
})
export type ProposalStep = z.infer<typeof proposalStepSchema>

/** What a list shows of a proposal. */
export const proposalSummarySchema = z.object({
  id: z.uuid(),
  meetingId: z.uuid(),
  meetingTitle: z.string(),
  /** The co-hosting regions of the meeting, whose secretariats review. */
  regionCodes: z.array(regionCodeSchema),
  /** By whose rules it is written, reviewed and numbered. */
  regionCode: regionCodeSchema,
  status: z.enum(proposalStatuses),
  title: z.string(),
  proposer: personSchema,
  signers: z.array(signerSchema),
  claim: claimSchema.nullable(),
  firstReviewer: personSchema.nullable(),
  /** Whether the region lets one person do both reviews. */
  sameReviewer: z.boolean(),
  /** Why it came back, while it is being mended. */
  returned: z.string().nullable(),
  createdAt: instant,
  submittedAt: instant.nullable(),
  version: versionSchema,
})
export type ProposalSummary = z.infer<typeof proposalSummarySchema>

const otherSchema = z.object({ id: z.uuid(), title: z.string(), proposerName: z.string() })

export const proposalSchema = proposalSummarySchema.extend({
  body: z.string(),
  measures: z.array(z.string()),
  /** Grows with every change of what is written and of what it comes from; a signature is given to one of them. */
  textVersion: versionSchema,
  /** What it came from, of those that were united with it too. */
  suggestions: z.array(z.object({ id: z.uuid(), text: z.string(), authorName: z.string() })),
  passages: z.array(passageSchema),
  votes: z.array(z.object({ id: z.uuid(), question: z.string(), outcome: z.enum(outcomes).nullable() })),
  /** As they were called then: themes are found anew with every suggestion. */
  themes: z.array(z.object({ id: z.uuid(), name: z.string() })),
  steps: z.array(proposalStepSchema),
  /** By what it is judged when it is handed in. */
  rules: proposalRulesSchema,
  mergedInto: otherSchema.extend({ final: z.boolean() }).nullable(),
  /** Those that were united with it. */
  merged: z.array(otherSchema),
  /** Once it is accepted. */
  number: z.string().nullable(),
})
export type Proposal = z.infer<typeof proposalSchema>

/** As the machine sees it. */
export const standingOf = (proposal: ProposalSummary & Partial<Pick<Proposal, 'mergedInto'>>): Standing => ({
  status: proposal.status,
  proposerId: proposal.proposer.id,
  meeting: { meetingId: proposal.meetingId, regionCodes: proposal.regionCodes },
  claim: proposal.claim,
  firstReviewerId: proposal.firstReviewer?.id ?? null,
  sameReviewer: proposal.sameReviewer,
  mergeIsFinal: proposal.mergedInto?.final ?? false,
})

/** Those whose names stand under it: the proposer, and who signed its words as they are. */
export const namesUnder = ({ proposer, signers }: Pick<ProposalSummary, 'proposer' | 'signers'>): string[] => [
  proposer.name,
  ...signers.filter(({ answer, current }) => answer === 'signed' && current).map(({ name }) => name),
]

/** Those whose it is, by account: the same people as {@link namesUnder}. */
export const idsUnder = ({ proposer, signers }: Pick<ProposalSummary, 'proposer' | 'signers'>): string[] => [
  proposer.id,
  ...signers.filter(({ answer, current }) => answer === 'signed' && current).map(({ accountId }) => accountId),
]

const blockIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)

const draftFields = {
  id: z.uuid(),
  meetingId: z.uuid(),
  /** One of the meeting's; left out, that of its main hall. */
  regionCode: regionCodeSchema.optional(),
  title: optionalText(proposalLimits.title),
  body: optionalText(proposalLimits.body),
  measures: z.array(text(proposalLimits.measure)).max(proposalLimits.measures).default([]),
  suggestionIds: z.array(z.uuid()).max(200),
  /** Blocks of the minutes; their text is taken from the stored document. */
  blockIds: z.array(blockIdSchema).max(50),
  voteIds: z.array(z.uuid()).max(50).default([]),
  themeIds: z.array(z.uuid()).max(50).default([]),
}
export const draftSchema = z.object(draftFields)
export type ProposalDraft = z.output<typeof draftSchema>

const one = z.object({ proposalId: z.uuid() })
const withReason = one.extend({ reason: text(500) })

export const proposalCommands = {
  /** A draft is kept however incomplete it is. `textVersion` is the one that was being edited, 0 for a new one. */
  'proposal:save': { input: draftSchema.extend({ textVersion: versionSchema }), output: proposalSchema },
  /** Asks somebody of the meeting to sign as well, or no longer. */
  'proposal:invite': { input: one.extend({ accountId: z.uuid(), invited: z.boolean() }), output: proposalSchema },
  /** By who was asked: signs the words of this version, or declines. */
  'proposal:answer': { input: one.extend({ sign: z.boolean(), textVersion: versionSchema }), output: proposalSchema },
  'proposal:submit': { input: one, output: proposalSchema },
  'proposal:withdraw': { input: one, output: proposalSchema },
  'proposal:drop': { input: one, output: proposalSchema },
  /** Whoever has claimed it reviews it, and nobody else until it is given back, runs out or is taken over. */
  'proposal:claim': { input: one, output: proposalSchema },
  'proposal:release': { input: one, output: proposalSchema },
  /** From whom it was seen with: of two who take it over at once, the later one is told. */
  'proposal:take-over': { input: withReason.extend({ fromId: z.uuid() }), output: proposalSchema },
  'proposal:receive': { input: one, output: proposalSchema },
  'proposal:pass': { input: one.extend({ remark: optionalText(500).default('') }), output: proposalSchema },
  'proposal:approve': { input: one.extend({ remark: optionalText(500).default('') }), output: proposalSchema },
  'proposal:return': { input: withReason, output: proposalSchema },
  'proposal:merge': { input: one.extend({ intoId: z.uuid(), reason: optionalText(500).default('') }), output: proposalSchema },
  'proposal:unmerge': { input: withReason, output: proposalSchema },
  /** All of it at once, by a secretariat whose region lets one person do both reviews. */
  'recommendation:create': { input: draftSchema, output: recommendationSchema },
} satisfies CommandTable

export const nearSchema = z.object({
  id: z.uuid(),
  number: z.string().nullable(),
  title: z.string(),
  meetingTitle: z.string(),
  createdAt: instant,
  /** From 0 to 1. */
  likeness: z.number(),
  /** How many of the chosen suggestions are in it too. */
  sharedSuggestions: z.number().int(),
})
export type Near = z.infer<typeof nearSchema>

/** Where somebody looks for proposals: what waits for them, what is under review, their own, or all that they may read. */
export const proposalShelves = ['waiting', 'review', 'mine', 'all'] as const
export type ProposalShelf = (typeof proposalShelves)[number]

/** Names the last proposal of a page, for the one that follows. */
export const proposalCursor = ({ id, submittedAt, createdAt }: Pick<ProposalSummary, 'id' | 'submittedAt' | 'createdAt'>) =>
  cursorOf(submittedAt ?? createdAt, id)

export const proposalQueries = {
  /** Mine, those that I am asked to sign, and those handed in that I may review; what was handed in last comes first. */
  proposals: {
    path: '/api/proposals',
    input: z.object({
      meetingId: z.uuid().optional(),
      /** `open` leaves out what is accepted, united or given up. */
      which: z.enum(['open', 'all']).default('open'),
      shelf: z.enum(proposalShelves).default('all'),
      after: cursorSchema.optional(),
      limit: z.coerce.number().int().min(1).max(200).default(100),
    }),
    output: z.array(proposalSummarySchema),
  },
  proposal: { path: '/api/proposals/:proposalId', input: one, output: proposalSchema },
  /** By which rules a proposal of this meeting is judged, and who can be asked to sign. */
  'proposal-form': {
    path: '/api/meetings/:meetingId/proposal-form',
    input: z.object({ meetingId: z.uuid(), regionCode: regionCodeSchema.optional() }),
    output: z.object({ regionCode: regionCodeSchema, rules: proposalRulesSchema, people: z.array(personSchema) }),
  },
  /** Earlier recommendations and proposals that much resemble this one, of those that I may read; the most alike first. */
  'near-recommendations': {
    path: '/api/meetings/:meetingId/near-recommendations',
    input: z.object({
      meetingId: z.uuid(),
      title: text(proposalLimits.title),
      /** The one that is being written itself. */
      exceptId: z.uuid().optional(),
      /** Ids with commas between. */
      suggestionIds: z
        .string()
        .max(8_000)
        .default('')
        .transform((list) => list.split(',').filter(Boolean))
        .pipe(z.array(z.uuid()).max(200)),
    }),
    output: z.array(nearSchema),
  },
} satisfies QueryTable

export type ProposalEvents = {
  /** Whoever shows it reads it again: what it says is not for everybody who hears this. */
  'proposal:changed': (changed: { id: string; meetingId: string; version: number }) => void
}
