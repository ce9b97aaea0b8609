import * as Y from 'yjs'
import { type MinutesNode, minutesField } from './minutes.ts'

/** The document in ProseMirror's JSON form. */
export const contentOf = (doc: Y.Doc): MinutesNode => ({
  type: 'doc',
  content: doc.getXmlFragment(minutesField).toArray().flatMap(nodesOf),
})

/** The same of a document that is not open: of its Yjs state. */
export function contentIn(state: Uint8Array): MinutesNode {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  const content = contentOf(doc)
  doc.destroy()
  return content
}

function nodesOf(item: Y.XmlElement | Y.XmlText | Y.XmlHook): MinutesNode[] {
  if (item instanceof Y.XmlText) return textNodes(item)
  if (!(item instanceof Y.XmlElement)) return []
  const attrs: Record<string, unknown> = item.getAttributes()
  const content = item.toArray().flatMap(nodesOf)
  return [{ type: item.nodeName, ...(Object.keys(attrs).length > 0 && { attrs }), ...(content.length > 0 && { content }) }]
}

type Run = { insert: unknown; attributes?: Record<string, unknown> }

function textNodes(text: Y.XmlText): MinutesNode[] {
  const runs: Run[] = text.toDelta()
  return runs.flatMap(({ insert, attributes }) => {
    if (typeof insert !== 'string') return []
    const marks = Object.entries(attributes ?? {}).map(([name, attrs]) => markOf(name, attrs))
    return [{ type: 'text', text: insert, ...(marks.length > 0 && { marks }) }]
  })
}

/** y-tiptap writes a mark that may overlap itself as `name--hash`. */
function markOf(name: string, attrs: unknown) {
  const type = name.replace(/--[A-Za-z0-9+/=]{8}$/, '')
  const hasAttrs = typeof attrs === 'object' && attrs !== null && Object.keys(attrs).length > 0
  return { type, ...(hasAttrs && { attrs: attrs as Record<string, unknown> }) }
}
