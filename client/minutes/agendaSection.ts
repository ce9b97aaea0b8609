import type { Editor } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import type { AgendaItem } from '../../shared/meetings.ts'
import { sectionsOf } from '../../shared/minutes-sections.ts'
import { agendaLevel } from '../../shared/minutes-template.ts'

/** Where the section of an agenda item belongs: behind those of the items before it, else before those after it, else at the end. */
export function placeOfSection(doc: Node, agenda: readonly Pick<AgendaItem, 'id'>[], agendaItemId: string): number {
  const order = new Map(agenda.map(({ id }, place) => [id, place]))
  const own = order.get(agendaItemId) ?? agenda.length
  const sections = sectionsOf(doc.children.map((block) => ({ type: block.type.name, attrs: block.attrs })))
  let behind: number | null = null
  let before: number | null = null
  doc.forEach((block, offset, place) => {
    const item = order.get(sections[place] ?? block.attrs.agendaItemId)
    if (item === undefined) return
    if (item < own) behind = offset + block.nodeSize
    else before ??= offset
  })
  return behind ?? before ?? doc.content.size
}

/** Gives an agenda item that came onto the agenda late, or lost its section, one to be written in. */
export function addSection(
  editor: Editor,
  agenda: readonly AgendaItem[],
  { agendaItemId, title }: { agendaItemId: string; title: string },
) {
  const place = placeOfSection(editor.state.doc, agenda, agendaItemId)
  const heading = { type: 'heading', attrs: { level: agendaLevel, agendaItemId }, content: [{ type: 'text', text: title }] }
  editor
    .chain()
    .insertContentAt(place, [heading, { type: 'paragraph' }])
    .focus(place + title.length + 3)
    .scrollIntoView()
    .run()
}
