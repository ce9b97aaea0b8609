import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { restoreTo } from '../../server/versions/restoring.ts'
import type { MinutesNode } from '../../shared/minutes.ts'
import { contentOf } from '../../shared/minutes-content.ts'
import { compareDocuments } from '../../shared/minutes-versions.ts'

const run = fc
  .record({ text: fc.constantFrom('同意', '共测', '水质 ', 'A'), bold: fc.boolean(), link: fc.boolean() })
  .map(({ text, bold, link }): MinutesNode => {
    const marks = [...(bold ? [{ type: 'bold' }] : []), ...(link ? [{ type: 'link', attrs: { href: 'x' } }] : [])]
    return { type: 'text', text, ...(marks.length > 0 && { marks }) }
  })
const inline = fc.oneof({ weight: 4, arbitrary: run }, { weight: 1, arbitrary: fc.constant<MinutesNode>({ type: 'hardBreak' }) })
const paragraph = fc
  .array(inline, { maxLength: 4 })
  .map((content): MinutesNode => ({ type: 'paragraph', ...(content.length > 0 && { content }) }))
const list = fc
  .array(paragraph, { minLength: 1, maxLength: 3 })
  .map((items): MinutesNode => ({ type: 'bulletList', content: items.map((item) => ({ type: 'listItem', content: [item] })) }))
const cited = fc.constant<MinutesNode>({ type: 'image', attrs: { width: 3, caption: '图' } })
const block = fc
  .tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), fc.oneof(paragraph, list, cited))
  .map(([blockId, node]): MinutesNode => ({ ...node, attrs: { ...node.attrs, blockId } }))
const blocks = fc.uniqueArray(block, { maxLength: 6, selector: ({ attrs }) => attrs?.blockId })
const documentOf = (content: MinutesNode[]): MinutesNode => ({ type: 'doc', content })

/** Neighbouring runs of one kind are one run to Yjs. */
function stored(content: MinutesNode[]) {
  const doc = new Y.Doc()
  restoreTo(doc, documentOf(content))
  return doc
}

test('whatever the minutes say and said, bringing a version back makes them say it', () => {
  fc.assert(
    fc.property(blocks, blocks, (now, then) => {
      const doc = stored(now)
      const target = contentOf(stored(then))
      restoreTo(doc, target)
      expect(contentOf(doc)).toEqual(target)
    }),
    { numRuns: 200 },
  )
})

test('a passage that says it already is not touched', () => {
  const words = (blockId: string, text: string): MinutesNode => ({
    type: 'paragraph',
    attrs: { blockId },
    content: [{ type: 'text', text }],
  })
  const doc = stored([words('a', '一'), words('b', '二'), words('c', '三')])
  const kept = doc.getXmlFragment('minutes').get(0)
  restoreTo(doc, documentOf([words('a', '一'), words('c', '三改')]))
  expect(doc.getXmlFragment('minutes').get(0)).toBe(kept)
  expect(doc.getXmlFragment('minutes').length).toBe(2)
})

test('a comparison tells of each passage once, and holds both what was and what is', () => {
  fc.assert(
    fc.property(blocks, blocks, (before, after) => {
      const told = compareDocuments(documentOf(before), documentOf(after))
      const present = told.filter(({ change }) => change !== 'removed').map(({ blockId }) => blockId)
      expect(present).toEqual(after.map(({ attrs }) => attrs?.blockId))
      const gone = told.filter(({ change }) => change === 'removed').map(({ blockId }) => blockId)
      expect(gone).toEqual(before.map(({ attrs }) => attrs?.blockId).filter((id) => !present.includes(id as string)))
    }),
    { numRuns: 200 },
  )
})
