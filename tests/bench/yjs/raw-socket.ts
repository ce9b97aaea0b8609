import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

const opcodes = { binary: 2, close: 8, ping: 9, pong: 10 } as const
/** A mask of zeros leaves the bytes as they are; the other side takes it off all the same. */
const noMask = Buffer.alloc(4)
/** What is read is looked at before the next read, so all sockets share one piece of memory. */
const readBuffer = Buffer.allocUnsafe(256 * 1024)

export type RawSocket = {
  /** Says whether there is room for more at once. */
  send(payload: Uint8Array): boolean
  /** Resolves once there is room again. */
  drained(): Promise<unknown>
  close(): void
}
type Options = {
  port: number
  path: string
  headers?: Record<string, string>
  /** The bytes are only good until the call returns. */
  onFrame(payload: Buffer): void
  onClose?(): void
}

/** The client's side of a websocket with nothing around it: a generator of load must need less than what it loads. */
export async function openRawSocket({ port, path, headers = {}, onFrame, onClose }: Options): Promise<RawSocket> {
  let rest: Buffer = Buffer.alloc(0)
  let upgraded: (() => void) | null = null
  let refuse: (error: Error) => void = () => {}
  const opened = new Promise<void>((resolve, reject) => {
    upgraded = resolve
    refuse = reject
  })
  const socket: Socket = connect({
    port,
    host: '127.0.0.1',
    onread: {
      buffer: readBuffer,
      callback(bytes, buffer) {
        const chunk = Buffer.from(buffer.buffer, buffer.byteOffset, bytes)
        take(rest.length === 0 ? chunk : Buffer.concat([rest, chunk]))
        return true
      },
    },
  })
  socket.setNoDelay(true)
  socket.on('error', (error) => refuse(error))
  socket.on('close', () => {
    refuse(new Error('the connection was closed'))
    onClose?.()
  })

  function take(bytes: Buffer) {
    const at = upgraded ? takeAnswer(bytes) : takeFrames(bytes, 0)
    // Copied, since the memory is read into again.
    rest = at === bytes.length ? Buffer.alloc(0) : Buffer.from(bytes.subarray(at))
  }

  function takeAnswer(bytes: Buffer): number {
    const end = bytes.indexOf('\r\n\r\n')
    if (end < 0) return 0
    const status = bytes.subarray(0, bytes.indexOf('\r\n')).toString()
    if (!status.includes(' 101 ')) {
      refuse(new Error(status))
      return bytes.length
    }
    upgraded!()
    upgraded = null
    return takeFrames(bytes, end + 4)
  }

  function takeFrames(bytes: Buffer, from: number): number {
    let at = from
    for (;;) {
      if (bytes.length - at < 2) return at
      const short = bytes[at + 1]!
      const head = short < 126 ? 2 : short === 126 ? 4 : 10
      if (bytes.length - at < head) return at
      const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2))
      if (bytes.length - at < head + length) return at
      const payload = bytes.subarray(at + head, at + head + length)
      const opcode = bytes[at]! & 15
      if (opcode === opcodes.binary) onFrame(payload)
      else if (opcode === opcodes.ping) write(opcodes.pong, payload)
      at += head + length
    }
  }

  function write(opcode: number, payload: Uint8Array) {
    const { length } = payload
    const head = length < 126 ? 2 : length < 65_536 ? 4 : 10
    const frame = Buffer.allocUnsafe(head + 4 + length)
    frame[0] = 128 | opcode
    frame[1] = 128 | (head === 2 ? length : head === 4 ? 126 : 127)
    if (head === 4) frame.writeUInt16BE(length, 2)
    if (head === 10) frame.writeBigUInt64BE(BigInt(length), 2)
    frame.set(noMask, head)
    frame.set(payload, head + 4)
    return socket.write(frame)
  }

  const lines = Object.entries({
    host: `127.0.0.1:${port}`,
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  }).map(([name, value]) => `${name}: ${value}`)
  await once(socket, 'connect')
  socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
  await opened
  return {
    send: (payload) => write(opcodes.binary, payload),
    drained: () => once(socket, 'drain'),
    close: () => socket.destroy(),
  }
}
