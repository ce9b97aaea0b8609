import { z } from 'zod'
import type { CommandTable, QueryTable } from './commands.ts'
import { instant, line, regionCodeSchema, versionSchema } from './text.ts'

/**
 * Why a suggestion deserves a look: a listed word, a link, somebody's telephone or identity card, nothing said at length, one
 * device or network posting many at once, the same words from several devices. Told to the chair's side and the room only.
 */
export const flagKinds = ['words', 'link', 'phone-number', 'id-number', 'noise', 'burst', 'copied'] as const
export type FlagKind = (typeof flagKinds)[number]

export const linkRules = ['flag', 'allow'] as const

/** A domain without its scheme, such as `gov.cn`; what lies below it counts too. */
const domain = z
  .string()
  .max(100)
  .transform((value) => value.trim().toLowerCase())
  .pipe(z.string().regex(/^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u))

export const guardRulesSchema = z.object({
  regionCode: regionCodeSchema,
  words: z.array(z.string()),
  /** Null takes what the region above says; where none says anything, links are flagged. */
  links: z.enum(linkRules).nullable(),
  domains: z.array(z.string()),
  /** 0 for a region that has no rules of its own yet. */
  version: versionSchema,
})
export type GuardRules = z.infer<typeof guardRulesSchema>

export const barredDeviceSchema = z.object({
  id: z.uuid(),
  meetingId: z.uuid(),
  /** The nickname under which the suggestion came for which the device was barred, or empty. */
  name: z.string(),
  reason: z.string(),
  at: instant,
  byName: z.string(),
  liftedAt: instant.nullable(),
  liftedByName: z.string().nullable(),
})
export type BarredDevice = z.infer<typeof barredDeviceSchema>

export const defences = ['auto', 'on', 'off'] as const

/**
 * Voices that look as if they were not several people's own: somebody who says the same to everything, who answers faster than one
 * can read, or new devices that came together and vote alike.
 */
export const findingKinds = ['straight-line', 'too-fast', 'coordinated'] as const

export const findingSchema = z.object({
  id: z.uuid(),
  meetingId: z.uuid(),
  kind: z.enum(findingKinds),
  /** Only what is set aside does not count; a person may restore it, and then no rule sets it aside again. */
  state: z.enum(['suspected', 'set-aside', 'restored']),
  /** Set aside by a rule; nobody of the chair's side has confirmed it as long as `decidedAt` is null. */
  automatic: z.boolean(),
  people: z.number().int(),
  votes: z.number().int(),
  /** The figures that the rule went by, as its words name them. */
  evidence: z.record(z.string().max(30), z.number()),
  at: instant,
  decidedAt: instant.nullable(),
  decidedByName: z.string().nullable(),
  version: versionSchema,
})
export type Finding = z.infer<typeof findingSchema>

const tally = z.object({ agrees: z.number().int(), disagrees: z.number().int(), passes: z.number().int() })

/** What the chair's side sees of the defence of a meeting. */
export const guardStateSchema = z.object({
  meetingId: z.uuid(),
  defence: z.enum(defences),
  /** Whether anonymous suggestions have to come with work done. */
  working: z.boolean(),
  /** Since when it is under attack, or null. */
  attackSince: instant.nullable(),
  postsPerMinute: z.number().int(),
  attackPostsPerMinute: z.number().int(),
  /** Refused in the last minute, for whatever reason of the guard. */
  refusedPerMinute: z.number().int(),
  findings: z.array(findingSchema),
  /** What counts with everybody, and without those set aside. */
  people: z.object({ with: z.number().int(), without: z.number().int() }),
  votes: z.object({ with: z.number().int(), without: z.number().int() }),
  /** The suggestions that setting aside changes most. */
  changed: z.array(z.object({ suggestionId: z.uuid(), text: z.string(), with: tally, without: tally })),
})
export type GuardState = z.infer<typeof guardStateSchema>

const findings = z.object({ meetingId: z.uuid(), findingIds: z.array(z.uuid()).min(1).max(500) })

export const guardCommands = {
  /** `version` is the one that was being edited, so that two editors cannot overwrite each other. */
  'guard:set-rules': {
    input: z.object({
      regionCode: regionCodeSchema,
      words: z.array(line(30)).max(1_000),
      links: z.enum(linkRules).nullable(),
      domains: z.array(domain).max(200),
      version: versionSchema,
    }),
    output: guardRulesSchema,
  },
  /** Bars the device that a suggestion came from for as long as the meeting runs. */
  'guard:bar': { input: z.object({ id: z.uuid(), suggestionId: z.uuid(), reason: line(200) }), output: barredDeviceSchema },
  'guard:unbar': { input: z.object({ barredDeviceId: z.uuid() }), output: barredDeviceSchema },
  /** `auto` asks for work only while there is an attack. */
  'guard:defend': { input: z.object({ meetingId: z.uuid(), defence: z.enum(defences) }), output: guardStateSchema },
  /** Takes the votes of these out of the count, or confirms that a rule did. */
  'guard:set-aside': { input: findings, output: guardStateSchema },
  'guard:restore': { input: findings, output: guardStateSchema },
} satisfies CommandTable

export const guardQueries = {
  /** The rules of a region and those above it that hold there too, from the province down. */
  'guard-rules': {
    path: '/api/guard/rules/:regionCode',
    input: z.object({ regionCode: regionCodeSchema }),
    output: z.array(guardRulesSchema),
  },
  guard: { path: '/api/meetings/:meetingId/guard', input: z.object({ meetingId: z.uuid() }), output: guardStateSchema },
  'barred-devices': {
    path: '/api/meetings/:meetingId/guard/barred',
    input: z.object({ meetingId: z.uuid() }),
    output: z.array(barredDeviceSchema),
  },
} satisfies QueryTable

export type GuardEvents = {
  'guard:barred': (device: BarredDevice) => void
  /** Something of the state of the guard is new: an attack, a finding, a decision. Read it again. */
  'guard:changed': (changed: { meetingId: string }) => void
}
