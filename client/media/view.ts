import { areTogether, type Breakout, isParted } from '../../shared/breakouts.ts'
import type { Failure } from '../../shared/errors.ts'
import { type Floor, mayBeHeard } from '../../shared/floor.ts'
import type { Standing, Standings } from '../../shared/ladder.ts'
import type { CloseReason, Participant, RoomSnapshot, Speaking } from '../../shared/media.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { mergeNewer } from '../transport/mergeNewer.ts'
import type { Arriving } from './ends.ts'
import type { LocalState } from './local.ts'

/** Where this person stands. */
export type Phase =
  | { name: 'outside' }
  | { name: 'joining' }
  | { name: 'inside' }
  /** Was inside and is coming back by itself; what is on the screen stays there. */
  | { name: 'returning' }
  | { name: 'refused'; failure: Failure }
  | { name: 'closed'; reason: CloseReason | 'left' }

/** A picture that reaches this page. `consumerId` and `layers` are for asking for the right size. */
export type Incoming = { track: MediaStreamTrack; consumerId: string; layers: number; paused: boolean }

/** What somebody sends that reaches this page. */
export type Streams = {
  audio: MediaStreamTrack | null
  video: MediaStreamTrack | null
  screen: MediaStreamTrack | null
  screenAudio: MediaStreamTrack | null
  camera: Incoming | null
  share: Incoming | null
}

/** The key of a shared screen among the tiles; a participant's own picture goes by the participant's id. */
export const screenTile = (participantId: string) => `screen:${participantId}`

const nobody: Omit<Speaking, 'meetingId'> = { participantIds: [], dominantId: null }

export type RoomFacts = {
  selfId: string
  /** Where I am; of a hall's screen, where that hangs. */
  siteId: string | null
  maySpeak: boolean
  /** Gives the word, and is heard without it. */
  presides: boolean
  meeting: Meeting
  participants: ReadonlyMap<string, Participant>
  floor: Floor
  /** The latest round of groups, open or not. */
  breakout: Breakout | null
  /** Where each direction of those with a weak line stands. */
  standings: Standings
  /** Add to this page's clock to get the server's. */
  clockOffsetMs: number
}

export type RoomView = {
  phase: Phase
  facts: RoomFacts | null
  streams: ReadonlyMap<string, Streams>
  local: LocalState
  /** Who is heard now. */
  speaking: Omit<Speaking, 'meetingId'>
  /** Pictures of my camera go to people's phones. */
  seenByPhones: boolean
  failure: Failure | null
}

export const emptyView = (local: LocalState): RoomView => ({
  phase: { name: 'outside' },
  facts: null,
  streams: new Map(),
  local,
  speaking: nobody,
  seenByPhones: false,
  failure: null,
})

export const factsFrom = (snapshot: RoomSnapshot, now: number = Date.now()): RoomFacts => ({
  selfId: snapshot.self.id,
  siteId: snapshot.self.siteId,
  maySpeak: snapshot.maySpeak,
  presides: snapshot.presides,
  meeting: snapshot.meeting,
  participants: new Map(snapshot.participants.map((participant) => [participant.id, participant])),
  floor: snapshot.floor,
  breakout: snapshot.breakout,
  standings: snapshot.standings,
  clockOffsetMs: Date.parse(snapshot.now) - now,
})

/** Whether others hear my microphone, if it is open. In groups everybody is heard. */
export const amHeard = ({ floor, breakout, selfId, presides }: RoomFacts): boolean =>
  isParted(breakout) ||
  mayBeHeard({ mode: floor.mode, speakerId: floor.current?.participantId ?? null }, { participantId: selfId, presides })

/** How my own microphone is drawn. */
export const ownMicrophone = (facts: RoomFacts, { microphone }: LocalState): Participant['microphone'] =>
  microphone === 'open' && !amHeard(facts) ? 'closed' : microphone

export const withParticipant = (facts: RoomFacts, participant: Participant): RoomFacts => ({
  ...facts,
  participants: mergeNewer(facts.participants, participant),
})

export const withFloor = (facts: RoomFacts, floor: Floor): RoomFacts => (floor.version > facts.floor.version ? { ...facts, floor } : facts)

export const withBreakout = (facts: RoomFacts, breakout: Breakout): RoomFacts =>
  breakout.version > (facts.breakout?.version ?? 0) ? { ...facts, breakout } : facts

/** Those in whose company I am: everybody, or those of my group. */
export const companyOf = ({ participants, breakout, selfId, siteId }: RoomFacts): Participant[] =>
  [...participants.values()].filter((one) => areTogether(breakout, { id: selfId, siteId }, one))

export const withStandings = (facts: RoomFacts, standings: Standings): RoomFacts =>
  standings.version > facts.standings.version ? { ...facts, standings } : facts

/** Both directions of somebody's line. */
export const standingOf = ({ standings }: Pick<RoomFacts, 'standings'>, participantId: string): Standing =>
  standings.weak.find((one) => one.participantId === participantId) ?? { participantId, down: 'full', up: 'full' }

export const withMeeting = (facts: RoomFacts, meeting: Meeting): RoomFacts =>
  meeting.version > facts.meeting.version ? { ...facts, meeting } : facts

const nothing: Streams = { audio: null, video: null, screen: null, screenAudio: null, camera: null, share: null }

/** The arriving streams by whom they come from. A paused camera counts as none. */
export function streamsFrom(arriving: readonly Arriving[], held: ReadonlySet<string> = new Set()): ReadonlyMap<string, Streams> {
  const streams = new Map<string, Streams>()
  for (const { info, track, layers } of arriving) {
    const before = streams.get(info.participantId) ?? nothing
    streams.set(info.participantId, { ...before, ...added(info, track, layers, held) })
  }
  return streams
}

function added(info: Arriving['info'], track: MediaStreamTrack, layers: number, held: ReadonlySet<string>): Partial<Streams> {
  const incoming: Incoming = { track, consumerId: info.id, layers, paused: info.producerPaused }
  // A picture that stands still because it is not sent would pretend to be live.
  const shown = info.producerPaused || held.has(info.id) ? null : track
  switch (info.source) {
    case 'microphone':
      return { audio: track }
    case 'screen-audio':
      return { screenAudio: track }
    case 'camera':
      return { video: shown, camera: incoming }
    case 'screen':
      return { screen: shown, share: incoming }
  }
}
