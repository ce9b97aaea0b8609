import * as Y from 'yjs'
import type { Meeting } from '../../shared/meetings.ts'
import { minutesField } from '../../shared/minutes.ts'
import { headFields, type MinutesHead } from '../../shared/minutes-nodes.ts'
import { blockOf } from './blocks.ts'

/** The headings that minutes of a consultation have. Part of the document, not of the interface: an official paper is in Chinese. */
const headings = { situation: '会议情况', opinions: '协商意见', advice: '协商建议' } as const

/** New minutes of a meeting: their head, a section on how it went, one for each agenda item, the opinions, and the advice. */
export function templateOf(meeting: Pick<Meeting, 'agenda'>, head: MinutesHead): Uint8Array {
  const section = (level: number, text: string, agendaItemId?: string) => [
    blockOf('heading', { level, ...(agendaItemId !== undefined && { agendaItemId }) }, [text]),
    blockOf('paragraph'),
  ]
  const items = meeting.agenda.flatMap((item) => section(2, item.title, item.id))
  return encodeBlocks([
    headBlock(head),
    ...section(1, headings.situation),
    ...items,
    ...section(1, headings.opinions),
    ...section(1, headings.advice),
  ])
}

export const headBlock = (head: MinutesHead): Y.XmlElement =>
  blockOf(
    'meetingHead',
    {},
    headFields.map((name) => {
      const field = new Y.XmlElement('meetingField')
      field.setAttribute('name', name)
      if (head[name] !== '') field.insert(0, [new Y.XmlText(head[name])])
      return field
    }),
  )

function encodeBlocks(blocks: Y.XmlElement[]): Uint8Array {
  const doc = new Y.Doc()
  doc.getXmlFragment(minutesField).insert(0, blocks)
  const state = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return state
}
