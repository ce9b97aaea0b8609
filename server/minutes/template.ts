import { v7 } from 'uuid'
import * as Y from 'yjs'
import type { Meeting } from '../../shared/meetings.ts'
import { minutesField } from '../../shared/minutes.ts'

/** The headings that minutes of a consultation have. Part of the document, not of the interface: an official paper is in Chinese. */
const headings = { situation: '会议情况', opinions: '协商意见', advice: '协商建议' } as const

type Block = { type: 'heading'; level: number; text: string } | { type: 'paragraph' }

/** New minutes of a meeting: a section on how it went, one for each agenda item, the opinions, and the advice. */
export function templateOf(meeting: Pick<Meeting, 'agenda'>): Uint8Array {
  const section = (level: number, text: string): Block[] => [{ type: 'heading', level, text }, { type: 'paragraph' }]
  const items = meeting.agenda.flatMap((item) => section(2, item.title))
  return encodeBlocks([...section(1, headings.situation), ...items, ...section(1, headings.opinions), ...section(1, headings.advice)])
}

function encodeBlocks(blocks: readonly Block[]): Uint8Array {
  const doc = new Y.Doc()
  doc.getXmlFragment(minutesField).insert(0, blocks.map(element))
  const state = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return state
}

function element(block: Block): Y.XmlElement {
  const node = new Y.XmlElement(block.type)
  node.setAttribute('blockId', v7())
  if (block.type === 'heading') {
    // Stored as it is given; that attributes are text is only true of XML.
    node.setAttribute('level', block.level as unknown as string)
    node.insert(0, [new Y.XmlText(block.text)])
  }
  return node
}
