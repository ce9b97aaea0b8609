import * as Y from 'yjs'
import { minutesField } from '../../shared/minutes.ts'

/** What a document says, a line for each block that says something. */
export const linesOf = (doc: Y.Doc): string[] =>
  doc
    .getXmlFragment(minutesField)
    .toArray()
    .map(wordsOf)
    .filter((line) => line !== '')

function wordsOf(node: Y.XmlElement | Y.XmlText | Y.XmlHook): string {
  if (node instanceof Y.XmlElement) return node.toArray().map(wordsOf).join('').trim()
  if (!(node instanceof Y.XmlText)) return ''
  const runs: { insert: unknown }[] = node.toDelta()
  return runs.map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('')
}

/** The lines of a page that the stored document does not have. */
export function missingFrom(lines: readonly string[], stored: readonly string[]): string[] {
  const kept = new Set(stored)
  return lines.filter((line) => !kept.has(line))
}
