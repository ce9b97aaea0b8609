import * as encoding from 'lib0/encoding'
import * as sync from 'y-protocols/sync'
import * as Y from 'yjs'
import type { Meeting } from '../../shared/meetings.ts'
import { minutesMessage, minutesSignals } from '../../shared/minutes.ts'
import { eventually } from '../support/eventually.ts'
import type { Person } from '../support/people.ts'
import { bodyOf } from './editors.ts'
import { rawSocket, syncFrame } from './raw.ts'

/** A client that sends whatever it is told to, and says what the server said of it. */
export async function openForger(url: string, person: Person, meetingId: string, state: Uint8Array) {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  const { socket, frames, closed } = await rawSocket(url, person, meetingId)
  await eventually(() => frames.length >= 2, { everyMs: 2 })
  let marks = 0

  async function send(update: Uint8Array): Promise<'taken' | 'refused'> {
    const before = frames.length
    socket.send(syncFrame(sync.messageYjsUpdate, update))
    const encoder = encoding.createEncoder()
    for (const number of [minutesMessage, minutesSignals.mark, ++marks]) encoding.writeVarUint(encoder, number)
    socket.send(encoding.toUint8Array(encoder))
    const isWord = (frame: Buffer) => frame[0] === minutesMessage
    await eventually(() => frames.slice(before).some(isWord), { everyMs: 2 })
    return frames.slice(before).find(isWord)?.[1] === minutesSignals.mark ? 'taken' : 'refused'
  }

  return {
    doc,
    frames,
    closed,
    send,
    /** Changes its own copy, and sends how. */
    change(work: (body: Y.XmlFragment, doc: Y.Doc) => void) {
      const before = Y.encodeStateVector(doc)
      doc.transact(() => work(bodyOf(doc), doc))
      return send(Y.encodeStateAsUpdate(doc, before))
    },
    close: () => socket.close(),
  }
}

/** The place of the heading of an agenda item. */
export const placeOf = (body: Y.XmlFragment, { id }: Meeting['agenda'][number]) =>
  body.toArray().findIndex((block) => block instanceof Y.XmlElement && block.getAttribute('agendaItemId') === id)

export function element(type: string, attributes: Record<string, unknown>, words = '') {
  const block = new Y.XmlElement(type)
  // Kept as they are given, numbers too.
  for (const [name, value] of Object.entries(attributes)) block.setAttribute(name, value as string)
  if (words !== '') block.insert(0, [new Y.XmlText(words)])
  return block
}
