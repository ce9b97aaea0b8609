import { createHistogram, type RecordableHistogram } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { eventually } from '../../support/eventually.ts'
import { cpuMsOfTree } from './process-tree.ts'
import { openRawSocket, type RawSocket } from './raw-socket.ts'
import type { YjsServer } from './servers.ts'
import { createTypist, readLetters } from './typing.ts'

/** Nanoseconds, as histograms count whole numbers only. */
const clock = () => Math.round(performance.now() * 1e6)
const ms = (nanoseconds: number) => Number((nanoseconds / 1e6).toFixed(2))

type Client = {
  clientId: number
  room: Room
  /** Its place in its room: the one before it is watched by it. */
  place: number
  socket: RawSocket
  ready: boolean
  next(): Uint8Array
  firstClock: number
  /** When each letter was sent; the n-th one has the clock `firstClock + n`. */
  sentAt: number[]
  /** How many of the letters the watcher has seen. */
  seen: number
  /** The mark on its way, and when the last letter before it was sent. */
  mark: { number: number; since: number } | null
  marks: number
}
type Room = { document: string; clients: Client[]; byId: Map<number, Client> }

type Tally = {
  deliveries: number
  edits: number
  toPeers: RecordableHistogram
  toStored: RecordableHistogram
  onSeen: ((client: Client) => void) | null
}
const notYet: RawSocket = { send: () => true, drained: async () => undefined, close: () => {} }
const newTally = (): Tally => ({ deliveries: 0, edits: 0, toPeers: createHistogram(), toStored: createHistogram(), onSeen: null })

export type Steady = { p50: number; p99: number; storedP50: number | null; storedP99: number | null }
export type Saturated = {
  editsPerSecond: number
  cpuPerDeliveredEdit: number
  serverShare: number
  generatorShare: number
  editsPerFrame: number
}

/** So many clients on each of so many documents of a server, all of them writing, each in a paragraph of its own. */
export async function gather(server: YjsServer, { documents, clients }: { documents: number; clients: number }) {
  let tally = newTally()
  let frames = 0
  const { dialect } = server
  const rooms: Room[] = []
  for (let n = 0; n < documents; n++) rooms.push({ document: await server.newDocument(), clients: [], byId: new Map() })
  let count = 0
  for (const room of rooms) for (let place = 0; place < clients; place++) await enter(room, place, count++)
  const all = rooms.flatMap((room) => room.clients)
  await eventually(() => all.every(({ ready }) => ready), { timeoutMs: 60_000 })
  for (const client of all) client.socket.send(dialect.update(client.room.document, client.next()))
  for (const client of all) Object.assign(client, { seen: -1 })
  // Whoever is alone is seen by nobody.
  if (clients > 1) await eventually(() => all.every(({ seen }) => seen >= 0), { timeoutMs: 60_000 })

  async function enter(room: Room, place: number, number: number) {
    const typist = createTypist()
    let begun = false
    const client: Client = {
      clientId: typist.clientId,
      room,
      place,
      socket: notYet,
      ready: false,
      firstClock: typist.firstClock,
      next: () => {
        if (begun) return typist.next()
        begun = true
        return typist.start
      },
      sentAt: [],
      seen: 0,
      mark: null,
      marks: 0,
    }
    room.clients.push(client)
    room.byId.set(client.clientId, client)
    client.socket = await openRawSocket({
      port: server.port,
      path: dialect.path(room.document),
      headers: server.headers(number),
      onFrame: (frame) => hear(client, frame),
    })
    for (const frame of dialect.hello(room.document)) client.socket.send(frame)
  }

  function hear(client: Client, frame: Uint8Array) {
    const heard = dialect.read(frame)
    if (heard?.kind === 'welcome') for (const bytes of dialect.afterWelcome(client.room.document)) client.socket.send(bytes)
    else if (heard?.kind === 'state') client.ready = true
    else if (heard?.kind === 'mark') confirm(client, heard.mark)
    else if (heard?.kind === 'update') {
      frames += 1
      const now = clock()
      readLetters(heard.update, (clientId, from, length) => see(client, clientId, from, length, now))
    }
  }

  function see(client: Client, clientId: number, from: number, length: number, now: number) {
    const author = client.room.byId.get(clientId)
    if (!author || author === client) return
    const first = from - author.firstClock
    for (let n = Math.max(0, first); n < first + length; n++) {
      tally.deliveries += 1
      if (author.sentAt[n] !== undefined) tally.toPeers.record(Math.max(1, now - author.sentAt[n]!))
    }
    if (client.place !== (author.place + 1) % client.room.clients.length) return
    tally.edits += Math.max(0, first + length - Math.max(author.seen, 0))
    author.seen = Math.max(author.seen, first + length)
    tally.onSeen?.(author)
  }

  function write(client: Client) {
    const now = clock()
    client.sentAt.push(now)
    client.socket.send(dialect.update(client.room.document, client.next()))
    if (dialect.mark && !client.mark) askForMark(client, now)
  }

  /** As our own page does: one mark on its way at a time. */
  function askForMark(client: Client, since: number) {
    client.mark = { number: ++client.marks, since }
    client.socket.send(dialect.mark!(client.marks))
  }

  function confirm(client: Client, number: number) {
    if (client.mark?.number !== number) return
    tally.toStored.record(Math.max(1, clock() - client.mark.since))
    client.mark = null
    // What was written meanwhile is still to be confirmed.
    if (client.seen < client.sentAt.length) askForMark(client, client.sentAt.at(-1)!)
  }

  const settled = () => eventually(() => all.every(({ seen, sentAt }) => seen >= sentAt.length), { timeoutMs: 120_000, everyMs: 50 })

  return {
    /** Everybody in turn writes a letter, so many in a second altogether. */
    async steady(perSecond: number, seconds: number): Promise<Steady> {
      tally = newTally()
      const begun = performance.now()
      const total = Math.round(perSecond * seconds)
      for (let sent = 0; sent < total; ) {
        const due = Math.min(total, Math.floor(((performance.now() - begun) / 1_000) * perSecond))
        // Spread over rooms and people.
        for (; sent < due; sent++) write(rooms[sent % rooms.length]!.clients[Math.floor(sent / rooms.length) % clients]!)
        await delay(1)
      }
      await settled()
      const { toPeers, toStored } = tally
      return {
        p50: ms(toPeers.percentile(50)),
        p99: ms(toPeers.percentile(99)),
        storedP50: toStored.count > 0 ? ms(toStored.percentile(50)) : null,
        storedP99: toStored.count > 0 ? ms(toStored.percentile(99)) : null,
      }
    },

    /** Everybody writes the next letter as soon as fewer than `inFlight` of theirs are on their way, one letter a turn. */
    async saturate(inFlight: number, seconds: number): Promise<Saturated> {
      tally = newTally()
      const wanting = new Set<Client>(all)
      let scheduled = false
      let over = false
      const turn = () => {
        scheduled = false
        for (const client of wanting) {
          if (client.sentAt.length - client.seen >= inFlight) wanting.delete(client)
          else write(client)
        }
        schedule()
      }
      function schedule() {
        if (scheduled || over || wanting.size === 0) return
        scheduled = true
        setImmediate(turn)
      }
      tally.onSeen = (client) => {
        wanting.add(client)
        schedule()
      }
      schedule()
      await delay(1_000)
      const before = {
        cpu: cpuMsOfTree(server.pid),
        own: process.cpuUsage(),
        at: performance.now(),
        deliveries: tally.deliveries,
        edits: tally.edits,
        frames,
      }
      await delay(seconds * 1_000)
      const cpu = cpuMsOfTree(server.pid) - before.cpu
      const own = process.cpuUsage(before.own)
      const elapsed = performance.now() - before.at
      const deliveries = tally.deliveries - before.deliveries
      const edits = tally.edits - before.edits
      const editsPerFrame = deliveries / Math.max(1, frames - before.frames)
      over = true
      await settled()
      return {
        editsPerSecond: Math.round(edits / (elapsed / 1_000)),
        cpuPerDeliveredEdit: Number(((cpu * 1_000) / Math.max(1, deliveries)).toFixed(2)),
        serverShare: Number((cpu / elapsed).toFixed(2)),
        generatorShare: Number(((own.user + own.system) / 1_000 / elapsed).toFixed(2)),
        editsPerFrame: Number(editsPerFrame.toFixed(1)),
      }
    },

    close() {
      for (const { socket } of all) socket.close()
    },
  }
}
