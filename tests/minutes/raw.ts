import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as sync from 'y-protocols/sync'
import * as Y from 'yjs'
import { eventually } from '../support/eventually.ts'
import { minutesUrl, write } from './editors.ts'

/** A bare websocket, for what no proper client would send. */
export async function rawSocket(url: string, person: { cookie: string }, meetingId: string, headers: Record<string, string> = {}) {
  const socket = new WebSocket(`${minutesUrl(url)}/${meetingId}`, {
    headers: { ...(person.cookie && { cookie: person.cookie }), ...headers },
  })
  const frames: Buffer[] = []
  socket.on('message', (data: Buffer) => frames.push(data))
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
  )
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  return { socket, frames, closed }
}

export function syncFrame(step: number, update: Uint8Array) {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 0)
  encoding.writeVarUint(encoder, step)
  encoding.writeVarUint8Array(encoder, update)
  return encoding.toUint8Array(encoder)
}

/** A change that adds a paragraph of these words. */
export function forgery(words = '伪造的一段') {
  const doc = new Y.Doc()
  write(doc, words)
  return Y.encodeStateAsUpdate(doc)
}

/** Sends a forged change both ways in which one can travel, and waits until each is refused for this reason. */
export async function forge(url: string, person: { cookie: string }, meetingId: string, reason: string) {
  const { socket, frames } = await rawSocket(url, person, meetingId)
  await eventually(() => frames.length >= 2)
  for (const step of [sync.messageYjsSyncStep2, sync.messageYjsUpdate]) {
    const before = frames.length
    socket.send(syncFrame(step, forgery()))
    // Told by y-websocket's own auth message, and by ours.
    await eventually(() => [2, 100].every((type) => frames.slice(before).some((frame) => frame[0] === type && frame.includes(reason))))
  }
  socket.close()
}
