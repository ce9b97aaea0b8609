import type { Editor } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { useCallback, useEffect, useState } from 'react'

type Place = { left: number; bottom: number }

/** Where a slash (or 、, which is the same key in a Chinese input method) was typed in an empty line; null while none was. */
export function useSlash(editor: Editor): { at: Place | null; close: () => void } {
  const [at, setAt] = useState<Place | null>(null)
  useEffect(() => {
    const key = new PluginKey('slash')
    const plugin = new Plugin({
      key,
      props: {
        handleTextInput(view, from, _to, typed) {
          const { parent, depth } = view.state.doc.resolve(from)
          if ((typed !== '/' && typed !== '、') || parent.type.name !== 'paragraph' || parent.content.size > 0 || depth !== 1) return false
          const { left, bottom } = view.coordsAtPos(from)
          setAt({ left, bottom })
          return true
        },
      },
    })
    editor.registerPlugin(plugin)
    return () => void (editor.isDestroyed || editor.unregisterPlugin(key))
  }, [editor])
  return { at, close: useCallback(() => setAt(null), []) }
}
