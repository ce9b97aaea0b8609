import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import type { WebSocket } from 'ws'
import { AppError } from '../../shared/errors.ts'
import { minutesClose } from '../../shared/minutes.ts'
import { createBucket } from './bucket.ts'
import type { LiveDocument } from './document.ts'
import type { Peer } from './peer.ts'
import { type Frame, frames, readFrame } from './wire.ts'

/** Before a document is open a client has little to say: its state vector and its cursor. */
const waitingBytes = 256 * 1024
/** A client that takes nothing in is cut off, and gets what it missed when it comes back. */
const unsentBytes = 16 * 1024 * 1024

export type Admission = Pick<Peer, 'actor' | 'refusal' | 'within' | 'onRefused'> & { live: LiveDocument; release(): void }

type State =
  | { kind: 'waiting'; early: Uint8Array[]; bytes: number }
  | { kind: 'open'; admission: Admission; peer: Peer }
  | { kind: 'closed' }

export type MinutesConnection = ReturnType<typeof createConnection>

type ConnectionDeps = {
  socket: WebSocket
  /** The line under the websocket. Whole frames are written to it past the websocket, which has none of its own under way. */
  line: Duplex
  /** Finds out who this is and what they may, and opens the document. @throws AppError when they may not. */
  admit(): Promise<Admission>
  onClose(): void
  log: Logger
}

/** One websocket of the minutes. Every listener is attached before anything is awaited, so that no frame is missed. */
export function createConnection({ socket, line, admit, onClose, log }: ConnectionDeps) {
  let state: State = { kind: 'waiting', early: [], bytes: 0 }
  let held = false
  let alive = true
  const mayAskState = createBucket(2, 20)
  const mayMove = createBucket(100, 200)

  socket.on('message', (data, isBinary) => {
    alive = true
    if (!isBinary || !(data instanceof Buffer)) return close(minutesClose.malformed, 'malformed-frame')
    if (state.kind === 'waiting') queue(state, data)
    else if (state.kind === 'open') receive(state, data)
  })
  socket.on('pong', () => (alive = true))
  // Without a listener a broken connection would end the program; 'close' always follows.
  socket.on('error', (error) => log.debug({ error }, 'minutes connection failed'))
  socket.on('close', () => {
    end()
    onClose()
  })
  void admit().then(open, refuse)

  function queue(waiting: State & { kind: 'waiting' }, bytes: Uint8Array) {
    waiting.bytes += bytes.length
    if (waiting.bytes > waitingBytes) close(minutesClose.tooLarge, 'too-large')
    else waiting.early.push(bytes)
  }

  function receive(opened: State & { kind: 'open' }, bytes: Uint8Array) {
    try {
      const frame = readFrame(bytes)
      if (frame.kind === 'presence' && !mayMove()) return
      if (frame.kind === 'state-asked' && !mayAskState()) return close(minutesClose.tooMany, 'too-many-requests')
      opened.admission.live.receive<Frame['kind']>(opened.peer, frame)
    } catch (error) {
      log.debug({ error }, 'malformed frame of the minutes')
      close(minutesClose.malformed, 'malformed-frame')
    }
  }

  function open(admission: Admission) {
    if (state.kind !== 'waiting') return admission.release()
    const { early } = state
    const { actor, refusal, within, onRefused } = admission
    const peer: Peer = { actor, mayEdit: refusal === null, refusal, within, astray: false, onRefused, send, hold, close }
    const opened: State = { kind: 'open', admission, peer }
    state = opened
    admission.live.join(peer)
    for (const bytes of early) if (state === opened) receive(opened, bytes)
  }

  function end() {
    if (state.kind === 'open') {
      state.admission.live.leave(state.peer)
      state.admission.release()
    }
    state = { kind: 'closed' }
  }

  function refuse(error: unknown) {
    if (!(error instanceof AppError)) {
      log.error({ error }, 'minutes cannot be opened')
      return close(minutesClose.unavailable, 'unavailable')
    }
    send(frames.denied(error.reason))
    close(error.code === 'not-found' ? minutesClose.notFound : minutesClose.notAllowed, error.reason)
  }

  function send(frame: Buffer) {
    if (socket.readyState !== socket.OPEN) return
    if (line.writableLength > unsentBytes) return socket.terminate()
    line.write(frame)
  }

  function hold(now: boolean) {
    held = now
    if (now) socket.pause()
    else socket.resume()
  }

  function close(code: number, reason: string) {
    end()
    // A socket that is not read from never hears the other side's goodbye.
    socket.resume()
    socket.close(code, reason)
  }

  return {
    close,
    /** Asks whether the other side is still there; ends the connection when it did not answer the last time. */
    probe() {
      if (!alive && !held) return socket.terminate()
      alive = false
      socket.ping()
    },
  }
}
