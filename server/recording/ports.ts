import { createSocket, type Socket } from 'node:dgram'

const loopback = '127.0.0.1'
const attempts = 50

/**
 * An even port of this computer that is free, as the next one is: ffmpeg listens on both. Another program may take it
 * before ffmpeg does; ffmpeg then ends at once, and the next part begins with another pair.
 */
export async function freePortPair(): Promise<number> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const first = await bind(0)
    const { port } = first?.address() ?? { port: 1 }
    const second = port % 2 === 0 ? await bind(port + 1) : null
    await Promise.all([close(first), close(second)])
    if (second) return port
  }
  throw new Error('no two free UDP ports beside each other')
}

const bind = (port: number): Promise<Socket | null> =>
  new Promise((resolve) => {
    const socket = createSocket('udp4')
    socket.once('error', () => {
      socket.close()
      resolve(null)
    })
    socket.bind(port, loopback, () => resolve(socket))
  })

const close = (socket: Socket | null): Promise<void> => (socket ? new Promise((resolve) => socket.close(resolve)) : Promise.resolve())
