import type { Editor } from '@tiptap/core'
import { headFields } from '../../shared/minutes-nodes.ts'
import { insertBlock } from './selection.ts'

/** What can be put into the minutes from a menu. */
export const insertables = ['decision', 'recommendationPassage', 'table', 'image', 'footnote', 'summary', 'meetingHead'] as const
export type Insertable = (typeof insertables)[number]

const cell = (type: 'tableHeader' | 'tableCell') => ({ type, content: [{ type: 'paragraph' }] })
const row = (type: 'tableHeader' | 'tableCell') => ({ type: 'tableRow', content: [cell(type), cell(type), cell(type)] })
const table = { type: 'table', content: [row('tableHeader'), row('tableCell'), row('tableCell')] }
const meetingHead = { type: 'meetingHead', content: headFields.map((name) => ({ type: 'meetingField', attrs: { name } })) }

/** What has to be fetched before it can be put in. */
export type Fetched = Extract<Insertable, 'image' | 'summary'>

export function insert(editor: Editor, what: Exclude<Insertable, Fetched>): void {
  if (what === 'footnote') insertFootnote(editor)
  else if (what === 'meetingHead') editor.chain().insertContentAt(0, meetingHead).focus(1).scrollIntoView().run()
  else if (what === 'table') insertBlock(editor, table, true)
  else insertBlock(editor, { type: what }, true)
}

/** Selected, a note opens its box. */
function insertFootnote(editor: Editor) {
  const place = editor.state.selection.to
  editor.chain().insertContentAt(place, { type: 'footnote' }).setNodeSelection(place).run()
}

/** What makes sense where the cursor is: notes stand in words, and one head is enough. */
export function insertablesAt(editor: Editor): Insertable[] {
  const { doc, schema, selection } = editor.state
  const hasHead = doc.firstChild?.type.name === 'meetingHead'
  const inWords = selection.$to.parent.type.contentMatch.matchType(schema.nodes.footnote!) !== null
  return insertables.filter((what) => (what === 'footnote' ? inWords : what !== 'meetingHead' || !hasHead))
}
