import type { Server as HttpServer, IncomingHttpHeaders } from 'node:http'
import type { Logger } from 'pino'
import { Server, type Socket } from 'socket.io'
import type { Audience, Connection, Result } from '../../shared/commands.ts'
import type { ClientToServer, ServerToClient } from '../../shared/contract.ts'
import type { Actor } from '../../shared/policy.ts'
import type { Desk } from './commands.ts'
import { toFailure } from './failures.ts'
import type { Limiter } from './limits.ts'
import { isOwnOrigin } from './origin.ts'
import { accountRoom, audienceRoom, sessionRoom } from './publish.ts'

type SocketData = { actor: Actor; watching: Record<string, Audience> }
export type Io = Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>
type AppSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>

/** How long a dropped connection can come back and get the news it missed. */
export const recoveryMs = 120_000

export function createIo(http: HttpServer, publicUrl: string | undefined): Io {
  return new Server(http, {
    // The largest command is `room:connect`; a socket that sends more is closed.
    maxHttpBufferSize: 256 * 1024,
    connectionStateRecovery: { maxDisconnectionDuration: recoveryMs, skipMiddlewares: false },
    allowRequest: (request, decide) => decide(null, isOwnOrigin(request.headers, publicUrl)),
    // Other websockets of this server have doors of their own.
    destroyUpgrade: false,
    serveClient: false,
    pingInterval: 10_000,
    pingTimeout: 8_000,
  })
}

type Deps = {
  io: Io
  desk: Desk
  log: Logger
  limiter: Limiter
  actorOf(headers: IncomingHttpHeaders): Promise<Actor>
  trustProxy: boolean
}

/** Serves the command table over Socket.IO: an event a command, each acknowledged with a result or a typed error. */
export function serveSockets({ io, desk, log, limiter, actorOf, trustProxy }: Deps) {
  io.use((socket, next) => {
    actorOf(socket.handshake.headers).then(
      (actor) => {
        if (socket.recovered && !isSame(socket.data.actor, actor)) forgetRooms(socket)
        socket.data.actor = actor
        socket.data.watching ??= {}
        next()
      },
      (error: unknown) => {
        toFailure(error, 'socket sign-in', log)
        next(new Error('unavailable'))
      },
    )
  })

  io.on('connection', (socket) => {
    const { actor } = socket.data
    const connection = connectionOf(socket)
    const pending = answerBeforeClosing(socket)
    // onAny is attached before anything is awaited: an event sent in a gap would never be answered.
    socket.onAny((name: unknown, ...args: unknown[]) => {
      const ack = args.at(-1)
      if (typeof ack !== 'function') return
      if (pending.closing()) return
      pending.begin()
      void answer(name, args.length > 1 ? args[0] : undefined)
        .then((result) => ack(result))
        .finally(pending.end)
    })
    if (actor.accountId) void socket.join(accountRoom(actor.accountId))
    if (actor.sessionId) void socket.join(sessionRoom(actor.sessionId))

    async function answer(name: unknown, payload: unknown): Promise<Result<unknown>> {
      const what = String(name).slice(0, 60)
      try {
        limiter.take(actor.accountId ?? addressOf(socket.handshake, trustProxy))
        return { ok: true, value: await desk.ask(actor, what, payload, connection) }
      } catch (error) {
        return { ok: false, error: toFailure(error, what, log) }
      }
    }
  })
}

/** The address that the one proxy in front saw, as Express finds it for HTTP; what a client itself claims stands before it. */
function addressOf({ address, headers }: AppSocket['handshake'], trustProxy: boolean): string {
  const seen = trustProxy
    ? String(headers['x-forwarded-for'] ?? '')
        .split(',')
        .at(-1)
        ?.trim()
    : undefined
  return seen || address
}

/** A connection that comes back after a break has its rooms already. When what it stands for has changed, it begins anew. */
function isSame(before: Actor | undefined, now: Actor): boolean {
  const rightsOf = ({ accountId, sessionId, grants }: Actor) =>
    JSON.stringify([accountId, sessionId, grants.map((grant) => JSON.stringify(grant)).sort()])
  return before !== undefined && rightsOf(before) === rightsOf(now)
}

function forgetRooms(socket: AppSocket) {
  for (const room of [...socket.rooms]) if (room !== socket.id) void socket.leave(room)
  socket.data.watching = {}
}

/**
 * A command may take the rights of the very connection that it came by: the connection hears and does nothing more from then
 * on, but is closed only when what was under way has been answered.
 */
function answerBeforeClosing(socket: AppSocket) {
  const close = socket.disconnect.bind(socket)
  let underWay = 0
  let closing = false
  socket.disconnect = (connectionToo) => {
    closing = true
    // Without the connection is how Socket.IO says goodbye while it closes the connection.
    if (underWay === 0 || !connectionToo) return close(connectionToo)
    forgetRooms(socket)
    return socket
  }
  return {
    closing: () => closing,
    begin: () => void underWay++,
    end: () => void (--underWay === 0 && closing && close(true)),
  }
}

/** The chair's side hears what the room hears. */
const heardBy = (meetingId: string, audience: Audience) =>
  (audience === 'chair' ? (['room', 'chair'] as const) : [audience]).map((one) => audienceRoom(meetingId, one))

function connectionOf(socket: AppSocket): Connection {
  return {
    id: socket.id,
    onClose: (listener) => void socket.once('disconnect', listener),
    send: (name, payload) => void socket.emit('direct', name, payload),
    watch(meetingId, audience) {
      const before = socket.data.watching[meetingId]
      if (before && before !== audience) for (const room of heardBy(meetingId, before)) void socket.leave(room)
      socket.data.watching[meetingId] = audience
      for (const room of heardBy(meetingId, audience)) void socket.join(room)
    },
    unwatch(meetingId) {
      const before = socket.data.watching[meetingId]
      if (before) for (const room of heardBy(meetingId, before)) void socket.leave(room)
      delete socket.data.watching[meetingId]
    },
  }
}
