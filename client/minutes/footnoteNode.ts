import { Node } from '@tiptap/core'
import { ReactNodeViewRenderer } from '@tiptap/react'
import { FootnoteView } from './FootnoteView.tsx'

/** A note where its number stands. Style sheets count the numbers, so they are right whatever is moved. */
export const FootnoteNode = Node.create({
  name: 'footnote',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: true,
  addAttributes: () => ({
    text: {
      default: '',
      parseHTML: (element: HTMLElement) => element.getAttribute('data-footnote'),
      renderHTML: ({ text }: Record<string, unknown>) => ({ 'data-footnote': text }),
    },
  }),
  parseHTML: () => [{ tag: 'sup[data-footnote]', priority: 60 }],
  renderHTML: ({ HTMLAttributes }) => ['sup', HTMLAttributes],
  renderText: ({ node }) => `（注：${String(node.attrs.text)}）`,
  addNodeView: () => ReactNodeViewRenderer(FootnoteView, { as: 'span' }),
})
