import * as Y from 'yjs'
import { type Amendment, holdsWords } from '../../shared/amendments.ts'
import { minutesField } from '../../shared/minutes.ts'
import { compareWords } from '../../shared/wording.ts'
import { blockOf } from '../minutes/blocks.ts'

/** The texts of one line: several where a footnote stands among its words. `holder` and `at` say where a first one would go. */
type Line = { texts: Y.XmlText[]; holder: Y.XmlElement; at: number }

/** Writes an amendment into the document. Of a passage only the words that change are touched: all others stay whose they are, and bold. */
export function rewrite(doc: Y.Doc, { kind, blockId, proposed }: Pick<Amendment, 'kind' | 'blockId' | 'proposed'>) {
  const body = doc.getXmlFragment(minutesField)
  const place = body.toArray().findIndex((block) => block instanceof Y.XmlElement && block.getAttribute('blockId') === blockId)
  const block = body.get(place)
  if (kind === 'add')
    body.insert(
      place < 0 ? body.length : place + 1,
      proposed.split('\n').map((words) => blockOf('paragraph', {}, [words])),
    )
  else if (kind === 'remove' && place >= 0) body.delete(place, 1)
  else if (kind === 'replace' && block instanceof Y.XmlElement) rewriteLines(linesIn(block), proposed.split('\n'))
}

function rewriteLines(lines: readonly Line[], proposed: readonly string[]) {
  // From the last to the first: a text that is put into an empty line moves what stands behind it.
  for (const [place, line] of [...lines.entries()].reverse()) rewriteLine(line, proposed[place] ?? '')
}

function rewriteLine({ texts, holder, at }: Line, proposed: string) {
  const before = texts.map(plain).join('')
  if (before === proposed) return
  if (texts.length === 0) return holder.insert(at, [new Y.XmlText(proposed)])
  const cursor = createCursor(texts)
  for (const { op, text } of compareWords(before, proposed)) {
    if (op === 'same') cursor.pass(text.length)
    else if (op === 'removed') cursor.erase(text.length)
    else cursor.write(text)
  }
}

/** Walks through the texts of a line as if they were one. */
function createCursor(texts: readonly Y.XmlText[]) {
  let index = 0
  let offset = 0
  const current = () => texts[index]!

  /** How many of `count` letters the text under the cursor still has, after stepping into the next one where it has none. */
  function ahead(count: number) {
    while (offset >= current().length && index < texts.length - 1) {
      index += 1
      offset = 0
    }
    return Math.min(count, current().length - offset)
  }

  return {
    pass(count: number) {
      for (let left = count, step = 0; left > 0; left -= step) {
        step = ahead(left)
        if (step === 0) return
        offset += step
      }
    },
    erase(count: number) {
      for (let left = count, step = 0; left > 0; left -= step) {
        step = ahead(left)
        if (step === 0) return
        current().delete(offset, step)
      }
    },
    write(words: string) {
      current().insert(offset, words)
      offset += words.length
    },
  }
}

/** The lines of a block as `linesOf` in shared/amendments.ts finds them in its JSON. */
function linesIn(element: Y.XmlElement): Line[] {
  const children = element.toArray()
  if (!holdsWords(element.nodeName, children.some(isInline)))
    return children.flatMap((child) => (child instanceof Y.XmlElement ? linesIn(child) : []))
  const lines: Line[] = [{ texts: [], holder: element, at: 0 }]
  for (const [place, child] of children.entries()) {
    const line = lines.at(-1)!
    if (child instanceof Y.XmlText) line.texts.push(child)
    else if (child instanceof Y.XmlElement && child.nodeName === 'hardBreak') lines.push({ texts: [], holder: element, at: place + 1 })
    else if (line.texts.length === 0) line.at = place + 1
  }
  return lines
}

const isInline = (child: unknown) =>
  child instanceof Y.XmlText || (child instanceof Y.XmlElement && (child.nodeName === 'hardBreak' || child.nodeName === 'footnote'))

const plain = (text: Y.XmlText) =>
  (text.toDelta() as { insert: unknown }[]).map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('')
