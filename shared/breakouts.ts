import { z } from 'zod'
import type { CommandTable, QueryTable } from './commands.ts'
import { instant, line, text, versionSchema } from './text.ts'

/** Longer than any meeting parts its people; the chair can extend. */
const maxMinutes = 240
export const breakoutExtensions = [1, 5, 10] as const

const breakoutGroupSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  /** What the group talks about, where that is an agenda item. */
  agendaItemId: z.uuid().nullable(),
  /** Whoever is at one of these sites belongs here, also who comes later. */
  siteIds: z.array(z.uuid()),
})
export type BreakoutGroup = z.infer<typeof breakoutGroupSchema>

/** One round of groups within a meeting: from its opening until all are back. */
export const breakoutSchema = z.object({
  id: z.uuid(),
  meetingId: z.uuid(),
  groups: z.array(breakoutGroupSchema),
  /** Those who were put somewhere themselves, or went: it counts before their site's group. Null is outside all groups. */
  seats: z.array(z.object({ participantId: z.uuid(), groupId: z.uuid().nullable() })),
  openedAt: instant,
  endsAt: instant,
  closedAt: instant.nullable(),
  /** Whose voice reaches all groups. */
  voiceId: z.uuid().nullable(),
  /** What was last told to all groups. */
  announcement: z.object({ id: z.uuid(), text: z.string(), name: z.string(), at: instant }).nullable(),
  /** Grows with every change, over all rounds of a meeting; a client keeps the highest it has seen. */
  version: versionSchema,
})
export type Breakout = z.infer<typeof breakoutSchema>

/** What a group came to, in its own words. */
export const breakoutNoteSchema = z.object({
  groupId: z.uuid(),
  breakoutId: z.uuid(),
  meetingId: z.uuid(),
  text: z.string(),
  /** Who wrote it last, and when; null while nothing was written. */
  by: z.string().nullable(),
  at: instant.nullable(),
  version: versionSchema,
})
export type BreakoutNote = z.infer<typeof breakoutNoteSchema>

type Somebody = { id: string; siteId: string | null }

/** Whether the meeting's people are in their groups now. */
export const isParted = (breakout: Breakout | null | undefined): breakout is Breakout => breakout != null && breakout.closedAt === null

/** Where somebody belongs: null is outside all groups. */
export function groupOf({ seats, groups }: Pick<Breakout, 'seats' | 'groups'>, { id, siteId }: Somebody): string | null {
  const seat = seats.find(({ participantId }) => participantId === id)
  if (seat) return seat.groupId
  if (siteId === null) return null
  return groups.find(({ siteIds }) => siteIds.includes(siteId))?.id ?? null
}

/** Whether these two are in each other's company. */
export const areTogether = (breakout: Breakout | null, one: Somebody, other: Somebody): boolean =>
  !isParted(breakout) || groupOf(breakout, one) === groupOf(breakout, other)

/** Deals people out over so many groups, one after the other, so that those of one site meet others. */
export function dealOut<T extends Somebody>(people: readonly T[], count: number): T[][] {
  const bySite = people.toSorted((a, b) => (a.siteId ?? '').localeCompare(b.siteId ?? '') || a.id.localeCompare(b.id))
  return Array.from({ length: count }, (_, group) => bySite.filter((_, place) => place % count === group))
}

const round = { breakoutId: z.uuid() }
const nobodyTwice = <T>(ids: readonly T[]) => new Set(ids).size === ids.length

const planSchema = z
  .object({
    /** Those who stay outside, though their site has a group. */
    outsideIds: z.array(z.uuid()).max(500),
    groups: z
      .array(
        z.object({
          id: z.uuid(),
          name: line(40),
          agendaItemId: z.uuid().nullable(),
          siteIds: z.array(z.uuid()).max(100),
          participantIds: z.array(z.uuid()).max(500),
        }),
      )
      .min(1)
      .max(20),
  })
  .refine(({ groups }) => nobodyTwice(groups.flatMap(({ siteIds }) => siteIds)), { path: ['groups'], message: 'twice' })
  .refine(({ groups, outsideIds }) => nobodyTwice([...outsideIds, ...groups.flatMap(({ participantIds }) => participantIds)]), {
    path: ['groups'],
    message: 'twice',
  })
  .refine(({ groups }) => nobodyTwice(groups.map(({ name }) => name)) && nobodyTwice(groups.map(({ id }) => id)), {
    path: ['groups'],
    message: 'twice',
  })
export type BreakoutPlan = z.infer<typeof planSchema>

export const breakoutCommands = {
  /** Parts the meeting's people; whoever speaks in it is done with that. One round at a time. */
  'breakout:open': {
    input: z.object({ id: z.uuid(), meetingId: z.uuid(), minutes: z.number().int().min(1).max(maxMinutes), plan: planSchema }),
    output: breakoutSchema,
  },
  /** More time. `endsAt` is the end that was seen, so that asking twice extends once. */
  'breakout:extend': {
    input: z.object({ ...round, minutes: z.literal(breakoutExtensions), endsAt: instant }),
    output: breakoutSchema,
  },
  /** Calls everybody back before the time is up. */
  'breakout:close': { input: z.object(round), output: breakoutSchema },
  /** Puts somebody into a group, or outside of all. */
  'breakout:place': { input: z.object({ ...round, participantId: z.uuid(), groupId: z.uuid().nullable() }), output: breakoutSchema },
  /** Goes oneself: the chair's side anywhere, anybody else into a first group where none is given. */
  'breakout:go': { input: z.object({ ...round, groupId: z.uuid().nullable() }), output: breakoutSchema },
  'breakout:announce': { input: z.object({ ...round, id: z.uuid(), text: text(300) }), output: breakoutSchema },
  /** Lets one's own voice reach all groups, or ends that, also another's. */
  'breakout:voice': { input: z.object({ ...round, on: z.boolean() }), output: breakoutSchema },
  /** `version` is the one that was being edited, so that two who write at once do not overwrite each other. */
  'breakout:note': {
    input: z.object({ groupId: z.uuid(), text: z.string().max(4_000), version: versionSchema }),
    output: breakoutNoteSchema,
  },
} satisfies CommandTable

export const breakoutQueries = {
  /** Newest first. */
  breakouts: { path: '/api/meetings/:meetingId/breakouts', input: z.object({ meetingId: z.uuid() }), output: z.array(breakoutSchema) },
  'breakout-notes': {
    path: '/api/meetings/:meetingId/breakout-notes',
    input: z.object({ meetingId: z.uuid() }),
    output: z.array(breakoutNoteSchema),
  },
} satisfies QueryTable

export type BreakoutEvents = {
  'breakout:changed': (breakout: Breakout) => void
  'breakout-note:changed': (note: BreakoutNote) => void
}
