import { z } from 'zod'
import type { CommandTable, QueryTable } from './commands.ts'
import { roleSchema } from './policy.ts'
import { instant, line, regionCodeSchema, versionSchema } from './text.ts'

export const meetingStatuses = ['scheduled', 'live', 'ended'] as const
export const siteKinds = ['main', 'branch', 'post'] as const
/** What the public sees at once: nothing before it is approved, all but what is flagged, or everything. */
export const suggestionPolicies = ['approval', 'flagged', 'immediate'] as const

export const agendaItemSchema = z.object({ id: z.uuid(), title: z.string(), minutes: z.number().int() })
export type AgendaItem = z.infer<typeof agendaItemSchema>

export const siteSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  regionCode: regionCodeSchema,
  kind: z.enum(siteKinds),
  /** Of the link `/s/:code` for the phones in this place. */
  code: z.string(),
})
export type Site = z.infer<typeof siteSchema>

export const meetingRegionSchema = z.object({ code: regionCodeSchema, path: z.array(z.string()) })

export const meetingSummarySchema = z.object({
  id: z.uuid(),
  /** The short code of the public link `/s/:code`. */
  code: z.string(),
  title: z.string(),
  status: z.enum(meetingStatuses),
  startsAt: instant,
  regions: z.array(meetingRegionSchema),
  siteCount: z.number().int(),
})
export type MeetingSummary = z.infer<typeof meetingSummarySchema>

export const meetingSchema = meetingSummarySchema.extend({
  /** Grows by one with every change; a client keeps the highest it has seen. */
  version: versionSchema,
  openedAt: instant.nullable(),
  endedAt: instant.nullable(),
  suggestionPolicy: z.enum(suggestionPolicies),
  agenda: z.array(agendaItemSchema),
  currentAgendaItemId: z.uuid().nullable(),
  sites: z.array(siteSchema),
})
export type Meeting = z.infer<typeof meetingSchema>

/** What `can` needs to know of a meeting. */
export const subjectOfMeeting = (meeting: Pick<MeetingSummary, 'id' | 'regions'>) => ({
  meetingId: meeting.id,
  regionCodes: meeting.regions.map((region) => region.code),
})

/** The region that a meeting is held in: that of its main hall, or the first of those that host it. */
export const mainRegionOf = ({ sites, regions }: Pick<Meeting, 'sites' | 'regions'>): string =>
  sites.find(({ kind }) => kind === 'main')?.regionCode ?? regions[0]!.code

const plan = {
  title: line(80),
  /** Years that a calendar on the screen and the database can both show. */
  startsAt: instant.refine((at) => at >= '2000' && at < '2200', 'out-of-range'),
  regionCodes: z.array(regionCodeSchema).min(1).max(20),
  suggestionPolicy: z.enum(suggestionPolicies),
  agenda: z
    .array(z.object({ id: z.uuid(), title: line(120), minutes: z.number().int().min(1).max(600) }))
    .min(1)
    .max(50),
  sites: z
    .array(z.object({ id: z.uuid(), name: line(60), regionCode: regionCodeSchema, kind: z.enum(siteKinds) }))
    .min(1)
    .max(100),
}

/** Roles that an invitation link may give within its meeting. */
export const invitationRoleSchema = roleSchema.extract(['moderator', 'recorder', 'member', 'expert', 'observer'])

export const invitationSchema = z.object({
  id: z.uuid(),
  meetingId: z.uuid(),
  token: z.string(),
  role: invitationRoleSchema,
  siteId: z.uuid().nullable(),
  expiresAt: instant,
  maxUses: z.number().int(),
  uses: z.number().int(),
  revoked: z.boolean(),
})
export type Invitation = z.infer<typeof invitationSchema>

const invitationTokenSchema = z.string().regex(/^[A-Za-z0-9_-]{22}$/)

export const meetingCommands = {
  'meeting:create': { input: z.object({ id: z.uuid(), ...plan }), output: meetingSchema },
  /** Replaces the plan; `version` is the one that was being edited, so that two editors cannot overwrite each other. */
  'meeting:update': { input: z.object({ meetingId: z.uuid(), version: versionSchema, ...plan }), output: meetingSchema },
  'meeting:open': { input: z.object({ meetingId: z.uuid() }), output: meetingSchema },
  'meeting:end': { input: z.object({ meetingId: z.uuid() }), output: meetingSchema },
  'agenda:go': { input: z.object({ meetingId: z.uuid(), agendaItemId: z.uuid() }), output: meetingSchema },
  /** Begins to hear the news of a meeting, as far as one is entitled to. */
  'meeting:watch': {
    input: z.object({ meetingId: z.uuid() }),
    output: z.object({ audience: z.enum(['public', 'room', 'chair']) }),
    door: 'socket',
  },
  'invitation:create': {
    input: z.object({
      id: z.uuid(),
      meetingId: z.uuid(),
      role: invitationRoleSchema,
      siteId: z.uuid().nullable(),
      expiresInHours: z
        .number()
        .int()
        .min(1)
        .max(24 * 90),
      maxUses: z.number().int().min(1).max(1_000),
    }),
    output: invitationSchema,
  },
  'invitation:revoke': { input: z.object({ invitationId: z.uuid() }), output: invitationSchema },
  /** Needs a session, an anonymous one will do. Accepting the same link again returns the first result. */
  'invitation:accept': {
    input: z.object({ token: invitationTokenSchema, name: line(40).optional() }),
    output: z.object({ meetingId: z.uuid(), siteId: z.uuid().nullable(), role: invitationRoleSchema }),
  },
} satisfies CommandTable

export const meetingQueries = {
  meetings: {
    path: '/api/meetings',
    input: z.object({ status: z.enum(meetingStatuses).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }),
    output: z.array(meetingSummarySchema),
  },
  meeting: { path: '/api/meetings/:meetingId', input: z.object({ meetingId: z.uuid() }), output: meetingSchema },
  invitations: {
    path: '/api/meetings/:meetingId/invitations',
    input: z.object({ meetingId: z.uuid() }),
    output: z.array(invitationSchema),
  },
  invitation: {
    path: '/api/invitations/:token',
    input: z.object({ token: invitationTokenSchema }),
    output: z.object({ meeting: meetingSummarySchema, role: invitationRoleSchema, siteName: z.string().nullable() }),
  },
} satisfies QueryTable

export type MeetingEvents = { 'meeting:changed': (meeting: Meeting) => void }
