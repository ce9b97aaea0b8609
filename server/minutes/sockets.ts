import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import { WebSocketServer } from 'ws'
import { AppError } from '../../shared/errors.ts'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { minutesClose } from '../../shared/minutes.ts'
import { limitsOf } from '../../shared/minutes-sections.ts'
import { type MinutesStage, writeRefusal } from '../../shared/minutes-stages.ts'
import { type Actor, allow } from '../../shared/policy.ts'
import { type Admission, createConnection, type MinutesConnection } from './connection.ts'
import type { Documents } from './documents.ts'
import type { Refusals } from './refusals.ts'

/** The answer to the server's question after a long time offline is the largest frame there is. */
const maxPayload = 8 * 1024 * 1024
const probeMs = 20_000

type SocketDeps = {
  documents: Documents
  actorOf(headers: IncomingHttpHeaders): Promise<Actor>
  meetingOf(meetingId: string): Promise<Meeting>
  stageOf(meetingId: string): Promise<MinutesStage>
  /** The agenda items that somebody is assigned to. */
  assignedTo(meetingId: string, actor: Actor): Promise<readonly string[]>
  refusals: Refusals
  /** Somebody who writes has opened the minutes. */
  onOpened(meetingId: string): void
  log: Logger
}

/** What a connection is for, and who it belongs to, as soon as that is known. */
type Identity = { meetingId: string; actor: Actor | null }

/** Whose page it is that connects, by its own word; null where it says nothing. */
const pageOwner = ({ url = '' }: IncomingMessage) => new URLSearchParams(url.split('?')[1]).get('account')

/** The websockets of the minutes, with the rights that each was opened with. */
export function createMinutesSockets({ documents, actorOf, meetingOf, stageOf, assignedTo, refusals, onOpened, log }: SocketDeps) {
  const server = new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false })
  const connections = new Map<MinutesConnection, Identity>()
  let revocations = 0
  const prober = setInterval(() => {
    for (const connection of connections.keys()) connection.probe()
  }, probeMs)

  /** Who asks, by their rights now: had something been revoked while we asked, the answer could be of before. */
  async function identify(identity: Identity, headers: IncomingHttpHeaders): Promise<Actor> {
    const seen = revocations
    const actor = await actorOf(headers)
    if (seen !== revocations) return identify(identity, headers)
    identity.actor = actor
    return actor
  }

  async function admit(identity: Identity, request: IncomingMessage, meetingId: string): Promise<Admission> {
    const meeting = await meetingOf(meetingId)
    const actor = await identify(identity, request.headers)
    const owner = pageOwner(request)
    // What one person wrote offline is not brought in another's name who has signed in in the same browser meanwhile.
    if (owner !== null && actor.accountId !== null && owner !== actor.accountId) throw new AppError('not-allowed', 'other-account')
    allow(actor, 'minutes:read', subjectOfMeeting(meeting))
    // Both asked after this connection is known: whoever changes the stage or the sections ends it, whatever the answer was.
    const refusal = writeRefusal(actor, await stageOf(meetingId), meeting)
    const within = refusal === null ? limitsOf(actor, meeting, await assignedTo(meetingId, actor)) : null
    const lease = await documents.acquire(meetingId)
    try {
      if (refusal === null) {
        await lease.begin(actor, meeting)
        onOpened(meetingId)
      }
      return { ...lease, actor, refusal, within, onRefused: (reason) => refusals.note(actor, meetingId, reason) }
    } catch (error) {
      lease.release()
      throw error
    }
  }

  function closeWhere(matches: (identity: Identity) => boolean) {
    revocations += 1
    for (const [connection, identity] of connections) if (matches(identity)) connection.close(minutesClose.rightsChanged, 'rights-changed')
  }

  return {
    /** Makes a websocket of an HTTP request for the minutes of a meeting. */
    accept(request: IncomingMessage, socket: Duplex, head: Buffer, meetingId: string) {
      server.handleUpgrade(request, socket, head, (webSocket) => {
        const identity: Identity = { meetingId, actor: null }
        const connection = createConnection({
          socket: webSocket,
          line: socket,
          admit: () => admit(identity, request, meetingId),
          onClose: () => connections.delete(connection),
          log,
        })
        connections.set(connection, identity)
      })
    },
    closeAccount: (accountId: string) => closeWhere(({ actor }) => actor?.accountId === accountId),
    closeWriter: (meetingId: string, accountId: string) =>
      closeWhere((identity) => identity.meetingId === meetingId && identity.actor?.accountId === accountId),
    closeSession: (sessionId: string) => closeWhere(({ actor }) => actor?.sessionId === sessionId),
    closeMeeting: (meetingId: string) => closeWhere((identity) => identity.meetingId === meetingId),
    close() {
      clearInterval(prober)
      for (const connection of connections.keys()) connection.close(minutesClose.unavailable, 'closing')
      server.close()
    },
  }
}
