import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { isOwnOrigin } from './origin.ts'

export type UpgradeDoor = (request: IncomingMessage, socket: Duplex, head: Buffer, id: string) => void

type UpgradeDeps = {
  server: Server
  /** By the first part of the path: `minutes` serves `/minutes/<id>`. */
  doors: Record<string, UpgradeDoor>
  /** The path that Socket.IO listens on by itself; it has to leave the others alone (`destroyUpgrade: false`). */
  socketIoPath?: string
  publicUrl: string | undefined
}

const idPattern = /^\/([a-z]+)\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i

/** Sends requests for a websocket to the door that they name; whatever has none is answered and closed. */
export function createUpgrade({ server, doors, socketIoPath = '/socket.io/', publicUrl }: UpgradeDeps) {
  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer) {
    const path = (request.url ?? '').split('?')[0]!
    if (path.startsWith(socketIoPath)) return
    // A client that goes away during the handshake would otherwise end the program.
    socket.on('error', () => socket.destroy())
    const [, name = '', id = ''] = idPattern.exec(path) ?? []
    const door = Object.hasOwn(doors, name) ? doors[name] : undefined
    if (!door) return answer(socket, '404 Not Found')
    // A browser sends the cookie whosever page it is that asks.
    if (!isOwnOrigin(request.headers, publicUrl)) return answer(socket, '403 Forbidden')
    door(request, socket, head, id.toLowerCase())
  }

  server.on('upgrade', upgrade)
  return { close: () => void server.off('upgrade', upgrade) }
}

function answer(socket: Duplex, status: string) {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
