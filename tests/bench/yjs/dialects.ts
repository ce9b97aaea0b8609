import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { minutesMessage, minutesSignals } from '../../../shared/minutes.ts'

/** What a frame of a server says to a client of the generator. */
export type Heard =
  | { kind: 'update' | 'state'; update: Uint8Array }
  | { kind: 'mark'; mark: number }
  | { kind: 'welcome' }
  | { kind: 'taken' }
  | null

/** How a server wants to be spoken to: all of them speak y-protocols, in different envelopes. */
export type Dialect = {
  path(document: string): string
  /** What a client says first. */
  hello(document: string): Uint8Array[]
  /** What it says once it is welcome, where it has to wait for that. */
  afterWelcome(document: string): Uint8Array[]
  update(document: string, update: Uint8Array): Uint8Array
  read(frame: Uint8Array): Heard
  /** Asks to be told when everything before is stored; null where that cannot be asked. */
  mark: ((mark: number) => Uint8Array) | null
}

const sync = { step1: 0, step2: 1, update: 2 } as const
/** `syncStatus` is Hocuspocus' answer to each update, given when it is applied. */
const types = { sync: 0, auth: 2, syncStatus: 8 } as const
const nothingYet = Uint8Array.of(0)

const frame = (write: (encoder: encoding.Encoder) => void) => {
  const encoder = encoding.createEncoder()
  write(encoder)
  return encoding.toUint8Array(encoder)
}

function writeSync(encoder: encoding.Encoder, step: number, bytes: Uint8Array) {
  encoding.writeVarUint(encoder, types.sync)
  encoding.writeVarUint(encoder, step)
  encoding.writeVarUint8Array(encoder, bytes)
}

function readSync(decoder: decoding.Decoder): Heard {
  const step = decoding.readVarUint(decoder)
  if (step === sync.step1) return null
  return { kind: step === sync.step2 ? 'state' : 'update', update: decoding.readVarUint8Array(decoder) }
}

/** y-websocket's: one document a connection, named by the path. */
export const yWebsocket: Dialect = {
  path: (document) => `/${document}`,
  hello: () => [frame((encoder) => writeSync(encoder, sync.step1, nothingYet))],
  afterWelcome: () => [],
  update: (_document, update) => frame((encoder) => writeSync(encoder, sync.update, update)),
  read(bytes) {
    const decoder = decoding.createDecoder(bytes)
    return decoding.readVarUint(decoder) === types.sync ? readSync(decoder) : null
  },
  mark: null,
}

/** Ours: y-websocket's, and marks that come back once everything before them is stored. */
export const minutes: Dialect = {
  ...yWebsocket,
  path: (document) => `/minutes/${document}`,
  read(bytes) {
    const decoder = decoding.createDecoder(bytes)
    const type = decoding.readVarUint(decoder)
    if (type === types.sync) return readSync(decoder)
    if (type !== minutesMessage || decoding.readVarUint(decoder) !== minutesSignals.mark) return null
    return { kind: 'mark', mark: decoding.readVarUint(decoder) }
  },
  mark: (mark) =>
    frame((encoder) => {
      encoding.writeVarUint(encoder, minutesMessage)
      encoding.writeVarUint(encoder, minutesSignals.mark)
      encoding.writeVarUint(encoder, mark)
    }),
}

/** Hocuspocus': each frame names its document, and a token comes first. */
export const hocuspocus: Dialect = {
  path: () => '/',
  hello: (document) => [
    frame((encoder) => {
      encoding.writeVarString(encoder, document)
      encoding.writeVarUint(encoder, types.auth)
      encoding.writeVarUint(encoder, 0)
      encoding.writeVarString(encoder, 'none')
    }),
  ],
  afterWelcome: (document) => [named(document, sync.step1, nothingYet)],
  update: (document, update) => named(document, sync.update, update),
  read(bytes) {
    const decoder = decoding.createDecoder(bytes)
    decoding.readVarUint8Array(decoder)
    const type = decoding.readVarUint(decoder)
    if (type === types.auth) return { kind: 'welcome' }
    if (type === types.syncStatus) return { kind: 'taken' }
    return type === types.sync ? readSync(decoder) : null
  },
  mark: null,
}

const named = (document: string, step: number, bytes: Uint8Array) =>
  frame((encoder) => {
    encoding.writeVarString(encoder, document)
    writeSync(encoder, step, bytes)
  })
