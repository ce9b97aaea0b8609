import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { v7 } from 'uuid'
import * as Y from 'yjs'
import { minutesField } from '../../../shared/minutes.ts'

/** At a place, so many characters taken away, these put in. */
type Patch = readonly [place: number, taken: number, put: string]
export type History = { source: string; patches: Patch[]; text: string }

const traceFile = join(import.meta.dirname, '../../../../shared/traces/automerge-paper.json.gz')
/** As many as the real one has. */
export const realEdits = 259_778

type Trace = { startContent: string; endContent: string; txns: { patches: Patch[] }[] }

/** The real writing history in `file`, or a generated one of its size where there is none. */
export async function loadHistory(file: string | undefined, edits = realEdits): Promise<History> {
  const path = file ?? traceFile
  if (!existsSync(path)) return generate(edits, `generated, since there is no ${path}`)
  const trace = JSON.parse(gunzipSync(await readFile(path)).toString()) as Trace
  if (trace.startContent !== '') throw new Error('a trace begins with nothing')
  const all = trace.txns.flatMap(({ patches }) => patches)
  // Traces count code points, JavaScript counts code units.
  if (all.some(([, , put]) => /[\ud800-\udfff]/.test(put))) throw new Error('a trace with characters of two code units cannot be read')
  const patches = all.slice(0, edits)
  return { source: `a real writing history, ${path}`, patches, text: edits < all.length ? play(patches) : trace.endContent }
}

function play(patches: readonly Patch[]): string {
  return patches.reduce((text, [place, taken, put]) => text.slice(0, place) + put + text.slice(place + taken), '')
}

/** Somebody who types, goes back, erases and jumps, always in the same way. */
export function generate(edits: number, source = 'generated'): History {
  let seed = 7
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((seed / 2 ** 32) * below)
  }
  const patches: Patch[] = []
  const letters =
    '协商议事纪要的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经'
  let length = 0
  let place = 0
  for (let edit = 0; edit < edits; edit++) {
    if (random(200) === 0) place = random(length + 1)
    if (place > 0 && random(4) === 0) {
      patches.push([--place, 1, ''])
      length -= 1
    } else {
      patches.push([place++, 0, random(80) === 0 ? '\n' : letters[random(letters.length)]!])
      length += 1
    }
  }
  return { source, patches, text: play(patches) }
}

type Paragraph = { element: Y.XmlElement; text: Y.XmlText; words: string }

/** Writes a history into the minutes' body as an editor does: each line a paragraph, each edit an update. */
export function typeInto(patches: readonly Patch[]): { updates: Uint8Array[]; state: Uint8Array } {
  const doc = new Y.Doc()
  const body = doc.getXmlFragment(minutesField)
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const paragraphs: Paragraph[] = []

  function insertParagraph(at: number, words: string) {
    const element = new Y.XmlElement('paragraph')
    element.setAttribute('blockId', v7())
    const text = new Y.XmlText(words)
    element.insert(0, [text])
    if (at === 0) body.insert(0, [element])
    else body.insertAfter(paragraphs[at - 1]!.element, [element])
    paragraphs.splice(at, 0, { element, text, words })
  }

  function find(place: number) {
    let rest = place
    for (let at = 0; ; at++) {
      const { length } = paragraphs[at]!.words
      if (rest <= length) return { at, offset: rest }
      rest -= length + 1
    }
  }

  function put(place: number, words: string) {
    const { at, offset } = find(place)
    const paragraph = paragraphs[at]!
    const [first = '', ...lines] = words.split('\n')
    const tail = lines.length > 0 ? paragraph.words.slice(offset) : ''
    if (tail !== '') paragraph.text.delete(offset, tail.length)
    if (first !== '') paragraph.text.insert(offset, first)
    paragraph.words =
      lines.length > 0 ? paragraph.words.slice(0, offset) + first : paragraph.words.slice(0, offset) + first + paragraph.words.slice(offset)
    for (const [place, line] of lines.entries()) insertParagraph(at + 1 + place, place === lines.length - 1 ? line + tail : line)
  }

  function take(place: number, count: number) {
    for (let left = count; left > 0; ) {
      const { at, offset } = find(place)
      const paragraph = paragraphs[at]!
      const here = Math.min(left, paragraph.words.length - offset)
      if (here > 0) {
        paragraph.text.delete(offset, here)
        paragraph.words = paragraph.words.slice(0, offset) + paragraph.words.slice(offset + here)
        left -= here
        continue
      }
      // The end of a line: the next one joins it.
      const next = paragraphs[at + 1]!
      body.delete(at + 1, 1)
      paragraphs.splice(at + 1, 1)
      if (next.words !== '') paragraph.text.insert(offset, next.words)
      paragraph.words += next.words
      left -= 1
    }
  }

  doc.transact(() => insertParagraph(0, ''))
  for (const [place, taken, words] of patches)
    doc.transact(() => {
      if (taken > 0) take(place, taken)
      if (words !== '') put(place, words)
    })
  const state = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return { updates, state }
}

/** The lines of a document's paragraphs. */
export function textIn(state: Uint8Array): string {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  const lines = doc
    .getXmlFragment(minutesField)
    .toArray()
    .filter((block) => block instanceof Y.XmlElement && block.nodeName === 'paragraph')
    .map((block) =>
      (block as Y.XmlElement)
        .toArray()
        .map((text) =>
          text instanceof Y.XmlText
            ? text
                .toDelta()
                .map(({ insert }: { insert: string }) => insert)
                .join('')
            : '',
        )
        .join(''),
    )
  doc.destroy()
  return lines.join('\n')
}
