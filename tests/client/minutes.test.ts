import { getSchema } from '@tiptap/core'
import { EditorState, TextSelection } from '@tiptap/pm/state'
import { StarterKit } from '@tiptap/starter-kit'
import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { placeOfSection } from '../../client/minutes/agendaSection.ts'
import { linesOf, missingFrom } from '../../client/minutes/lostWords.ts'
import { endOfOwn, isForeignPlace, limiting } from '../../client/minutes/sectionLimits.ts'
import { draftOf, emptyPart, moved, partsOf } from '../../client/minutes/templateDraft.ts'
import { AgendaHeadings } from '../../client/minutes/wordBlockNodes.ts'
import { standardTemplate } from '../../shared/minutes-template.ts'
import { bodyOf, write } from '../minutes/editors.ts'

const schema = getSchema([StarterKit.configure({ undoRedo: false }), AgendaHeadings])
const [mine, theirs] = [v7(), v7()]
const text = (type: string, words: string, attrs: Record<string, unknown> = {}) => ({
  type,
  attrs,
  content: words === '' ? [] : [{ type: 'text', text: words }],
})

function opened() {
  const refused: number[] = []
  const limits = { own: new Set([mine]), labelOf: () => '', beginLabel: '', onRefused: () => void refused.push(1) }
  const blocks = [
    text('paragraph', '前面'),
    text('heading', '我的', { level: 2, agendaItemId: mine }),
    text('paragraph', '我写的'),
    text('heading', '别人的', { level: 2, agendaItemId: theirs }),
    text('paragraph', '别人写的'),
  ]
  const doc = schema.nodeFromJSON({ type: 'doc', content: blocks })
  const state = EditorState.create({ doc, plugins: [limiting(limits)] })
  const at = (words: string) => {
    let found = -1
    state.doc.descendants((node, place) => {
      if (node.text === words) found = place
    })
    return found
  }
  return { state, at, refused, own: limits.own }
}

test('a page changes nothing outside its sections, and takes every change of others', () => {
  const { state, at, refused } = opened()
  const tried = (transaction: typeof state.tr) => state.applyTransaction(transaction).state.doc.textContent
  expect(tried(state.tr.insertText('又', at('我写的')))).toContain('又我写的')
  for (const words of ['前面', '我的', '别人的', '别人写的']) expect(tried(state.tr.insertText('改', at(words)))).not.toContain('改')
  expect(refused).toHaveLength(4)
  const place = state.doc.resolve(at('我写的'))
  // Taken by the server, but then there were no line left.
  expect(tried(state.tr.delete(place.before(1), place.after(1)))).toContain('我写的')
  // Not somebody's doing: nobody is told.
  state.applyTransaction(state.tr.insertText('改', at('前面')).setMeta('addToHistory', false))
  expect(refused).toHaveLength(5)
  expect(tried(state.tr.insertText('改', at('前面')).setMeta('y-sync$', { isChangeOrigin: true }))).toContain('改前面')
})

test('what is put in without a place of its own comes to the end of the own section', () => {
  const { state, at, own } = opened()
  expect(endOfOwn(state.doc, own)).toBe(state.doc.resolve(at('别人的')).before(1))
  expect(endOfOwn(state.doc, new Set([v7()]))).toBeNull()
  const there = (from: string, to = from) =>
    isForeignPlace(state.apply(state.tr.setSelection(TextSelection.create(state.doc, at(from), at(to)))), own)
  expect([there('我写的'), there('我的'), there('别人写的'), there('我写的', '别人写的')]).toEqual([false, true, true, true])
  expect(isForeignPlace(state, null)).toBe(false)
})

test('the section of an item that came late goes where its item stands on the agenda', () => {
  const { state, at } = opened()
  const before = (words: string) => state.doc.resolve(at(words)).before(1)
  const late = v7()
  const place = (...agenda: string[]) =>
    placeOfSection(
      state.doc,
      agenda.map((id) => ({ id })),
      late,
    )
  expect(place(late, mine, theirs)).toBe(before('我的'))
  expect(place(mine, late, theirs)).toBe(before('别人的'))
  expect(place(mine, theirs, late)).toBe(state.doc.content.size)
  expect(place(late)).toBe(state.doc.content.size)
})

test('a page that is set back shows the lines that are not stored', () => {
  const [page, stored] = [new Y.Doc(), new Y.Doc()]
  for (const doc of [page, stored]) write(doc, '都有的一行')
  write(page, '没有保存的一行')
  write(page, '')
  bodyOf(page).push([new Y.XmlElement('table')])
  expect(missingFrom(linesOf(page), linesOf(stored))).toEqual(['没有保存的一行'])
})

test('a template is the same after it was shown as a form, without the headings that have no words', () => {
  const template = { ...standardTemplate, parts: standardTemplate.parts.map((part) => ({ ...part, passages: ['一段', '又一段'] })) }
  expect(partsOf([...draftOf(template), emptyPart()])).toEqual(template.parts)
  expect(partsOf(draftOf(template).map((part) => ({ ...part, lines: '\n 一段\n \n' })))[0]?.passages).toEqual([' 一段'])
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b'])
})
