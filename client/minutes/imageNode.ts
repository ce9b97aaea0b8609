import { Node } from '@tiptap/core'
import { ReactNodeViewRenderer } from '@tiptap/react'
import { ImageView } from './ImageView.tsx'

const attribute = (name: string) => ({
  default: null,
  parseHTML: (element: HTMLElement): unknown => JSON.parse(element.getAttribute(`data-${name.toLowerCase()}`) ?? 'null'),
  renderHTML: (attributes: Record<string, unknown>) => ({ [`data-${name.toLowerCase()}`]: JSON.stringify(attributes[name]) }),
})

/** A picture that the program keeps, with its caption. */
export const ImageNode = Node.create({
  name: 'image',
  group: 'block',
  atom: true,
  selectable: true,
  draggable: true,
  addAttributes: () => ({
    photoId: attribute('photoId'),
    width: attribute('width'),
    height: attribute('height'),
    caption: { ...attribute('caption'), default: '' },
  }),
  parseHTML: () => [{ tag: 'figure[data-photoid]', priority: 60 }],
  renderHTML: ({ node, HTMLAttributes }) => ['figure', HTMLAttributes, String(node.attrs.caption)],
  renderText: ({ node }) => String(node.attrs.caption),
  addNodeView: () => ReactNodeViewRenderer(ImageView),
})
