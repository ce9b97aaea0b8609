import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { rewrite } from '../../server/amendments/rewriting.ts'
import { passageWords } from '../../shared/amendments.ts'
import { minutesField } from '../../shared/minutes.ts'
import { contentOf } from '../../shared/minutes-content.ts'
import { compareWords } from '../../shared/wording.ts'

type Part = string | { bold: string } | 'break' | Y.XmlElement

function element(type: string, parts: readonly Part[]): Y.XmlElement {
  const block = new Y.XmlElement(type)
  block.insert(
    0,
    parts.map((part) => {
      if (part instanceof Y.XmlElement) return part
      if (part === 'break') return new Y.XmlElement('hardBreak')
      const text = new Y.XmlText()
      if (typeof part === 'string') text.insert(0, part)
      else text.insert(0, part.bold, { bold: {} })
      return text
    }),
  )
  return block
}

function documentOf(block: Y.XmlElement) {
  const doc = new Y.Doc()
  block.setAttribute('blockId', 'one')
  doc.getXmlFragment(minutesField).insert(0, [block])
  return doc
}
const after = (doc: Y.Doc) => contentOf(doc).content!
const replace = (doc: Y.Doc, proposed: string) => rewrite(doc, { kind: 'replace', blockId: 'one', proposed })

test('only the words that change are touched: the others stay bold', () => {
  const doc = documentOf(element('paragraph', ['同意共测', { bold: '界河' }, '水质，每月一次']))
  replace(doc, '同意共测界河水质，每季一次')
  expect(after(doc)[0]!.content).toEqual([
    { type: 'text', text: '同意共测' },
    { type: 'text', text: '界河', marks: [{ type: 'bold' }] },
    { type: 'text', text: '水质，每季一次' },
  ])
})

test('lines of a list and a table, and around a line break, are changed one for one; a footnote keeps its place', () => {
  const item = (words: string) => element('listItem', [element('paragraph', words === '' ? [] : [words])])
  const list = documentOf(element('bulletList', [item('早班船'), item(''), item('晚班船')]))
  replace(list, '早班船\n午班船\n夜班船')
  expect(passageWords(after(list)[0]!)).toBe('早班船\n午班船\n夜班船')
  const note = new Y.XmlElement('footnote')
  note.setAttribute('text', '见附件')
  const paragraph = documentOf(element('paragraph', ['第一行', note, '完', 'break', '第二行']))
  replace(paragraph, '第一行改了完\n第二行')
  expect(after(paragraph)[0]!.content!.map(({ type, text }) => text ?? type)).toEqual([
    '第一行改了',
    'footnote',
    '完',
    'hardBreak',
    '第二行',
  ])
})

test('a passage is removed, and new ones stand behind the one they follow, or at the end', () => {
  const doc = documentOf(element('paragraph', ['一']))
  rewrite(doc, { kind: 'add', blockId: 'one', proposed: '二\n三' })
  rewrite(doc, { kind: 'add', blockId: null, proposed: '四' })
  rewrite(doc, { kind: 'remove', blockId: 'one', proposed: '' })
  expect(after(doc).map(passageWords)).toEqual(['二', '三', '四'])
  expect(new Set(after(doc).map(({ attrs }) => attrs?.blockId)).size).toBe(3)
})

const words = fc
  .array(fc.constantFrom('同意', '共测', '水质', '，', '。', ' ', 'A', '渡口', '😀', '每月'), { maxLength: 12 })
  .map((parts) => parts.join(''))
const cut = fc.array(words, { minLength: 1, maxLength: 3 })

test('whatever it said and is to say, that is what it says', () => {
  fc.assert(
    fc.property(cut, fc.array(cut, { minLength: 1, maxLength: 4 }), words, (first, pieces, extra) => {
      const lines = [first, ...pieces]
      const parts = lines.flatMap((line, place): Part[] => [...(place > 0 ? ['break' as const] : []), ...line])
      const doc = documentOf(element('paragraph', parts))
      const proposed = [...lines]
        .reverse()
        .map((line) => line.slice(1).join('') + extra)
        .join('\n')
      replace(doc, proposed)
      expect(passageWords(after(doc)[0]!)).toBe(proposed)
    }),
    { numRuns: 200 },
  )
})

test('what was and what is can both be read out of a comparison', () => {
  fc.assert(
    fc.property(words, words, (before, then) => {
      const parts = compareWords(before, then)
      const read = (left: string) => parts.flatMap(({ op, text }) => (op === left ? [] : [text])).join('')
      expect([read('added'), read('removed')]).toEqual([before, then])
    }),
    { numRuns: 200 },
  )
})
