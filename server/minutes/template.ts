import * as Y from 'yjs'
import type { Meeting } from '../../shared/meetings.ts'
import { minutesField } from '../../shared/minutes.ts'
import { type HeadField, headFields, type MinutesHead } from '../../shared/minutes-nodes.ts'
import { agendaLevel, type MinutesTemplate, type TemplatePart } from '../../shared/minutes-template.ts'
import { blockOf } from './blocks.ts'

/** New minutes of a meeting: their head, the standard sections of its region, and one for each agenda item. */
export function templateOf(meeting: Pick<Meeting, 'agenda'>, head: MinutesHead, template: MinutesTemplate): Uint8Array {
  return encodeBlocks([headBlock(head, template.headFields), ...template.parts.flatMap((part) => blocksOf(part, meeting))])
}

function blocksOf(part: TemplatePart, { agenda }: Pick<Meeting, 'agenda'>): Y.XmlElement[] {
  if (part.kind === 'heading') return section(part.level, part.text, part.passages)
  return agenda.flatMap(({ id, title }) => section(agendaLevel, title, part.passages, id))
}

/** A heading with its words; where there are none an empty paragraph, which waits for the recorder. */
const section = (level: number, title: string, passages: readonly string[], agendaItemId?: string) => [
  blockOf('heading', { level, ...(agendaItemId !== undefined && { agendaItemId }) }, [title]),
  ...(passages.length > 0 ? passages.map((words) => blockOf('paragraph', {}, [words])) : [blockOf('paragraph')]),
]

export const headBlock = (head: MinutesHead, fields: readonly HeadField[] = headFields): Y.XmlElement =>
  blockOf(
    'meetingHead',
    {},
    headFields
      .filter((name) => fields.includes(name))
      .map((name) => {
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
