import { type Extensions, Node } from '@tiptap/core'
import * as Y from 'yjs'
import { minutesField } from '../../shared/minutes.ts'

/**
 * Nodes for what is in the document and not among the known ones, such as blocks of a later version. Without them the editor would take
 * such blocks for broken and remove them from everybody's document. They show their words and keep their attributes.
 */
export function unknownNodes(doc: Y.Doc, known: ReadonlySet<string>): Extensions {
  const found = new Map<string, { words: boolean; blocks: boolean; inline: boolean; attributes: Set<string> }>()
  const look = (element: Y.XmlElement | Y.XmlFragment, inText: boolean) => {
    const children = element.toArray()
    const words = children.some((child) => child instanceof Y.XmlText)
    if (element instanceof Y.XmlElement && !known.has(element.nodeName)) {
      const seen = found.get(element.nodeName) ?? { words: false, blocks: false, inline: false, attributes: new Set<string>() }
      seen.words ||= words
      seen.blocks ||= !words && children.length > 0
      seen.inline ||= inText
      for (const name of Object.keys(element.getAttributes())) seen.attributes.add(name)
      found.set(element.nodeName, seen)
    }
    for (const child of children) if (child instanceof Y.XmlElement) look(child, words)
  }
  look(doc.getXmlFragment(minutesField), false)
  return [...found].map(([name, { words, blocks, inline, attributes }]) =>
    Node.create({
      name,
      group: inline ? 'inline' : 'block',
      inline,
      content: words ? 'inline*' : blocks ? 'block*' : '',
      atom: !words && !blocks,
      addAttributes: () => Object.fromEntries([...attributes].map((attribute) => [attribute, { default: null, rendered: false }])),
      renderHTML: () =>
        words || blocks ? [inline ? 'span' : 'div', { 'data-unknown': name }, 0] : [inline ? 'span' : 'div', { 'data-unknown': name }],
    }),
  )
}
