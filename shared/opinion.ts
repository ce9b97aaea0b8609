import { z } from 'zod'

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

/** A, B, C … */
export const groupLetter = (groupId: number) => String.fromCharCode(65 + groupId)
