import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { eventually } from '../support/eventually.ts'
import { type History, textIn } from './yjs/history.ts'
import { residentKiB } from './yjs/process-tree.ts'
import { openRawSocket } from './yjs/raw-socket.ts'
import { startHocuspocus, startOwn, type YjsServer } from './yjs/servers.ts'

/** A server that is started anew on the same folder, as often as wanted, and a document in it. */
export type Keeper = { name: string; document: string; typingSeconds: number; start(): Promise<YjsServer>; remove(): Promise<void> }
export type Opening = { ms: number; liveKiB: number; residentKiB: number }

/** What of a history is on its way at a time. */
const inFlight = 2_000

/** Sends updates one by one, as they were typed; resolves once the server has taken all of them. */
async function typeIn(server: YjsServer, document: string, updates: readonly Uint8Array[]) {
  const { dialect } = server
  let taken = 0
  let marked = 0
  let ready = false
  const socket = await openRawSocket({
    port: server.port,
    path: dialect.path(document),
    headers: server.headers(0),
    onFrame(frame) {
      const heard = dialect.read(frame)
      if (heard?.kind === 'welcome') for (const bytes of dialect.afterWelcome(document)) socket.send(bytes)
      if (heard?.kind === 'state') ready = true
      if (heard?.kind === 'taken') taken += 1
      if (heard?.kind === 'mark') taken = heard.mark
    },
  })
  for (const bytes of dialect.hello(document)) socket.send(bytes)
  await eventually(() => ready, { timeoutMs: 60_000 })
  for (const [place, update] of updates.entries()) {
    const hasRoom = socket.send(dialect.update(document, update))
    const number = place + 1
    if (dialect.mark && (number % 500 === 0 || number === updates.length)) {
      socket.send(dialect.mark(number))
      marked = number
    }
    if (!hasRoom) await socket.drained()
    if (number - taken > inFlight) await eventually(() => number - taken < inFlight / 2, { timeoutMs: 120_000, everyMs: 1 })
  }
  await eventually(() => taken >= Math.max(marked, updates.length), { timeoutMs: 120_000 })
  socket.close()
}

/** From the request to the whole document, in milliseconds. */
async function open(server: YjsServer, document: string): Promise<{ ms: number; state: Uint8Array; close(): void }> {
  const { dialect } = server
  let answer: (state: Uint8Array) => void = () => {}
  const came = new Promise<Uint8Array>((resolve) => {
    answer = resolve
  })
  const begun = performance.now()
  const socket = await openRawSocket({
    port: server.port,
    path: dialect.path(document),
    headers: server.headers(0),
    onFrame(frame) {
      const heard = dialect.read(frame)
      if (heard?.kind === 'welcome') for (const bytes of dialect.afterWelcome(document)) socket.send(bytes)
      if (heard?.kind === 'state') answer(heard.update.slice())
    },
  })
  for (const bytes of dialect.hello(document)) socket.send(bytes)
  const state = await came
  return { ms: performance.now() - begun, state, close: socket.close }
}

/** Types a history into a new document of each of our own and of Hocuspocus, and stops the server at once. */
export async function keepOwn(updates: readonly Uint8Array[]): Promise<Keeper> {
  const folder = await mkdtemp(join(tmpdir(), 'yishi-load-'))
  const first = await startOwn(folder)
  const earlier = { cookies: [first.headers(0).cookie!], port: first.port }
  return keep(first, () => startOwn(folder, earlier), folder, updates)
}

export async function keepHocuspocus(updates: readonly Uint8Array[]): Promise<Keeper> {
  const folder = await mkdtemp(join(tmpdir(), 'yishi-load-'))
  return keep(await startHocuspocus(folder), () => startHocuspocus(folder), folder, updates)
}

async function keep(first: YjsServer, start: () => Promise<YjsServer>, folder: string, updates: readonly Uint8Array[]): Promise<Keeper> {
  const document = await first.newDocument()
  const small = await first.newDocument()
  const touch = async (server: YjsServer) => (await open(server, small)).close()
  await touch(first)
  const begun = performance.now()
  await typeIn(first, document, updates)
  const typingSeconds = Number(((performance.now() - begun) / 1_000).toFixed(1))
  await first.close()
  return {
    name: first.name,
    document,
    typingSeconds,
    // Each start opens a small document first, so that what a program does once is done.
    async start() {
      const server = await start()
      await touch(server)
      return server
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Opens the document on a server that was started for it: how long it takes, and what the server's process takes more with it. */
export async function openCold(keeper: Keeper, history: History): Promise<Opening> {
  const server = await keeper.start()
  try {
    await delay(1_000)
    const held = await server.liveKiB()
    const before = residentKiB(server.pid)
    const { ms, state, close } = await open(server, keeper.document)
    if (!textIn(state).includes(history.text)) throw new Error(`${keeper.name} does not give the text that was typed`)
    await delay(2_000)
    const resident = residentKiB(server.pid) - before
    const live = (await server.liveKiB()) - held
    close()
    return { ms: Number(ms.toFixed(1)), liveKiB: live, residentKiB: resident }
  } finally {
    await server.close()
  }
}

/** Lets a server have the document until it has put it in order. */
export async function rest(keeper: Keeper, ms: number) {
  const server = await keeper.start()
  const { close } = await open(server, keeper.document)
  close()
  await delay(ms)
  await server.close()
}
