/* One of the servers that the bench of fan-out compares, in a process of its own: `node server.ts own|socketio|ws`. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { WebSocketServer } from 'ws'
import { addRegions, districts, inRegion, plan } from '../../support/meetings.ts'
import { createPeople, value } from '../../support/people.ts'
import { startBenchServer } from '../server.ts'
import type { Kind, Memory, Started } from './processes.ts'

type Running = Started & { close(): Promise<void> }

/** The whole program with its database, and a live meeting whose suggestions are published at once. */
async function own(): Promise<Running> {
  // Each phone comes from an address of its own, as behind a proxy.
  const server = await startBenchServer({ TRUST_PROXY: 'true' })
  const people = createPeople(server.url, server.db)
  await addRegions(server)
  const secretary = await people.person({ grants: [inRegion('secretary', districts.nanxun)] })
  const { v7 } = await import('uuid')
  const wish = { ...plan(), id: v7(), suggestionPolicy: 'immediate' as const }
  const { id: meetingId } = value(await secretary.post('meeting:create', wish))
  value(await secretary.post('meeting:open', { meetingId }))
  people.close()
  return { port: Number(new URL(server.url).port), meetingId, close: server.close }
}

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

function memory(): Memory {
  // Twice: what the first one finalizes, the second one frees.
  globalThis.gc?.()
  globalThis.gc?.()
  const { rss, heapUsed, external } = process.memoryUsage()
  return { rss, live: heapUsed + external }
}

const servers = { own, socketio, ws } satisfies Record<Kind, () => Promise<Running>>
const { close, ...started } = await servers[process.argv[2] as Kind]()
process.on('message', (message) => {
  if (message === 'memory') process.send?.(memory())
  if (message === 'close') void close().then(() => process.exit(0))
})
process.send?.(started)
