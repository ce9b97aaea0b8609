import type { Logger } from 'pino'
import { v7 } from 'uuid'
import { type Breakout, isParted } from '../../shared/breakouts.ts'
import type { Connection } from '../../shared/commands.ts'
import { AppError } from '../../shared/errors.ts'
import type { Rung } from '../../shared/ladder.ts'
import type { CloseReason, Joined, MediaSource, ProduceWish, RoomSnapshot } from '../../shared/media.ts'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import type { Actor } from '../../shared/policy.ts'
import type { DtlsParameters, RtpCapabilities } from '../../shared/rtp.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Tx } from '../db/db.ts'
import { createSharedReads } from '../db/shared-read.ts'
import type { FloorService } from '../floor/service.ts'
import { audienceOf, type MeetingService } from '../meetings/service.ts'
import type { RegionService } from '../regions/service.ts'
import type { Publish } from '../transport/publish.ts'
import { admit, appearance, type Door, maySpeak, presides, requireSite } from './admission.ts'
import { createAttendance } from './attendance.ts'
import { roomCodecs, type VideoCodec } from './codecs.ts'
import { createFloorGate } from './floor-gate.ts'
import { onlooker } from './onlooker.ts'
import { createParting, type Groups } from './parting.ts'
import { type Peer, type Stay, transportParameters } from './peer.ts'
import { createProbes } from './probes.ts'
import { notInTheRoom } from './refusals.ts'
import type { Room } from './room.ts'
import { createRooms } from './rooms.ts'
import { createRungs } from './rungs.ts'
import { producerInfo } from './sender.ts'
import { createStays } from './stays.ts'
import { createTaps } from './taps.ts'
import type { Turn } from './turn.ts'
import type { Workers } from './workers.ts'

type Deps = {
  db: Db
  audit: AuditService
  publish: Publish
  now: () => Date
  log: Logger
  workers: Pick<Workers, 'seatFor'>
  videoCodec: VideoCodec
  meetings: Pick<MeetingService, 'byId' | 'onEnd'>
  regions: Pick<RegionService, 'paths'>
  floor: Pick<FloorService, 'get' | 'onChange' | 'holders'>
  door: Door
  groups: Groups
  /** Credentials for the relay of those who cannot reach the media ports; null where there is none. */
  turn: Turn | null
}

type JoinWish = { meetingId: string; joinId: string; siteId: string | null; name?: string | undefined }
type ConnectWish = {
  send: { transportId: string; dtlsParameters: DtlsParameters } | null
  receive: { transportId: string; dtlsParameters: DtlsParameters }
  rtpCapabilities: RtpCapabilities
  produce: ProduceWish[]
}

export type MediaService = ReturnType<typeof createMediaService>

/** The room: who is in it, and whose camera and microphone reach whom. */
export function createMediaService({
  db,
  audit,
  publish,
  now,
  log,
  workers,
  meetings,
  regions,
  floor,
  turn,
  door,
  groups,
  videoCodec,
}: Deps) {
  const share = createSharedReads<Meeting>()
  const meetingOf = (meetingId: string) => share(meetingId, () => meetings.byId(db.reader, meetingId))
  const taps = createTaps({ roomOf: (meetingId) => rooms.get(meetingId) })
  const rooms = createRooms({
    workers,
    mediaCodecs: roomCodecs(videoCodec),
    onLost: loseMedia,
    onOutgoing: (meetingId, outgoing) => taps.began(meetingId, outgoing),
    onSpeaking: (speaking) => publish({ afterCommit: (fn) => fn() }, speaking.meetingId, ['room'], 'room:speaking', speaking),
  })
  const rungs = createRungs({
    rooms,
    floor,
    tell: (standings) => publish({ afterCommit: (fn) => fn() }, standings.meetingId, ['room'], 'rungs:changed', standings),
    now,
    log,
  })
  const probes = createProbes({ workers, mediaCodecs: roomCodecs(videoCodec), meetingOf, turn })
  const stays = createStays({ onAbandoned: (peer) => void leave(peer) })
  const attendance = createAttendance({
    db,
    audit,
    publish,
    now,
    log,
    meetingOf: meetings.byId,
    regionPaths: regions.paths,
    liveStateOf: (meetingId, participantId) => {
      const peer = rooms.get(meetingId)?.peerOf(participantId)
      return peer ? { present: true, ...peer.sender.state() } : { present: false, microphone: 'off', camera: 'off' }
    },
    presentIds: () => rooms.all().flatMap((room) => room.peers().flatMap(({ stay }) => (stay.projector ? [] : [stay.participantId]))),
  })

  const roomOf = (peer: Peer): Room => {
    const room = rooms.get(peer.stay.meetingId)
    if (!room) throw notInTheRoom()
    return room
  }

  /** News that is not part of an answer: the room hears of it when it is stored. */
  function tellRoom(peer: Peer) {
    if (peer.stay.projector) return
    void attendance.changed(peer.stay.participantId)
  }

  const gate = createFloorGate({
    floor,
    rooms,
    isParted: (meetingId) => isParted(rooms.get(meetingId)?.breakout()),
    onChanged: tellRoom,
    log,
  })
  const parting = createParting({ groups, rooms, gate, log })

  async function snapshot(peer: Peer, room: Room, meeting: Meeting, actor: Actor = peer.stay.actor): Promise<RoomSnapshot> {
    const [participants, held] = await Promise.all([attendance.list(meeting), floor.get(actor, { meetingId: meeting.id })])
    const chairs = presides(actor, meeting)
    await gate.admit(peer, held, { presides: chairs })
    const self = peer.stay.projector ? onlooker(peer.stay) : participants.find((participant) => participant.id === peer.stay.participantId)
    if (!self) throw notInTheRoom()
    const producers = room.outgoing().map(producerInfo)
    return {
      self,
      maySpeak: peer.stay.maySpeak,
      presides: chairs,
      meeting,
      participants,
      floor: held,
      producers,
      breakout: room.breakout(),
      standings: rungs.of(room),
      now: now().toISOString(),
    }
  }

  /** What a client needs to build its ends of the way to the media and back. */
  const waysOf = ({ branch, sender, receiver, stay }: Peer) => ({
    routerRtpCapabilities: branch.router.rtpCapabilities as Joined['routerRtpCapabilities'],
    sendTransport: sender.transport && transportParameters(sender.transport),
    receiveTransport: transportParameters(receiver.transport),
    iceServers: turn?.(stay.participantId) ?? [],
  })

  async function leave(peer: Peer) {
    stays.end(peer)
    const wasThere = rooms.get(peer.stay.meetingId)?.remove(peer)
    peer.close()
    rooms.closeIfEmpty(peer.stay.meetingId)
    if (!wasThere) return
    const { actor, participantId, meetingId } = peer.stay
    await attendance
      .leave(actor, participantId, meetingId)
      .catch((error: unknown) => log.error({ err: error, participantId }, 'leaving was not stored'))
  }

  /** Their clients join again at once; for the register they never left. */
  function loseMedia(room: Room, lost: Peer[]) {
    for (const peer of lost) {
      peer.tell('room:closed', { reason: 'media-lost' })
      room.remove(peer)
      stays.end(peer)
      tellRoom(peer)
    }
    rooms.closeIfEmpty(room.meetingId)
  }

  /** Ends stays that their clients did not want to end. */
  async function dismissAll(room: Room, reason: CloseReason) {
    await Promise.all(room.peers().map((peer) => dismiss(peer, room, reason)))
  }

  async function dismiss(peer: Peer, room: Room, reason: CloseReason) {
    peer.tell('room:closed', { reason })
    room.remove(peer)
    stays.end(peer)
    const { actor, participantId, meetingId } = peer.stay
    rooms.closeIfEmpty(meetingId)
    await attendance
      .leave(actor, participantId, meetingId)
      .catch((error: unknown) => log.error({ err: error, participantId }, 'leaving was not stored'))
  }

  /** In groups a picture is for the group alone. */
  function seen(meetingId: string, participantId: string): Peer | null {
    const room = rooms.get(meetingId)
    const peer = isParted(room?.breakout()) ? null : (room?.peerOf(participantId) ?? null)
    return peer?.sender.state().camera === 'on' ? peer : null
  }

  function replace(peer: Peer, joinId: string) {
    if (peer.stay.joinId !== joinId) peer.tell('room:closed', { reason: 'joined-elsewhere' })
    stays.end(peer)
  }

  meetings.onEnd(async (tx, _, meeting) => {
    tx.afterCommit(() => {
      const room = rooms.get(meeting.id)
      if (room) void dismissAll(room, 'meeting-ended')
    })
  })

  return {
    /** The first of the two round trips of joining. */
    async join(actor: Actor, wish: JoinWish, connection: Connection): Promise<Joined> {
      const meeting = await meetingOf(wish.meetingId)
      const accountId = admit(actor, meeting)
      await door.check(actor, meeting)
      const as = appearance(actor, meeting, accountId, wish)
      const before = stays.find(connection)
      if (before && before.stay.meetingId !== meeting.id) await leave(before)
      return rooms.within(meeting.id, async (room) => {
        const { id: participantId, heldByChair } = await attendance.enter(actor, meeting, as)
        await parting.before(room)
        const stay: Stay = {
          participantId,
          joinId: wish.joinId,
          meetingId: meeting.id,
          siteId: as.siteId,
          actor,
          maySpeak: maySpeak(actor, meeting),
          projector: null,
        }
        const { peer, replaced } = await room.enter(stay, connection)
        if (replaced) replace(replaced, wish.joinId)
        stays.hold(connection, peer)
        await peer.sender.hold(heldByChair)
        // Listening begins before the lists are read: a change in between must not be missed.
        connection.watch(meeting.id, audienceOf(actor, subjectOfMeeting(meeting)))
        const state = await snapshot(peer, room, meeting)
        // What the chair decided while this one was entering found nobody in the room to be done to.
        await peer.sender.hold(state.self.heldByChair)
        await door.check(actor, meeting).catch(async (error: unknown) => {
          await leave(peer)
          throw error
        })
        tellRoom(peer)
        return { ...state, ...waysOf(peer) }
      })
    },

    /** The same for a hall's screen, which is in no register and takes nobody's place. */
    async watch(
      actor: Actor,
      { meetingId, joinId, sound, siteId }: { meetingId: string; joinId: string; sound: boolean; siteId: string | null },
      connection: Connection,
    ): Promise<Joined> {
      const meeting = await meetingOf(meetingId)
      admit(actor, meeting)
      requireSite(meeting, siteId)
      await door.check(actor, meeting)
      const before = stays.find(connection)
      if (before) await leave(before)
      return rooms.within(meeting.id, async (room) => {
        await parting.before(room)
        const stay: Stay = { participantId: v7(), joinId, meetingId, siteId, actor, maySpeak: false, projector: { sound } }
        const { peer } = await room.enter(stay, connection)
        stays.hold(connection, peer)
        connection.watch(meeting.id, audienceOf(actor, subjectOfMeeting(meeting)))
        return { ...(await snapshot(peer, room, meeting)), ...waysOf(peer) }
      })
    },

    /** The second: media flows when it is answered. */
    async connect(connection: Connection, wish: ConnectWish) {
      const peer = stays.of(connection)
      const { outgoing, consumers } = await roomOf(peer).connect(peer, wish)
      if (outgoing.length > 0) tellRoom(peer)
      return { producers: outgoing.map(producerInfo), consumers }
    },

    /** Continues a stay on a new connection; media was not interrupted. */
    async comeBack(actor: Actor, { meetingId, joinId }: { meetingId: string; joinId: string }, connection: Connection) {
      const room = rooms.get(meetingId)
      const peer = room?.peers().find((one) => one.stay.joinId === joinId && one.stay.actor.accountId === actor.accountId)
      if (!room || !peer) throw new AppError('not-found', 'stay-is-over')
      const meeting = await meetingOf(meetingId)
      try {
        admit(actor, meeting)
        await door.check(actor, meeting)
        // What somebody may do has changed: a new stay is made from the new rights.
        if (!peer.stay.projector && maySpeak(actor, meeting) !== peer.stay.maySpeak) throw new AppError('not-found', 'stay-is-over')
      } catch (error) {
        await leave(peer)
        throw error
      }
      stays.hold(connection, peer)
      connection.watch(meetingId, audienceOf(actor, subjectOfMeeting(meeting)))
      return { ...(await snapshot(peer, room, meeting, actor)), consumers: peer.receiver.list() }
    },

    async produce(connection: Connection, wish: ProduceWish) {
      const peer = stays.of(connection)
      const outgoing = await roomOf(peer).produce(peer, wish)
      tellRoom(peer)
      return producerInfo(outgoing)
    },
    async setPaused(connection: Connection, producerId: string, paused: boolean) {
      const peer = stays.of(connection)
      const outgoing = await peer.sender.setPaused(producerId, paused)
      tellRoom(peer)
      return producerInfo(outgoing)
    },
    async endProducer(connection: Connection, producerId: string) {
      const peer = stays.of(connection)
      peer.sender.end(producerId)
      tellRoom(peer)
    },
    resume: (connection: Connection, consumerIds: string[]) => stays.of(connection).receiver.resume(consumerIds),
    async setLayers(connection: Connection, layers: { consumerId: string; spatialLayer: number | null }[]) {
      const { receiver } = stays.of(connection)
      await Promise.all(layers.map(({ consumerId, spatialLayer }) => receiver.setLayer(consumerId, spatialLayer)))
    },
    setUplink: (connection: Connection, rung: Rung) => rungs.setUplink(stays.of(connection), rung),
    restartIce: (connection: Connection, transportId: string) => stays.of(connection).restartIce(transportId),
    async leave(connection: Connection) {
      const peer = stays.find(connection)
      if (peer) await leave(peer)
    },

    /** Sends out whoever entered with a session that was revoked, at once instead of after the time to come back. */
    async expel(sessionId: string) {
      const stayed = rooms.all().flatMap((room) =>
        room
          .peers()
          .filter((peer) => peer.stay.actor.sessionId === sessionId)
          .map((peer) => ({ room, peer })),
      )
      await Promise.all(stayed.map(({ room, peer }) => dismiss(peer, room, 'not-allowed')))
    },
    participantsOf: (meeting: Meeting) => attendance.list(meeting),
    /** Closes a source of these participants in somebody's name, whatever they wish, or gives it back to them (null). Gives those for whom it changed. */
    async hold(tx: Tx, participantIds: string[], source: MediaSource, by: string | null): Promise<string[]> {
      const rows = await attendance.hold(tx, participantIds, source, by)
      tx.afterCommit(() => {
        for (const { id, meetingId, heldByChair } of rows) {
          const peer = rooms.get(meetingId)?.peerOf(id)
          peer?.sender.hold(heldByChair).then(
            () => tellRoom(peer),
            (error: unknown) => log.warn({ err: error, participantId: id }, 'what the chair closed could not be closed'),
          )
        }
      })
      return rows.map(({ id }) => id)
    },
    /** Sends one participant out of the room. */
    async remove(meetingId: string, participantId: string) {
      const room = rooms.get(meetingId)
      const peer = room?.peerOf(participantId)
      if (room && peer) await dismiss(peer, room, 'removed')
    },
    /** Whether there is a picture of this participant that the whole meeting may see. */
    isSeen: (meetingId: string, participantId: string): boolean => seen(meetingId, participantId) !== null,
    /** Asks the participant's page for a still of its camera. False while nobody is there to be asked. */
    askForStill(meetingId: string, participantId: string, stillId: string): boolean {
      const peer = seen(meetingId, participantId)
      if (!peer?.connection) return false
      peer.tell('still:wanted', { stillId })
      return true
    },
    /** Ends the screen that is being shared, with its sound. */
    stopScreen(meetingId: string) {
      rooms.get(meetingId)?.stopScreens()
    },
    /** Lets the media of a meeting on this node follow its groups. */
    part: (breakout: Breakout) => void parting.part(breakout),
    probes,
    taps,
    async close() {
      probes.closeAll()
      rungs.close()
      stays.close()
      await gate.close()
      await parting.close()
      await attendance.close()
      rooms.close()
    },
  }
}
