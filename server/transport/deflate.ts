import { constants, deflateRawSync, inflateRawSync } from 'node:zlib'
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws'

// permessage-deflate (RFC 7692), without memory of earlier messages on either side. The same packed bytes then suit everybody, and a
// connection keeps nothing of its own for it: `ws` has a zlib stream of tens of kilobytes for each that has sent one packed message.

const extension = 'permessage-deflate'
/** Quick rather than as small as can be: more takes twice the time for a twentieth of the bytes. */
const level = 3
/** Every packed message ends with these, and goes without them. RFC 7692, 7.2.1. */
const tail = Buffer.from([0x00, 0x00, 0xff, 0xff])
const none = Buffer.alloc(0)

type Sender = { sendFrame(list: Buffer[], sent?: () => void): void; _socket: { write(bytes: Buffer, sent?: () => void): void } }
type Upgraded = WebSocket & { _sender: Sender }
type Upgrade = (
  extensions: Record<string, unknown>,
  key: string,
  protocols: Set<string>,
  request: { headers: { 'sec-websocket-extensions'?: string } },
  socket: unknown,
  head: Buffer,
  done: (websocket: Upgraded, request: unknown) => void,
) => void

/** A whole websocket message as one frame; for everybody who asked for packed ones when `packed`. */
export function frameOf(payload: Buffer, { packed }: { packed: boolean }): Buffer {
  const body = packed ? pack(payload) : payload
  const header = Buffer.alloc(body.length < 126 ? 2 : body.length < 65_536 ? 4 : 10)
  // The last fragment of a text; RSV1 says that it is packed.
  header[0] = packed ? 0xc1 : 0x81
  header[1] = body.length < 126 ? body.length : body.length < 65_536 ? 126 : 127
  if (header.length === 4) header.writeUInt16BE(body.length, 2)
  if (header.length === 10) header.writeBigUInt64BE(BigInt(body.length), 2)
  return Buffer.concat([header, body])
}

function pack(payload: Buffer): Buffer {
  const packed = deflateRawSync(payload, { level, finishFlush: constants.Z_SYNC_FLUSH })
  return packed.subarray(0, packed.length - tail.length)
}

/** Unpacks at most so many bytes. @throws RangeError of zlib for more. */
function unpack(packed: Buffer, most: number): Buffer {
  return inflateRawSync(Buffer.concat([packed, tail]), { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: most })
}

/** Whether one of the offers leaves us our way. One that wants a smaller window of us is not taken; no browser makes it. */
export const isOffered = (offers = '') =>
  offers.split(',').some((offer) => {
    const [name, ...parameters] = offer.split(';').map((part) => part.trim())
    return name === extension && parameters.every((parameter) => allowed.test(parameter))
  })
const allowed = /^(client_max_window_bits(="?\d+"?)?|server_no_context_takeover|client_no_context_takeover)$/

/** The parts that have come of a message in several fragments, and how long a message may be. */
type Extension = { parts: Buffer[] | null; most: number }

/** What `ws` asks of an extension. It packs nothing by itself: what is worth it goes to many, and is packed once. */
const methods = {
  params: { server_no_context_takeover: true, client_no_context_takeover: true },
  _isServer: true,
  _threshold: Number.POSITIVE_INFINITY,
  decompress(this: Extension, data: Buffer, isLast: boolean, done: (error: Error | null, bytes?: Buffer) => void) {
    const parts = [...(this.parts ?? []), data]
    this.parts = isLast ? null : parts
    // Not before `ws` has returned from asking, as it is used to.
    process.nextTick(() => (isLast ? unpackFor(done, Buffer.concat(parts), this.most) : done(null, none)))
  },
  cleanup(this: Extension) {
    this.parts = null
  },
}

function unpackFor(done: (error: Error | null, bytes?: Buffer) => void, packed: Buffer, most: number) {
  let bytes: Buffer
  try {
    bytes = unpack(packed, most)
  } catch (cause) {
    return done(new RangeError('a packed message that cannot be read', { cause }))
  }
  done(null, bytes)
}

/**
 * The websocket server of Engine.IO, with this extension, and a way of its own to send what `pickFrame` has both ways. Methods of
 * `ws` that are not in its documentation are used, and so looked for first: without them nothing is packed.
 */
export function packingServer(pickFrame: (list: Buffer[]) => Buffer | null) {
  function sendFrame(this: Sender, list: Buffer[], sent?: () => void) {
    const frame = pickFrame(list)
    if (frame) this._socket.write(frame, sent)
    else Object.getPrototypeOf(this).sendFrame.call(this, list, sent)
  }
  return function Server(options: ServerOptions) {
    const server = new WebSocketServer({ ...options, perMessageDeflate: false }) as WebSocketServer & { completeUpgrade?: Upgrade }
    const complete = server.completeUpgrade
    if (!complete) return server
    server.completeUpgrade = (extensions, key, protocols, request, socket, head, done) => {
      if (!isOffered(request.headers['sec-websocket-extensions'])) {
        return complete.call(server, extensions, key, protocols, request, socket, head, done)
      }
      extensions[extension] = Object.assign(Object.create(methods), { parts: null, most: options.maxPayload })
      complete.call(server, extensions, key, protocols, request, socket, head, (websocket, asked) => {
        websocket._sender.sendFrame = sendFrame
        done(websocket, asked)
      })
    }
    return server
  }
}
