import type { Server as HttpServer, IncomingHttpHeaders } from 'node:http'
import type { Logger } from 'pino'
import { Server, Socket } from 'socket.io'
import type { Audience, Connection, Result } from '../../shared/commands.ts'
import type { ClientToServer, ServerToClient } from '../../shared/contract.ts'
import type { Actor } from '../../shared/policy.ts'
import { addressOf } from './address.ts'
import type { Desk } from './commands.ts'
import { packingServer } from './deflate.ts'
import { toFailure } from './failures.ts'
import { joinFrames, packedOf, writeAtOnce } from './frames.ts'
import type { Gate } from './gate.ts'
import type { OriginOf } from './http.ts'
import type { Limiter } from './limits.ts'
import { isOwnOrigin } from './origin.ts'
import { accountRoom, audienceRoom, sessionRoom } from './publish.ts'

type SocketData = { actor: Actor; watching: Record<string, Audience> }
export type Io = Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>
type AppSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>

const connectionCost = 1 / 10

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
    wsEngine: packingServer(packedOf),
  })
}

type Deps = {
  io: Io
  desk: Desk
  log: Logger
  limiter: Limiter
  actorOf(headers: IncomingHttpHeaders): Promise<Actor>
  originOf: OriginOf
  gate: Gate
  trustProxy: boolean
}

/** Serves the command table over Socket.IO: an event a command, each acknowledged with a result or a typed error. */
export function serveSockets({ io, desk, log, limiter, actorOf, originOf, gate, trustProxy }: Deps) {
  joinFrames(io)
  io.use((socket, next) => {
    const { headers, address } = socket.handshake
    const origin = originOf(headers, addressOf(address, headers, trustProxy))
    // A hall's phones all come back at once after a restart, and a connection costs more than a read.
    admit(headers, origin.address).then(
      (known) => {
        if (known === null) return next(new Error('too-many-requests'))
        const actor = { ...known, origin }
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

  /** Who it is, or null where there are too many. */
  async function admit(headers: IncomingHttpHeaders, address: string): Promise<Actor | null> {
    return (await gate.wait(headers, address, connectionCost)) > 0 ? null : actorOf(headers)
  }

  /** Every command of every connection comes by this one function; Socket.IO calls it as a method of the socket. */
  function hear(this: HeldSocket, name: unknown, ...args: unknown[]) {
    const ack = args.at(-1)
    const { held } = this
    if (typeof ack !== 'function' || held.closing) return
    held.underWay += 1
    void answer(this, name, args.length > 1 ? args[0] : undefined)
      .then((result) => ack(result))
      .finally(() => {
        held.underWay -= 1
        if (held.underWay === 0 && held.closing) disconnect(this, true)
      })
  }

  async function answer(socket: HeldSocket, name: unknown, payload: unknown): Promise<Result<unknown>> {
    const what = String(name).slice(0, 60)
    const { actor } = socket.data
    try {
      await limiter.take(actor.accountId ?? actor.origin?.deviceId ?? actor.origin?.address ?? 'unknown')
      return { ok: true, value: await desk.ask(actor, what, payload, socket.held) }
    } catch (error) {
      return { ok: false, error: toFailure(error, what, log, actor) }
    }
  }

  io.on('connection', (fresh) => {
    // onAny is attached before anything is awaited: an event sent in a gap would never be answered.
    const socket = hold(fresh)
    socket.onAny(hear)
    writeAtOnce(socket)
    const { accountId, sessionId } = socket.data.actor
    if (accountId) void socket.join(accountRoom(accountId))
    if (sessionId) void socket.join(sessionRoom(sessionId))
  })
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

/** The chair's side hears what the room hears. */
const heardBy = (meetingId: string, audience: Audience) =>
  (audience === 'chair' ? (['room', 'chair'] as const) : [audience]).map((one) => audienceRoom(meetingId, one))

/** What is kept of a connection beside its socket: thousands of phones only listen, so it is one small object, and its methods are shared. */
type Held = Connection & { socket: AppSocket; underWay: number; closing: boolean }
type HeldSocket = AppSocket & { held: Held }

const methods = {
  onClose(this: Held, listener: () => void) {
    this.socket.once('disconnect', listener)
  },
  send(this: Held, name: string, payload: unknown) {
    this.socket.emit('direct', name, payload)
  },
  watch(this: Held, meetingId: string, audience: Audience) {
    const { socket } = this
    const before = socket.data.watching[meetingId]
    if (before && before !== audience) for (const room of heardBy(meetingId, before)) void socket.leave(room)
    socket.data.watching[meetingId] = audience
    for (const room of heardBy(meetingId, audience)) void socket.join(room)
  },
  unwatch(this: Held, meetingId: string) {
    const { socket } = this
    const before = socket.data.watching[meetingId]
    if (before) for (const room of heardBy(meetingId, before)) void socket.leave(room)
    delete socket.data.watching[meetingId]
  },
}

function hold(socket: AppSocket): HeldSocket {
  const held: Held = { id: socket.id, socket, underWay: 0, closing: false, ...methods }
  return Object.assign(socket, { held, disconnect: disconnectAnswered })
}

const disconnect = (socket: AppSocket, connectionToo?: boolean) => Socket.prototype.disconnect.call(socket, connectionToo)

/**
 * A command may take the rights of the very connection that it came by: the connection hears and does nothing more from then
 * on, but is closed only when what was under way has been answered.
 */
function disconnectAnswered(this: HeldSocket, connectionToo?: boolean) {
  this.held.closing = true
  // Without the connection is how Socket.IO says goodbye while it closes the connection.
  if (this.held.underWay > 0 && connectionToo) forgetRooms(this)
  else disconnect(this, connectionToo)
  return this
}
