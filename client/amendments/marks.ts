import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'

const key = new PluginKey<ReadonlySet<string>>('amended-passages')

/** Draws a line beside passages for which something is proposed. */
export const amendedPassages = () =>
  new Plugin<ReadonlySet<string>>({
    key,
    state: {
      init: () => new Set(),
      apply: (transaction, known) => (transaction.getMeta(key) as ReadonlySet<string> | undefined) ?? known,
    },
    props: {
      decorations(state) {
        const amended = key.getState(state)
        const drawn: Decoration[] = []
        state.doc.forEach((node, offset) => {
          if (amended?.has(String(node.attrs.blockId)))
            drawn.push(Decoration.node(offset, offset + node.nodeSize, { class: 'minutes-amended' }))
        })
        return DecorationSet.create(state.doc, drawn)
      },
    },
  })

export const amendedKey = key
