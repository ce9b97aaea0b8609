import { z } from 'zod'
import type { AgendaItem } from './meetings.ts'
import { type AgendaSection, agendaSectionsOf, headOf, type MinutesNode, sectionFrom, textOf, voteCitationSchema } from './minutes.ts'

/**
 * What minutes lack before they should be signed:
 * - `head`: they have no head; `attendance`, `chair`, `quorum`: the head does not say who was present, who presided, whether
 *   enough were;
 * - `section`: an agenda item has no section; `discussion`: it has one with nothing in it; `decision`: nothing says what was decided.
 */
export const missingPartSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['head', 'attendance', 'chair', 'quorum']) }),
  z.object({ kind: z.enum(['section', 'discussion', 'decision']), agendaItemId: z.uuid(), title: z.string() }),
])
export type MissingPart = z.infer<typeof missingPartSchema>

/** By what one part is told from another, whatever its agenda item is called. */
export const keyOfPart = (part: MissingPart) => ('agendaItemId' in part ? `${part.kind} ${part.agendaItemId}` : part.kind)

const gravest = ['section', 'discussion', 'decision'] as const

/** Whether somebody who goes without `excused` goes without `part` too: an item without a section has no decision either. */
export function isExcused(part: MissingPart, excused: readonly MissingPart[]): boolean {
  if (!('agendaItemId' in part)) return excused.some(({ kind }) => kind === part.kind)
  return excused.some(
    (one) => 'agendaItemId' in one && one.agendaItemId === part.agendaItemId && gravest.indexOf(one.kind) <= gravest.indexOf(part.kind),
  )
}

/**
 * What has to be there before minutes are signed, and what only should be. All of it has to, but for the quorum: where nobody gave the
 * meeting one, there is none to record.
 */
export function sortedParts(missing: readonly MissingPart[], { quorum }: { quorum: number | null }) {
  const isRequired = ({ kind }: MissingPart) => kind !== 'quorum' || quorum !== null
  return { required: missing.filter(isRequired), advised: missing.filter((part) => !isRequired(part)) }
}

export function missingParts(document: MinutesNode, meeting: { agenda: readonly AgendaItem[] }): MissingPart[] {
  return [...missingInHead(document), ...meeting.agenda.flatMap((item) => missingFor(document, item))]
}

const headParts = { attendance: 'present', chair: 'chair', quorum: 'quorum' } as const

function missingInHead(document: MinutesNode): MissingPart[] {
  const head = headOf(document)
  if (!head) return [{ kind: 'head' }]
  return (['attendance', 'chair', 'quorum'] as const).filter((kind) => !head[headParts[kind]]).map((kind) => ({ kind }))
}

function missingFor(document: MinutesNode, { id: agendaItemId, title }: AgendaItem): MissingPart[] {
  const section = sectionOf(document, { id: agendaItemId, title })
  if (!section) return [{ kind: 'section', agendaItemId, title }]
  if (section.blocks.every((block) => textOf(block).trim() === '')) return [{ kind: 'discussion', agendaItemId, title }]
  return section.blocks.some(decides) ? [] : [{ kind: 'decision', agendaItemId, title }]
}

/** The section of an agenda item: known by its id, and in minutes without such ids by the words of its heading. */
export function sectionOf(document: MinutesNode, { id, title }: Pick<AgendaItem, 'id' | 'title'>): AgendaSection | undefined {
  const known = agendaSectionsOf(document).find(({ agendaItemId }) => agendaItemId === id)
  if (known) return known
  const place = (document.content ?? []).findIndex((block) => block.type === 'heading' && textOf(block).trim() === title)
  return place < 0 ? undefined : { agendaItemId: id, ...sectionFrom(document, place) }
}

/** Whether a block says what came of its agenda item: words of a decision or recommendation, or a vote that counted. */
function decides(block: MinutesNode): boolean {
  if (block.type === 'decision' || block.type === 'recommendationPassage') return textOf(block).trim() !== ''
  if (block.type === 'voteResult') return voteCitationSchema.safeParse(block.attrs).data?.outcome !== 'no-quorum'
  return (block.content ?? []).some(decides)
}
