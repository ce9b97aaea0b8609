import type { Editor } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { useCallback, useEffect, useEffectEvent, useState } from 'react'

type Place = { left: number; bottom: number }

/**
 * Where a slash (or 、, which is the same key in a Chinese input method) was typed in an empty line; null while none was.
 * While it is set every key is first given to `onKey`, which says if it was one for the menu.
 */
export function useSlash(editor: Editor, onKey: (key: string) => boolean): { at: Place | null; close: () => void } {
  const [at, setAt] = useState<Place | null>(null)
  const take = useEffectEvent((key: string) => at !== null && onKey(key))
  useEffect(() => {
    const key = new PluginKey('slash')
    const plugin = new Plugin({
      key,
      props: {
        handleKeyDown: (_view, { key }) => take(key),
        handleTextInput(view, from, _to, typed) {
          const { parent, depth } = view.state.doc.resolve(from)
          if ((typed !== '/' && typed !== '、') || parent.type.name !== 'paragraph' || parent.content.size > 0 || depth !== 1) return false
          const { left, bottom } = view.coordsAtPos(from)
          setAt({ left, bottom })
          return true
        },
      },
    })
    // Before all others: the keys of its menu are not the editor's.
    editor.registerPlugin(plugin, (own, others) => [own, ...others])
    return () => void (editor.isDestroyed || editor.unregisterPlugin(key))
  }, [editor])
  return { at, close: useCallback(() => setAt(null), []) }
}
