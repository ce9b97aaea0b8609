import type { Editor, JSONContent } from '@tiptap/core'
import { Selection } from '@tiptap/pm/state'
import { type MinutesNode, passagesOf, suggestionsCitedIn } from '../../shared/minutes.ts'
import { endOfOwn, isForeignPlace } from './sectionLimits.ts'

/** The top-level blocks that the selection touches, with the suggestions cited in them. */
export function selectedPassages(editor: Editor): { blockIds: string[]; suggestionIds: string[] } {
  const { from, to } = editor.state.selection
  const blocks: MinutesNode[] = []
  editor.state.doc.forEach((node, offset) => {
    if (offset < to && offset + node.nodeSize > from) blocks.push(node.toJSON() as MinutesNode)
  })
  return { blockIds: passagesOf({ type: 'doc', content: blocks }).map(({ blockId }) => blockId), suggestionIds: suggestionsCitedIn(blocks) }
}

/**
 * Puts a block behind the one with the cursor, or in its place when that is an empty paragraph; at the end when nobody has written
 * yet. The cursor goes into it, where it holds words. Whoever is limited to sections puts it at the end of their own, unless the cursor is
 * in one. Returns whether it could be put in.
 */
export function insertBlock(editor: Editor, block: JSONContent, atCursor: boolean): boolean {
  const { doc, selection } = editor.state
  const { $to } = selection
  const top = $to.depth > 0 ? $to.node(1) : null
  const empty = top?.type.name === 'paragraph' && top.content.size === 0
  const behind = $to.depth > 0 ? $to.after(1) : selection.to
  const own = editor.storage.sectionLimits?.own ?? null
  const isElsewhere = isForeignPlace(editor.state, own)
  const end = own ? endOfOwn(doc, own) : null
  const atEnd = end ?? doc.content.size
  const place = !atCursor || isElsewhere ? atEnd : empty ? { from: $to.before(1), to: behind } : behind
  const start = typeof place === 'number' ? place : place.from
  editor
    .chain()
    .insertContentAt(place, block)
    .command(({ tr }) => {
      if (tr.doc.nodeAt(start)?.isAtom === false) tr.setSelection(Selection.near(tr.doc.resolve(start + 1)))
      return true
    })
    .focus()
    .scrollIntoView()
    .run()
  return editor.state.doc !== doc
}

/** Shows the block in which an attribute has this value. Returns false where there is none. */
export function showBlockWith(editor: Editor, attribute: string, value: string): boolean {
  let place: number | null = null
  editor.state.doc.forEach((node, offset) => {
    if (node.attrs[attribute] === value) place ??= offset
  })
  return place !== null && editor.chain().setNodeSelection(place).scrollIntoView().run()
}

/** The beginning of what stands below the heading of an agenda item, which is known by its id or, without one, by its words. */
export function sectionPlace(editor: Editor, agendaItemId: string, title: string): number | null {
  let [byId, byTitle]: (number | null)[] = [null, null]
  editor.state.doc.forEach((node, offset) => {
    if (node.type.name !== 'heading') return
    if (node.attrs.agendaItemId === agendaItemId) byId ??= offset + node.nodeSize + 1
    if (node.textContent.trim() === title) byTitle ??= offset + node.nodeSize + 1
  })
  return byId ?? byTitle ?? null
}
