import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as auth from 'y-protocols/auth'
import * as sync from 'y-protocols/sync'
import { minutesMessage, minutesSignals } from '../../shared/minutes.ts'

/** y-websocket's message types. */
const messages = { sync: 0, awareness: 1, auth: 2, queryAwareness: 3 } as const

/** A frame of a client, understood. */
export type Frame =
  | { kind: 'state-asked'; stateVector: Uint8Array }
  | { kind: 'update'; update: Uint8Array; answer: boolean }
  | { kind: 'presence'; update: Uint8Array }
  | { kind: 'presence-asked' }
  | { kind: 'mark'; mark: number }

/** @throws Error when the bytes are not a frame of the protocol. */
export function readFrame(bytes: Uint8Array): Frame {
  const decoder = decoding.createDecoder(bytes)
  const type = decoding.readVarUint(decoder)
  if (type === messages.sync) return readSync(decoder)
  if (type === messages.awareness) return { kind: 'presence', update: decoding.readVarUint8Array(decoder) }
  if (type === messages.queryAwareness) return { kind: 'presence-asked' }
  if (type === minutesMessage && decoding.readVarUint(decoder) === minutesSignals.mark)
    return { kind: 'mark', mark: decoding.readVarUint(decoder) }
  throw new Error('unknown message type')
}

function readSync(decoder: decoding.Decoder): Frame {
  const step = decoding.readVarUint(decoder)
  const bytes = decoding.readVarUint8Array(decoder)
  if (step === sync.messageYjsSyncStep1) return { kind: 'state-asked', stateVector: bytes }
  if (step === sync.messageYjsSyncStep2) return { kind: 'update', update: bytes, answer: true }
  if (step === sync.messageYjsUpdate) return { kind: 'update', update: bytes, answer: false }
  throw new Error('unknown sync step')
}

/**
 * A message as it stands on the line, with its websocket header (RFC 6455, section 5.2: one final binary frame; a server masks
 * nothing). Made once and written to everybody, it costs each of them one write and nothing else.
 */
function onTheLine(payload: Uint8Array): Buffer {
  const { length } = payload
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const bytes = Buffer.allocUnsafe(header + length)
  bytes[0] = 0x82
  bytes[1] = header === 2 ? length : header === 4 ? 126 : 127
  if (header === 4) bytes.writeUInt16BE(length, 2)
  if (header === 10) bytes.writeBigUInt64BE(BigInt(length), 2)
  bytes.set(payload, header)
  return bytes
}

function frame(type: number, write: (encoder: encoding.Encoder) => void): Buffer {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, type)
  write(encoder)
  return onTheLine(encoding.toUint8Array(encoder))
}

function signal(kind: number, write: (encoder: encoding.Encoder) => void) {
  return frame(minutesMessage, (encoder) => {
    encoding.writeVarUint(encoder, kind)
    write(encoder)
  })
}

/** What the server says, each ready for the line. */
export const frames = {
  askState: (stateVector: Uint8Array) =>
    frame(messages.sync, (encoder) => {
      encoding.writeVarUint(encoder, sync.messageYjsSyncStep1)
      encoding.writeVarUint8Array(encoder, stateVector)
    }),
  state: (state: Uint8Array) =>
    frame(messages.sync, (encoder) => {
      encoding.writeVarUint(encoder, sync.messageYjsSyncStep2)
      encoding.writeVarUint8Array(encoder, state)
    }),
  update: (update: Uint8Array) => frame(messages.sync, (encoder) => sync.writeUpdate(encoder, update)),
  presence: (update: Uint8Array) => frame(messages.awareness, (encoder) => encoding.writeVarUint8Array(encoder, update)),
  denied: (reason: string) => frame(messages.auth, (encoder) => auth.writePermissionDenied(encoder, reason)),
  stored: (mark: number) => signal(minutesSignals.mark, (encoder) => encoding.writeVarUint(encoder, mark)),
  access: (refusal: string | null) =>
    signal(minutesSignals.access, (encoder) => {
      encoding.writeVarUint(encoder, refusal === null ? 1 : 0)
      if (refusal !== null) encoding.writeVarString(encoder, refusal)
    }),
  refused: (reason: string) => signal(minutesSignals.refused, (encoder) => encoding.writeVarString(encoder, reason)),
}
