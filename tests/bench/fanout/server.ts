/* One of the servers that the bench of fan-out compares, in a process of its own: `node server.ts own|socketio|ws [folder [meeting]]`. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { WebSocketServer } from 'ws'
import type { Kind, Memory, Started } from './processes.ts'

export type Running = Started & { close(): Promise<void> }

// Not with the others: a bare server must not carry the whole program.
const own = async (dataDir: string, meetingId: string): Promise<Running> => (await import('./program.ts')).startProgram(dataDir, meetingId)

/** Socket.IO that passes on what it is sent, and stores nothing. */
async function socketio(): Promise<Running> {
  const http = createServer()
  const io = new Server(http, { serveClient: false })
  io.on('connection', (socket) => {
    socket.on('post', (post: object, ack: (answer: unknown) => void) => {
      io.emit('post', { ...post, createdAt: new Date().toISOString() })
      ack({ ok: true })
    })
  })
  const port = await listen(http)
  return { port, meetingId: '', close: async () => void (await io.close()) }
}

/** The same with nothing but websockets. */
async function ws(): Promise<Running> {
  const http = createServer()
  const server = new WebSocketServer({ server: http })
  server.on('connection', (socket) => {
    socket.on('message', (words) => {
      const frame = Buffer.from(JSON.stringify({ ...JSON.parse(String(words)), createdAt: new Date().toISOString() }))
      for (const client of server.clients) client.send(frame, { binary: false })
    })
  })
  const port = await listen(http)
  return {
    port,
    meetingId: '',
    async close() {
      for (const client of server.clients) client.terminate()
      http.close()
    },
  }
}

const listen = (http: ReturnType<typeof createServer>) =>
  new Promise<number>((resolve) => void http.listen(0, '127.0.0.1', () => resolve((http.address() as AddressInfo).port)))

async function memory(): Promise<Memory> {
  // The last resort of V8 before it gives up: what connecting has left behind is given back, and only what stays is measured.
  for (let turn = 0; turn < 3; turn++) await gc?.({ type: 'major', execution: 'async', flavor: 'last-resort' })
  const { rss, heapUsed, external } = process.memoryUsage()
  return { rss, live: heapUsed + external }
}

const [kind, dataDir = '', meetingId = ''] = process.argv.slice(2)
const servers = { own, socketio, ws } satisfies Record<Kind, (dataDir: string, meetingId: string) => Promise<Running>>
const { close, ...started } = await servers[kind as Kind](dataDir, meetingId)
process.on('message', (message) => {
  if (message === 'memory') void memory().then((measured) => process.send?.(measured))
  if (message === 'close') void close().then(() => process.exit(0))
})
process.send?.(started)
