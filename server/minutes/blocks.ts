import { v7 } from 'uuid'
import * as Y from 'yjs'

/** A block of the document, with an id of its own, made outside of it. */
export function blockOf(
  type: string,
  attributes: Record<string, unknown> = {},
  content: readonly (Y.XmlElement | string)[] = [],
): Y.XmlElement {
  const block = new Y.XmlElement(type)
  // Stored as they are given, numbers too; that attributes are text is only true of XML.
  for (const [name, value] of Object.entries({ blockId: v7(), ...attributes })) block.setAttribute(name, value as string)
  if (content.length > 0)
    block.insert(
      0,
      content.map((part) => (typeof part === 'string' ? new Y.XmlText(part) : part)),
    )
  return block
}
