import type { Editor } from '@tiptap/core'
import { useEffect } from 'react'
import { amendedKey, amendedPassages } from './marks.ts'

/** Keeps the passages marked for which something is proposed. */
export function useAmendedMarks(editor: Editor, blockIds: readonly string[]) {
  useEffect(() => {
    editor.registerPlugin(amendedPassages())
    return () => {
      if (!editor.isDestroyed) editor.unregisterPlugin(amendedKey)
    }
  }, [editor])
  const marked = blockIds.join(' ')
  useEffect(() => {
    if (editor.isDestroyed) return
    editor.view.dispatch(editor.state.tr.setMeta(amendedKey, new Set(marked.split(' '))).setMeta('addToHistory', false))
  }, [editor, marked])
}
