import { z } from 'zod'
import type { QueryTable } from './commands.ts'

export { groupLetter } from './opinion-rules.ts'

const count = z.number().int()
const tally = { agrees: count, disagrees: count, passes: count }

/** A group keeps its number from update to update; on the screen 0 is A, 1 is B and so on. */
export const groupIdSchema = z.number().int().min(0).max(25)

/** A suggestion that sets a group apart from all others: what the group says of it, and how much more often than the rest. */
export const representativeSchema = z.object({
  suggestionId: z.string(),
  side: z.enum(['agree', 'disagree']),
  /** How many of the group say so, of how many of it who voted on it. */
  count,
  votes: count,
  /** Smoothed: (count + 1) ÷ (votes + 2). */
  share: z.number(),
  /** How many times the share of all others that is. */
  ratio: z.number(),
  ratioTest: z.number(),
  shareTest: z.number(),
  /** What the group agrees with most distinctly. */
  bestAgree: z.boolean(),
  /** Whether it is more than chance, at 90 %. In a small group it may not be, and is shown all the same. */
  significant: z.boolean(),
})
export type RepresentativeSuggestion = z.infer<typeof representativeSchema>

const place = { x: z.number(), y: z.number() }

export const opinionSchema = z.object({
  /** Whom it counts: all who voted, or those who were not set aside. */
  with: z.enum(['counted', 'all']),
  /** How many people were set aside. */
  setAside: count,
  voters: count,
  votes: count,
  /** How many of those who voted have voted on enough to be placed, and how many votes that takes. */
  placed: count,
  needed: count,
  /** How well the people fall into so many groups, from -1 to 1, for each number of groups that was tried. */
  silhouettes: z.array(z.object({ groups: count, value: z.number() })),
  groups: z.array(z.object({ id: groupIdSchema, size: count, ...place, representatives: z.array(representativeSchema) })),
  /** People who vote alike; while there are at most a hundred, each knot is one person, or several who voted the same. */
  knots: z.array(z.object({ ...place, people: count, groupId: groupIdSchema })),
  suggestions: z.array(
    z.object({
      suggestionId: z.string(),
      ...tally,
      /** Where somebody would stand who agreed with this one only. */
      ...place,
      /** Group-informed consensus: how likely somebody of each group agrees, multiplied. */
      consensus: z.number(),
      /** More than half of each group agree. */
      common: z.boolean(),
      byGroup: z.array(z.object({ groupId: groupIdSchema, ...tally })),
    }),
  ),
  /** What most of all who voted say, whatever their group. */
  majorities: z.array(
    z.object({
      suggestionId: z.string(),
      side: z.enum(['agree', 'disagree']),
      count,
      votes: count,
      share: z.number(),
      shareTest: z.number(),
    }),
  ),
  /** What one group holds and most do not. */
  minorities: z.array(
    z.object({
      suggestionId: z.string(),
      groupId: groupIdSchema,
      agrees: count,
      votes: count,
      restAgrees: count,
      restVotes: count,
      significant: z.boolean(),
    }),
  ),
})
export type Opinion = z.infer<typeof opinionSchema>

/** Grows with every picture, also over a new start of the program. */
const version = z.number().int()

/** The picture of a meeting, for the room. */
export const meetingOpinionSchema = opinionSchema.extend({
  meetingId: z.uuid(),
  version,
  suggestions: z.array(
    opinionSchema.shape.suggestions.element.extend({
      text: z.string(),
      /** Flagged, and no moderator has looked at it: not for a hall's screen. */
      toBeLookedAt: z.boolean(),
    }),
  ),
})
export type MeetingOpinion = z.infer<typeof meetingOpinionSchema>

const shareOfGroup = z.object({ groupId: groupIdSchema, agrees: count, votes: count })

/** What everybody may see of it who has voted on some: a phone's picture. */
export const commonGroundSchema = z.object({
  version,
  /** Until so many are voted on, there is nothing to see. */
  given: count,
  needed: count,
  voters: count,
  placed: count,
  /** With so many votes one has a place; it takes a few seconds to be computed. */
  toBePlaced: count,
  groups: z.array(
    z.object({
      id: groupIdSchema,
      size: count,
      /** What sets it apart. */
      holds: z.array(z.object({ suggestionId: z.string(), text: z.string(), side: z.enum(['agree', 'disagree']), count, votes: count })),
    }),
  ),
  knots: opinionSchema.shape.knots,
  /** What more than half of every group agree with, the surest first. */
  common: z.array(z.object({ suggestionId: z.string(), text: z.string(), byGroup: z.array(shareOfGroup) })),
  /** Where I stand; without a group until enough votes are given. */
  mine: z.object({ ...place, groupId: groupIdSchema.nullable() }).nullable(),
})
export type CommonGround = z.infer<typeof commonGroundSchema>

const meeting = z.object({ meetingId: z.uuid() })

export const opinionQueries = {
  opinion: {
    path: '/api/meetings/:meetingId/opinion',
    input: meeting.extend({ with: z.enum(['counted', 'all']).default('counted') }),
    output: meetingOpinionSchema,
  },
  'common-ground': { path: '/api/meetings/:meetingId/opinion/common', input: meeting, output: commonGroundSchema },
} satisfies QueryTable

export type OpinionEvents = {
  /** There is a newer picture to be read. */
  'opinion:changed': (changed: { meetingId: string; version: number }) => void
}
