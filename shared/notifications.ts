import { z } from 'zod'
import type { CommandTable, QueryTable } from './commands.ts'
import { instant } from './text.ts'

/** What somebody is told about, as they choose for it: what they wrote, what they proposed, what their department has to do, what they see to. */
export const topicsOfNotice = ['suggestions', 'recommendations', 'department', 'secretariat'] as const
export type NoticeTopic = (typeof topicsOfNotice)[number]

/** Everything that people are told, and under what they choose how. */
export const noticeKinds = {
  'suggestion-published': 'suggestions',
  'suggestion-answered': 'suggestions',
  'suggestion-merged': 'suggestions',
  'suggestion-hidden': 'suggestions',
  'suggestion-recommended': 'suggestions',
  'suggestion-replied': 'suggestions',
  'suggestion-second-round': 'suggestions',
  'proposal-invited': 'recommendations',
  'proposal-returned': 'recommendations',
  'proposal-united': 'recommendations',
  'proposal-separated': 'recommendations',
  'proposal-accepted': 'recommendations',
  'proposal-handed-in': 'secretariat',
  'proposal-taken-over': 'secretariat',
  'recommendation-issued': 'recommendations',
  'recommendation-replied': 'recommendations',
  'recommendation-moved': 'recommendations',
  'recommendation-said': 'recommendations',
  'department-issued': 'department',
  'department-draft': 'department',
  'department-countersigned': 'department',
  'department-incomplete': 'department',
  'department-recalled': 'department',
  'department-reopened': 'department',
  'department-moved': 'department',
  'department-said': 'department',
  'department-reminded': 'department',
  'department-deadline': 'department',
  'department-yellow': 'department',
  'department-red': 'department',
  'department-many': 'department',
  'secretariat-returned': 'secretariat',
  'secretariat-replied': 'secretariat',
  'secretariat-moved': 'secretariat',
  'supervisor-named': 'secretariat',
  'secretariat-yellow': 'secretariat',
  'secretariat-red': 'secretariat',
  'secretariat-look-back': 'secretariat',
  'secretariat-many': 'secretariat',
} as const satisfies Record<string, NoticeTopic>
export type NoticeKind = keyof typeof noticeKinds
export const noticeKindNames = Object.keys(noticeKinds) as [NoticeKind, ...NoticeKind[]]

/** What a notice speaks of: the words that its sentence takes in, and where it leads. */
export const noticeAboutSchema = z.object({
  /** A path of ours. */
  link: z.string(),
  title: z.string(),
  number: z.string().optional(),
  organization: z.string().optional(),
  /** The end of the deadline that it is about. */
  dueAt: instant.optional(),
  count: z.number().int().optional(),
  /** An answer, a reason: what was said. */
  words: z.string().optional(),
})
export type NoticeAbout = z.infer<typeof noticeAboutSchema>

export const noticeSchema = z.object({
  id: z.uuid(),
  kind: z.enum(noticeKindNames),
  about: noticeAboutSchema,
  at: instant,
  readAt: instant.nullable(),
})
export type Notice = z.infer<typeof noticeSchema>

/** How soon it comes by e-mail; in the application it is shown at once in any case. */
export const rhythms = ['at-once', 'daily', 'weekly', 'none'] as const
export type Rhythm = (typeof rhythms)[number]
export const noticeLanguages = ['zh-CN', 'en'] as const
export type NoticeLanguage = (typeof noticeLanguages)[number]

const rhythmsSchema = z.record(z.enum(topicsOfNotice), z.enum(rhythms))
export const usualRhythms: Record<NoticeTopic, Rhythm> = {
  suggestions: 'at-once',
  recommendations: 'at-once',
  department: 'at-once',
  secretariat: 'daily',
}

export const noticeSettingsSchema = z.object({
  /** Whether this server sends e-mail at all. */
  mailPossible: z.boolean(),
  email: z.string().nullable(),
  /** An address that was given and whose owner has not answered yet. */
  unconfirmed: z.string().nullable(),
  language: z.enum(noticeLanguages),
  rhythms: rhythmsSchema,
})
export type NoticeSettings = z.infer<typeof noticeSettingsSchema>

/** One that the database can compare with. */
const past = instant.refine((at) => at >= '2000' && at < '2200', 'out-of-range')

export const notificationCommands = {
  /** Marks what came up to then as read; of these alone, where ids are given. */
  'notice:read': {
    input: z.object({ upTo: past, ids: z.array(z.uuid()).min(1).max(200).optional() }),
    output: z.object({ unread: z.number().int() }),
  },
  'notice:choose': { input: z.object({ language: z.enum(noticeLanguages), rhythms: rhythmsSchema }), output: noticeSettingsSchema },
  /** Sends a letter to the address; it counts once its owner has followed the link in it. */
  'email:set': { input: z.object({ email: z.email().max(254).toLowerCase() }), output: noticeSettingsSchema },
  /** By whoever has read the letter, signed in or not. */
  'email:confirm': { input: z.object({ token: z.string().regex(/^[A-Za-z0-9_-]{43}$/) }), output: z.object({ email: z.string() }) },
  'email:remove': { input: z.object({}), output: noticeSettingsSchema },
} satisfies CommandTable

export const notificationQueries = {
  /** Newest first. */
  'my-notices': {
    path: '/api/me/notices',
    input: z.object({ before: past.optional(), limit: z.coerce.number().int().min(1).max(100).default(30) }),
    output: z.object({ unread: z.number().int(), notices: z.array(noticeSchema) }),
  },
  'notice-settings': { path: '/api/me/notice-settings', input: z.object({}), output: noticeSettingsSchema },
} satisfies QueryTable

export type NotificationEvents = { 'notice:came': (notice: Notice) => void }
