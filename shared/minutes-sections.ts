import { z } from 'zod'
import type { CommandTable, QueryTable } from './commands.ts'
import { type Meeting, subjectOfMeeting } from './meetings.ts'
import { headingSchema } from './minutes-nodes.ts'
import { type Actor, can } from './policy.ts'
import { versionSchema } from './text.ts'

/** Somebody who writes down a meeting, and what of its minutes is theirs. */
export const minutesRecorderSchema = z.object({
  meetingId: z.uuid(),
  accountId: z.uuid(),
  name: z.string(),
  /** The agenda items in whose sections they write; none means everywhere. */
  agendaItemIds: z.array(z.uuid()),
  /** Grows with every change; a client keeps the highest it has seen. */
  version: versionSchema,
})
export type MinutesRecorder = z.infer<typeof minutesRecorderSchema>

/** The agenda items to whose sections somebody is limited; null for whoever writes everywhere. Whoever compiles the minutes does. */
export function limitsOf(
  actor: Actor,
  meeting: Pick<Meeting, 'id' | 'regions'>,
  agendaItemIds: readonly string[],
): ReadonlySet<string> | null {
  if (agendaItemIds.length === 0 || can(actor, 'minutes:compile', subjectOfMeeting(meeting))) return null
  return new Set(agendaItemIds)
}

/** What tells sections apart: of a heading its level and its agenda item. */
type Bound = { level: number; agendaItemId: string | null }
type Block = { type: string; attrs?: Record<string, unknown> | undefined }

function boundOf({ type, attrs }: Block): Bound | null {
  if (type !== 'heading') return null
  const { level = 1, agendaItemId } = headingSchema.safeParse(attrs).data ?? {}
  return { level, agendaItemId: agendaItemId ?? null }
}

/**
 * For each block the agenda item in whose section it stands, or null. A section reaches from the heading of its item to the next
 * heading of that level or above, or of another item; the heading bounds it and is in none. Of two headings of one item the first counts.
 */
export function sectionsOf(blocks: readonly Block[]): (string | null)[] {
  const seen = new Set<string>()
  let now: Bound | null = null
  return blocks.map((block) => {
    const bound = boundOf(block)
    if (bound?.agendaItemId) {
      now = seen.has(bound.agendaItemId) ? null : bound
      seen.add(bound.agendaItemId)
      return null
    }
    if (bound && now && bound.level <= now.level) now = null
    return now?.agendaItemId ?? null
  })
}

/**
 * The blocks that are in none of these sections. Where they are the same before and after a change, and say the same, it
 * stayed within the sections: a heading that is put in, or moved, would be one more of them.
 */
export function outsideOf<B>(blocks: readonly B[], describe: (block: B) => Block, own: ReadonlySet<string>): B[] {
  const sections = sectionsOf(blocks.map(describe))
  return blocks.filter((_, place) => {
    const section = sections[place] ?? null
    return section === null || !own.has(section)
  })
}

const ofMeeting = z.object({ meetingId: z.uuid() })

export const minutesSectionCommands = {
  /** Says in which sections a recorder writes; with none, everywhere again. Holds at once, also for whoever is writing. */
  'minutes:assign-sections': {
    input: ofMeeting.extend({ accountId: z.uuid(), agendaItemIds: z.array(z.uuid()).max(50) }),
    output: minutesRecorderSchema,
  },
} satisfies CommandTable

export const minutesSectionQueries = {
  /** Those who are recorders of a meeting, in it or in one of its regions. */
  'minutes-recorders': {
    path: '/api/meetings/:meetingId/minutes/recorders',
    input: ofMeeting,
    output: z.array(minutesRecorderSchema),
  },
} satisfies QueryTable

export type MinutesSectionEvents = { 'minutes:sections-changed': (recorder: MinutesRecorder) => void }
