import type { AgendaItem } from './meetings.ts'
import { type AgendaSection, agendaSectionsOf, headOf, type MinutesNode, sectionFrom, textOf, voteCitationSchema } from './minutes.ts'

type OfItem = { agendaItemId: string; title: string }

/**
 * What minutes lack before they should be signed:
 * - `head`: they have no head; `attendance`, `chair`, `quorum`: the head does not say who was present, who presided, whether
 *   enough were;
 * - `section`: an agenda item has no section; `discussion`: it has one with nothing in it; `decision`: nothing says what was decided.
 */
export type MissingPart = { kind: 'head' | 'attendance' | 'chair' | 'quorum' } | ({ kind: 'section' | 'discussion' | 'decision' } & OfItem)

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
