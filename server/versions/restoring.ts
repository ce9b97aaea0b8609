import { diffArrays } from 'diff'
import * as Y from 'yjs'
import { canonicalJson } from '../../shared/canonical.ts'
import { type MinutesNode, minutesField } from '../../shared/minutes.ts'
import { contentOf } from '../../shared/minutes-content.ts'

/** Makes the document say what `target` says. Passages that say it already are not touched, and stay whose they are. */
export function restoreTo(doc: Y.Doc, target: MinutesNode) {
  const body = doc.getXmlFragment(minutesField)
  const wanted = target.content ?? []
  let place = 0
  let next = 0
  for (const { value, added, removed } of diffArrays((contentOf(doc).content ?? []).map(canonicalJson), wanted.map(canonicalJson))) {
    if (removed) {
      body.delete(place, value.length)
      continue
    }
    if (added) body.insert(place, wanted.slice(next, next + value.length).map(elementOf))
    place += value.length
    next += value.length
  }
}

function elementOf({ type, attrs = {}, content = [] }: MinutesNode): Y.XmlElement {
  const element = new Y.XmlElement(type)
  // Stored as they are given, numbers too; that attributes are text is only true of XML.
  for (const [name, value] of Object.entries(attrs)) element.setAttribute(name, value as string)
  const children: (Y.XmlElement | Y.XmlText)[] = []
  let end = 0
  for (const node of content) {
    const last = children.at(-1)
    if (node.type !== 'text') children.push(elementOf(node))
    else if (last instanceof Y.XmlText) end = write(last, end, node)
    else {
      const text = new Y.XmlText()
      end = write(text, 0, node)
      children.push(text)
    }
  }
  element.insert(0, children)
  return element
}

/** Puts a run behind what was written at `at`; gives where it ends. A text that is in no document yet does not know its length. */
function write(text: Y.XmlText, at: number, { text: words = '', marks = [] }: MinutesNode): number {
  text.insert(at, words, Object.fromEntries(marks.map(({ type, attrs }) => [type, attrs ?? {}])))
  return at + words.length
}
