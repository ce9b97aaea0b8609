import { io } from 'socket.io-client'
import type { Result } from '../../shared/commands.ts'
import type { CommandName, News, NewsItem, NewsName } from '../../shared/contract.ts'
import { noAnswer } from './failures.ts'
import type { CommandInput, CommandOutput } from './http.ts'

/** `idle` until a page needs live news; `lost` while it tries to come back by itself. */
export type ConnectionState = 'idle' | 'connecting' | 'connected' | 'lost'

type Listener = (payload: never) => void

const answerTimeoutMs = 10_000

/** The page's one live connection. It opens when somebody first asks or listens, and comes back by itself. */
export function createConnection() {
  const socket = io({
    autoConnect: false,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: 300,
    reconnectionDelayMax: 3_000,
  })
  const news = createListeners()
  const direct = createListeners()
  const connects = new Set<() => void>()
  const watchers = new Set<() => void>()
  let state: ConnectionState = 'idle'

  function become(next: ConnectionState) {
    if (state === next) return
    state = next
    for (const tell of watchers) tell()
  }

  function open() {
    if (socket.active || socket.connected) return
    if (state === 'idle') become('connecting')
    socket.connect()
  }

  socket.on('connect', () => {
    become('connected')
    for (const tell of [...connects]) tell()
  })
  socket.on('connect_error', () => become('lost'))
  socket.on('disconnect', (reason) => {
    if (reason === 'io client disconnect') return become('idle')
    become('lost')
    // The server closes connections whose rights have changed; Socket.IO takes that as final, we come back with the new ones.
    if (reason === 'io server disconnect') setTimeout(open, 300)
  })
  socket.on('news', (items: NewsItem[]) => {
    for (const [name, payload] of items) news.tell(name, payload)
  })
  socket.on('direct', (name: string, payload: unknown) => direct.tell(name, payload))

  return {
    /** Asks over the live connection. No answer in time is `unavailable`: it may have happened, and asking again with the same id is safe. */
    async ask<K extends CommandName>(name: K, payload: CommandInput<K>): Promise<Result<CommandOutput<K>>> {
      open()
      try {
        return await socket.timeout(answerTimeoutMs).emitWithAck(name, payload)
      } catch {
        return { ok: false, error: noAnswer }
      }
    },
    /** Hears one kind of news; returns what stops it. */
    listen<K extends NewsName>(name: K, listener: (payload: Parameters<News[K]>[0]) => void): () => void {
      open()
      return news.add(name, listener)
    },
    /** Hears what is for this connection alone. The payload is as the sender's domain types it. */
    listenDirect<T>(name: string, listener: (payload: T) => void): () => void {
      open()
      return direct.add(name, listener)
    },
    /** Called after every connect, the first included, and at once when connected already: the place to watch, join and read again. */
    onConnect(listener: () => void): () => void {
      open()
      connects.add(listener)
      if (socket.connected) listener()
      return () => connects.delete(listener)
    },
    /** Drops the connection and, if it was in use, opens a new one with the session's new cookie. */
    restart() {
      if (state === 'idle') return
      socket.disconnect()
      open()
    },
    state: () => state,
    onState(listener: () => void): () => void {
      watchers.add(listener)
      return () => watchers.delete(listener)
    },
    close: () => void socket.disconnect(),
  }
}

export type ConnectionToServer = ReturnType<typeof createConnection>

function createListeners() {
  const byName = new Map<string, Set<Listener>>()
  return {
    add(name: string, listener: Listener) {
      const listeners = byName.get(name) ?? new Set()
      byName.set(name, listeners.add(listener))
      return () => void listeners.delete(listener)
    },
    tell(name: string, payload: unknown) {
      // The names and payloads are typed at both ends; in between only the name is known.
      for (const listener of [...(byName.get(name) ?? [])]) listener(payload as never)
    },
  }
}
