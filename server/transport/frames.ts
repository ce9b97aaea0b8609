import type { Socket } from 'socket.io'
import { frameOf } from './deflate.ts'
import type { Io } from './socket.ts'

// News to thousands of phones is written once and sent as the same bytes to all of them. Socket.IO and Engine.IO have methods for
// that which are not in their documentation; each is looked for before it is used, and without it their own way is gone.

/** What socket.io-adapter makes of a packet that goes to many, with the header and the payload of its frame. */
type Encoding = { _encode?(packet: unknown, options: Options): unknown }
type Options = { compress?: boolean; wsPreEncodedFrame?: Frames }

/** A frame to many. It is packed when the first comes by who takes it so, and that is what everybody like that gets. */
type Frames = Buffer[] & { payload?: Buffer; packed?: Buffer }

type Websocket = { readyState: number; _sender: { sendFrame(frames: Frames): void } }
type Engine = { readyState: string; writeBuffer: unknown[]; transport: { name: string; writable: boolean; socket?: Websocket } }
type Client = { conn: Engine; writeToEngine?: (packets: unknown, options: Options) => void }

/** Less than this fits into one packet of the network as it is. */
const worthwhile = 600
const open = 1

/** The packed form of what goes to many; null where there is none. */
export function packedOf(frames: Frames): Buffer | null {
  if (!frames.payload || frames.payload.length < worthwhile) return null
  frames.packed ??= frameOf(frames.payload, { packed: true })
  return frames.packed
}

/** Socket.IO frames what goes to many once for all, as a header and a payload: here they become one buffer. */
export function joinFrames(io: Io) {
  const adapter = io.of('/').adapter as unknown as Encoding
  const encode = adapter._encode
  if (!encode) return
  adapter._encode = (packet, options) => {
    const encoded = encode.call(adapter, packet, options)
    const [, payload] = options.wsPreEncodedFrame ?? []
    if (payload) {
      const plain: Frames = [frameOf(payload, { packed: false })]
      options.wsPreEncodedFrame = options.compress === false ? plain : Object.assign(plain, { payload })
    }
    return encoded
  }
}

/**
 * Frames to many go past the queue of Engine.IO, whose packets, events and callbacks cost as much as the system's own work: there is
 * nothing to wait for where everything that came before has been handed over.
 */
export function writeAtOnce(socket: Pick<Socket, 'client'>) {
  const client = socket.client as unknown as Client
  if (client.writeToEngine) client.writeToEngine = writeToEngine
}

function writeToEngine(this: Client, packets: unknown, options: Options) {
  const { readyState, writeBuffer, transport } = this.conn
  const frames = options.wsPreEncodedFrame
  const isFree = readyState === 'open' && transport.name === 'websocket' && transport.writable && writeBuffer.length === 0
  if (frames && isFree && transport.socket?.readyState === open) transport.socket._sender.sendFrame(frames)
  else Object.getPrototypeOf(this).writeToEngine.call(this, packets, options)
}
