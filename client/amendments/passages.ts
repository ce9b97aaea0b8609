import type { Editor } from '@tiptap/core'
import { isAmendable, passageWords } from '../../shared/amendments.ts'
import { blockIdSchema, type MinutesNode } from '../../shared/minutes.ts'

export type Passage = { blockId: string; words: string; amendable: boolean }

/** The passages that say something, in order. */
export function passagesIn(editor: Editor): Passage[] {
  const { content = [] } = editor.getJSON() as MinutesNode
  return content.flatMap((block) => {
    const blockId = blockIdSchema.safeParse(block.attrs?.blockId).data
    const words = passageWords(block)
    return blockId === undefined || words.trim() === '' ? [] : [{ blockId, words, amendable: isAmendable(block) }]
  })
}

/** Shows a passage, and puts the cursor there; says whether it is still in the text. */
export function showPassage(editor: Editor, blockId: string): boolean {
  let found: number | null = null
  editor.state.doc.forEach((node, offset) => {
    if (node.attrs.blockId === blockId) found ??= offset
  })
  if (found === null) return false
  const shown = editor.view.nodeDOM(found)
  if (shown instanceof HTMLElement) shown.scrollIntoView({ block: 'center', behavior: 'smooth' })
  editor.commands.setTextSelection(found + 1)
  return true
}

/** The passage that has the cursor, or undefined before anybody pressed into the text. */
export function passageAtCursor(editor: Editor): string | undefined {
  const { $from } = editor.state.selection
  return $from.depth > 0 ? blockIdSchema.safeParse($from.node(1).attrs.blockId).data : undefined
}
