import { v7 } from 'uuid'
import * as Y from 'yjs'
import type { HeadField } from '../../shared/minutes-nodes.ts'
import { bodyOf, openEditor } from '../minutes/editors.ts'
import type { TestApp } from '../support/app.ts'
import { inMeeting, makeMeeting } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'

const elementsOf = (doc: Y.Doc) =>
  bodyOf(doc)
    .toArray()
    .filter((node) => node instanceof Y.XmlElement)

export const decisionWords = '双方每月共测一次水质，数据共享。'

/** Writes what minutes have to have: who was there and presided, whether enough were, and a decision on each agenda item. */
export function complete(doc: Y.Doc, fields: Partial<Record<HeadField, string>> = {}): string[] {
  const said = { chair: '沈秘书', present: '南浔主会场：钱委员', quorum: '法定人数2人，出席有表决权者3人', ...fields }
  const head = elementsOf(doc).find(({ nodeName }) => nodeName === 'meetingHead')!
  for (const field of head.toArray()) {
    if (!(field instanceof Y.XmlElement)) continue
    const words = said[field.getAttribute('name') as keyof typeof said]
    if (words !== undefined) {
      field.delete(0, field.length)
      if (words !== '') field.insert(0, [new Y.XmlText(words)])
    }
  }
  const items = elementsOf(doc).filter((node) => node.getAttribute('agendaItemId'))
  return items.map((heading) => {
    const blockId = v7()
    const decision = new Y.XmlElement('decision')
    decision.setAttribute('blockId', blockId)
    decision.insert(0, [new Y.XmlText(decisionWords)])
    bodyOf(doc).insertAfter(heading, [decision])
    return blockId
  })
}

/** A joint meeting that has ended, with minutes as `work` writes them; gives what that gives. */
export async function writtenMeeting(
  app: TestApp,
  secretary: Person,
  work: (doc: Y.Doc) => string[],
  { quorum }: { quorum?: number } = {},
) {
  const meeting = await makeMeeting(secretary)
  const meetingId = meeting.id
  if (quorum !== undefined) value(await secretary.post('chairing:set', { meetingId, quorum }))
  const recorder = await app.person({ name: '陈记录', grants: [inMeeting('recorder', meetingId)] })
  const editor = openEditor(app.url, recorder, meetingId)
  await editor.loaded()
  const decisionIds = work(editor.doc)
  await editor.saved()
  editor.close()
  value(await secretary.post('meeting:end', { meetingId }))
  return { meeting, meetingId, recorder, decisionIds }
}
