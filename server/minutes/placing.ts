import * as Y from 'yjs'
import type { AgendaItem } from '../../shared/meetings.ts'

type Blocks = ReturnType<Y.XmlFragment['toArray']>
type Block = Blocks[number] | undefined

/** The end of an agenda item's section, before an empty paragraph that waits there for the recorder; without a section the very end. */
export function endOfSection(blocks: Blocks, item: AgendaItem | undefined): number {
  const heading = item ? headingOf(blocks, item) : -1
  const next = blocks.findIndex((block, place) => place > heading && isHeading(block))
  let end = heading < 0 || next < 0 ? blocks.length : next
  while (end > heading + 1 && isEmptyParagraph(blocks[end - 1])) end -= 1
  return end
}

/** The heading of an agenda item is known by its id; in minutes of before there was one, by its words. */
function headingOf(blocks: Blocks, { id, title }: AgendaItem): number {
  const byId = blocks.findIndex((block) => isHeading(block) && block.getAttribute('agendaItemId') === id)
  return byId < 0 ? blocks.findIndex((block) => isHeading(block) && wordsOf(block) === title) : byId
}

/** Whether one of the blocks has this value. */
export const holds = (body: Y.XmlFragment, attribute: string, value: string): boolean =>
  body.toArray().some((block) => block instanceof Y.XmlElement && block.getAttribute(attribute) === value)

const isHeading = (block: Block): block is Y.XmlElement => block instanceof Y.XmlElement && block.nodeName === 'heading'
const wordsOf = (block: Block) =>
  block instanceof Y.XmlElement
    ? block
        .toArray()
        .map((child) => (child instanceof Y.XmlText ? plain(child) : ''))
        .join('')
    : ''
const plain = (text: Y.XmlText) =>
  (text.toDelta() as { insert: unknown }[]).map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('')
const isEmptyParagraph = (block: Block) => block instanceof Y.XmlElement && block.nodeName === 'paragraph' && wordsOf(block) === ''
