import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { v7 } from 'uuid'
import * as Y from 'yjs'
import { minutesField } from '../../../shared/minutes.ts'

/** Yjs' numbers of what we write: text whose left neighbour is named, and nothing else. */
const textAfter = 0x84

/** Somebody who types into a paragraph of their own, letter by letter, without a document in memory. */
export function createTypist() {
  const doc = new Y.Doc()
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.setAttribute('blockId', v7())
  paragraph.insert(0, [new Y.XmlText('始')])
  doc.getXmlFragment(minutesField).push([paragraph])
  const { clientID: clientId } = doc
  const start = Y.encodeStateAsUpdate(doc)
  const firstClock = Y.getState(doc.store, clientId)
  doc.destroy()
  let clock = firstClock

  return {
    clientId,
    /** The update that begins the paragraph. */
    start,
    firstClock,
    /** The update of the next letter. */
    next(): Uint8Array {
      const encoder = encoding.createEncoder()
      encoding.writeVarUint(encoder, 1)
      encoding.writeVarUint(encoder, 1)
      encoding.writeVarUint(encoder, clientId)
      encoding.writeVarUint(encoder, clock)
      encoding.writeUint8(encoder, textAfter)
      encoding.writeVarUint(encoder, clientId)
      encoding.writeVarUint(encoder, clock - 1)
      encoding.writeVarString(encoder, 'a')
      encoding.writeVarUint(encoder, 0)
      clock += 1
      return encoding.toUint8Array(encoder)
    },
  }
}

/** Tells of every run of letters in an update: whose, from which clock, how many. */
export function readLetters(update: Uint8Array, tell: (clientId: number, clock: number, length: number) => void) {
  if (!readFast(update, tell)) readSlow(update, tell)
}

/** Reads updates of letters only, at a fraction of what decoding costs; says false at anything else, before it tells. */
function readFast(update: Uint8Array, tell: (clientId: number, clock: number, length: number) => void): boolean {
  const runs: number[] = []
  const decoder = decoding.createDecoder(update)
  for (let clients = decoding.readVarUint(decoder); clients > 0; clients--) {
    const structs = decoding.readVarUint(decoder)
    const clientId = decoding.readVarUint(decoder)
    let clock = decoding.readVarUint(decoder)
    for (let struct = 0; struct < structs; struct++) {
      if (decoding.readUint8(decoder) !== textAfter) return false
      decoding.readVarUint(decoder)
      decoding.readVarUint(decoder)
      // Our letters have one byte each.
      const { length } = decoding.readVarUint8Array(decoder)
      runs.push(clientId, clock, length)
      clock += length
    }
  }
  for (let at = 0; at < runs.length; at += 3) tell(runs[at]!, runs[at + 1]!, runs[at + 2]!)
  return true
}

function readSlow(update: Uint8Array, tell: (clientId: number, clock: number, length: number) => void) {
  for (const struct of Y.decodeUpdate(update).structs) {
    if (!(struct instanceof Y.Skip)) tell(struct.id.client, struct.id.clock, struct.length)
  }
}
