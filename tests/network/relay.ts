import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

/** What the line does to each direction. */
export type Shape = { loss: number; bitsPerSecond: number; delayMs: number }

export const clear: Shape = { loss: 0, bitsPerSecond: Number.POSITIVE_INFINITY, delayMs: 0 }
/** What a small router keeps before it drops. */
const queueMs = 300

export type Relay = Awaited<ReturnType<typeof startRelay>>

/**
 * A UDP relay on loopback that really drops, delays and limits, in both directions, the same way for the same seed. It does
 * what tc's netem does for a namespace, also where the kernel has no netem and the tests are not root.
 */
export async function startRelay({ port, seed }: { port: number; seed: number }) {
  const outside = await bind()
  const ways = new Map<string, Promise<Socket>>()
  const timers = new Set<NodeJS.Timeout>()
  const random = mulberry32(seed)
  const counts = { forwarded: 0, lost: 0, overflowed: 0 }
  let shape = clear

  /** One direction: a queue that empties at the line's rate. */
  function direction() {
    let freeAt = 0
    return (bytes: number, send: () => void) => {
      const { loss, bitsPerSecond, delayMs } = shape
      if (random() < loss) return void counts.lost++
      const now = performance.now()
      const begins = Math.max(now, freeAt)
      if (begins - now > queueMs) return void counts.overflowed++
      freeAt = begins + (bytes * 8_000) / bitsPerSecond
      counts.forwarded++
      const wait = freeAt - now + delayMs
      if (wait < 1) return send()
      const timer = setTimeout(() => {
        timers.delete(timer)
        send()
      }, wait)
      timers.add(timer)
    }
  }
  const up = direction()
  const down = direction()

  /** Towards the server each of the client's ports is a port of its own, as through a NAT. */
  async function open(client: RemoteInfo): Promise<Socket> {
    const inside = await bind()
    inside.on('message', (packet) => down(packet.length, () => outside.send(packet, client.port, client.address)))
    return inside
  }

  outside.on('message', (packet, from) => {
    const name = `${from.address}:${from.port}`
    const way = ways.get(name) ?? open(from)
    ways.set(name, way)
    void way.then((inside) => up(packet.length, () => inside.send(packet, port, '127.0.0.1')))
  })

  return {
    port: (outside.address() as AddressInfo).port,
    counts,
    become(next: Shape) {
      shape = next
    },
    async close() {
      for (const timer of timers) clearTimeout(timer)
      outside.close()
      for (const way of ways.values()) (await way).close()
    },
  }
}

async function bind(): Promise<Socket> {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  // A packet that leaves after the test has closed the line.
  socket.on('error', () => {})
  return socket
}

/** Tommy Ettinger's mulberry32: small, seeded, good enough to choose packets. */
function mulberry32(seed: number) {
  let state = seed
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
