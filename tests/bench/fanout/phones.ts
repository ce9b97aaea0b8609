import { connect } from 'node:net'
import { constants, inflateRawSync } from 'node:zlib'

/** So much of a frame's beginning tells it from every other: the name of the event and the id of the first post in it. */
const headLength = 120

/** A frame that has arrived whole. Only a `whole` phone keeps the words; the others know the beginning and the length. */
export type Frame = { head: string; length: number; packed: boolean; words: string | null }
type Options = { port: number; path: string; headers: Record<string, string>; whole: boolean; onOpen(): void; onFrame(frame: Frame): void }
export type Line = ReturnType<typeof openLine>

// All sockets read into one buffer, since each has dealt with what came before the next one reads.
const shared = Buffer.allocUnsafe(256 * 1024)

/**
 * A websocket client that does as little as possible, so that thousands of them fit on one core beside what they measure: it
 * reads the lengths of frames and skips what is in them. RFC 6455.
 */
export function openLine({ port, path, headers, whole, onOpen, onFrame }: Options) {
  const lines = Object.entries({
    Host: `127.0.0.1:${port}`,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    // As Chrome offers it.
    'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits',
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  let carried: Buffer | null = null
  let open = false
  let left = 0
  let frame: Frame = { head: '', length: 0, packed: false, words: null }
  let parts: Buffer[] = []

  const socket = connect({
    port,
    host: '127.0.0.1',
    onread: {
      buffer: shared,
      callback(count, buffer) {
        const chunk = Buffer.from(buffer.buffer, buffer.byteOffset, count)
        take(carried ? Buffer.concat([carried, chunk]) : chunk)
        return true
      },
    },
  })
  socket.setNoDelay(true)
  socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`)

  function take(bytes: Buffer) {
    carried = null
    let at = 0
    if (!open) {
      const end = bytes.indexOf('\r\n\r\n')
      if (end < 0) return keep(bytes)
      if (!bytes.toString('latin1', 0, 12).endsWith('101')) throw new Error(`no websocket: ${bytes.toString('latin1', 0, 200)}`)
      open = true
      onOpen()
      at = end + 4
    }
    while (at < bytes.length) {
      if (left === 0) {
        const begun = begin(bytes, at)
        if (begun === null) return keep(bytes.subarray(at))
        at = begun
      }
      const here = Math.min(left, bytes.length - at)
      if (whole) parts.push(Buffer.from(bytes.subarray(at, at + here)))
      at += here
      left -= here
      if (left === 0) end()
    }
  }

  /** Reads a frame's header; null when not enough of it has arrived. Empty frames do not occur. */
  function begin(bytes: Buffer, at: number): number | null {
    if (bytes.length < at + 2) return null
    const short = bytes[at + 1]! & 0x7f
    const header = short < 126 ? 2 : short === 126 ? 4 : 10
    if (bytes.length < at + header) return null
    const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2))
    const known = Math.min(length, headLength)
    if (bytes.length < at + header + known) return null
    const packed = (bytes[at]! & 0x40) > 0
    frame = { head: bytes.toString('latin1', at + header, at + header + known), length, packed, words: null }
    left = length
    return at + header
  }

  function end() {
    if (whole) frame.words = wordsOf(Buffer.concat(parts), frame.packed)
    parts = []
    onFrame(frame)
  }

  function keep(bytes: Buffer) {
    carried = Buffer.from(bytes)
  }

  return {
    /** A text frame, masked with zeros, which leaves it as it is. */
    send(words: string) {
      const payload = Buffer.from(words)
      const header =
        payload.length < 126
          ? Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0])
          : Buffer.from([0x81, 0xfe, payload.length >> 8, payload.length & 0xff, 0, 0, 0, 0])
      socket.write(Buffer.concat([header, payload]))
    },
    onError: (listener: (error: Error) => void) => void socket.once('error', listener),
    onClose: (listener: () => void) => void socket.once('close', listener),
    close: () => socket.destroy(),
  }
}

/** RFC 7692: what was left away from the end of a packed message is put back before it is unpacked. */
function wordsOf(bytes: Buffer, packed: boolean): string {
  if (!packed) return bytes.toString()
  return inflateRawSync(Buffer.concat([bytes, Buffer.from([0, 0, 0xff, 0xff])]), { finishFlush: constants.Z_SYNC_FLUSH }).toString()
}
