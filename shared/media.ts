import { z } from 'zod'
import { breakoutSchema } from './breakouts.ts'
import type { CommandTable } from './commands.ts'
import { floorSchema } from './floor.ts'
import { rungSchema, type Standings, standingsSchema } from './ladder.ts'
import { meetingSchema } from './meetings.ts'
import { roleSchema } from './policy.ts'
import {
  dtlsParametersSchema,
  iceParametersSchema,
  iceServerSchema,
  mediaKindSchema,
  rtpCapabilitiesSchema,
  rtpParametersSchema,
  transportSchema,
} from './rtp.ts'
import { instant, line, regionCodeSchema, versionSchema } from './text.ts'

/** What a person can send into the room; one of each at most. */
export const mediaSources = ['microphone', 'camera', 'screen', 'screen-audio'] as const
export const mediaSourceSchema = z.enum(mediaSources)
export type MediaSource = z.infer<typeof mediaSourceSchema>
/** Those that a person opens once and keeps for the meeting. */
export const deviceSources = ['microphone', 'camera'] as const satisfies MediaSource[]
export type DeviceSource = (typeof deviceSources)[number]

export const participantSchema = z.object({
  id: z.uuid(),
  meetingId: z.uuid(),
  accountId: z.uuid(),
  name: z.string(),
  role: roleSchema,
  siteId: z.uuid().nullable(),
  siteName: z.string().nullable(),
  regionCode: regionCodeSchema.nullable(),
  regionPath: z.array(z.string()),
  present: z.boolean(),
  /** `closed`: ready, and opened by the server once its owner is given the word. */
  microphone: z.enum(['off', 'muted', 'closed', 'open']),
  camera: z.enum(['off', 'on']),
  /** What the chair has closed: its owner cannot open it before the chair lets it go. */
  heldByChair: z.array(mediaSourceSchema),
  /** The name of whoever of the chair's side closed something last; null while nothing is closed. */
  heldBy: z.string().nullable(),
  /** Votes and answers roll calls. */
  voter: z.boolean(),
  /** May act for the chair, and so be handed it. */
  mayChair: z.boolean(),
  /** Grows by one with every change; a client keeps the highest it has seen. */
  version: versionSchema,
})
export type Participant = z.infer<typeof participantSchema>

export const kindOfSource = {
  microphone: 'audio',
  camera: 'video',
  screen: 'video',
  'screen-audio': 'audio',
} as const satisfies Record<MediaSource, z.infer<typeof mediaKindSchema>>

/** `id` is made by the client, so that asking again after a lost answer starts nothing twice. */
export const produceSchema = z
  .object({
    id: z.uuid(),
    source: mediaSourceSchema,
    kind: mediaKindSchema,
    rtpParameters: rtpParametersSchema,
    /** Muted by its owner. */
    paused: z.boolean(),
    /** Whoever is without the floor may get a microphone ready with this: the server opens it with the word. Without it that is refused. */
    standby: z.boolean().optional(),
  })
  .refine((wish) => kindOfSource[wish.source] === wish.kind, { path: ['kind'], message: 'wrong-kind' })
export type ProduceWish = z.infer<typeof produceSchema>

export const producerSchema = z.object({
  id: z.uuid(),
  participantId: z.uuid(),
  source: mediaSourceSchema,
  paused: z.boolean(),
})
export type ProducerInfo = z.infer<typeof producerSchema>

/** Another's media as it is sent to this one client. */
export const consumerSchema = z.object({
  id: z.uuid(),
  producerId: z.uuid(),
  participantId: z.uuid(),
  source: mediaSourceSchema,
  kind: mediaKindSchema,
  rtpParameters: rtpParametersSchema,
  /** The sender has paused it. */
  producerPaused: z.boolean(),
})
export type ConsumerInfo = z.infer<typeof consumerSchema>

/** What somebody in the room needs to draw it; read again after every interruption. */
const roomSchema = z.object({
  self: participantSchema,
  maySpeak: z.boolean(),
  /** Gives the word, and is heard without it. */
  presides: z.boolean(),
  meeting: meetingSchema,
  participants: z.array(participantSchema),
  floor: floorSchema,
  producers: z.array(producerSchema),
  /** The meeting's latest round of groups, open or not. */
  breakout: breakoutSchema.nullable(),
  /** Whose line is weak. */
  standings: standingsSchema,
  /** The server's clock, for running times. */
  now: instant,
})
export type RoomSnapshot = z.infer<typeof roomSchema>

export const joinedSchema = roomSchema.extend({
  routerRtpCapabilities: rtpCapabilitiesSchema,
  /** Null for those who may only listen. */
  sendTransport: transportSchema.nullable(),
  receiveTransport: transportSchema,
  iceServers: z.array(iceServerSchema),
})
export type Joined = z.infer<typeof joinedSchema>

/** Who is heard now. It is true for a moment only, so it has no version. */
export const speakingSchema = z.object({
  meetingId: z.uuid(),
  participantIds: z.array(z.uuid()),
  /** Who has been speaking longest and loudest. */
  dominantId: z.uuid().nullable(),
})
export type Speaking = z.infer<typeof speakingSchema>

/** All that is needed to try the way to the media server and back. */
export const probeSchema = joinedSchema.pick({ routerRtpCapabilities: true, receiveTransport: true, iceServers: true }).extend({
  sendTransport: transportSchema,
})
export type Probe = z.infer<typeof probeSchema>

const nothing = z.object({})
const ownProducer = z.object({ producerId: z.uuid() })

/**
 * The room's media. All but `room:join` and `room:return` mean the room that this connection has joined.
 * Joining is `room:join`, then `room:connect`: two round trips.
 */
export const mediaCommands = {
  /** `joinId` names one stay of one page: whoever presents it with `room:return` continues that stay. */
  'room:join': {
    input: z.object({ meetingId: z.uuid(), joinId: z.uuid(), siteId: z.uuid().nullable(), name: line(40).optional() }),
    output: joinedSchema,
    door: 'socket',
  },
  /**
   * As `room:join` for a hall's screen that nobody touches: it only receives, and is not a participant. It goes with the group
   * of its site, where that is named.
   */
  'room:watch': {
    input: z.object({ meetingId: z.uuid(), joinId: z.uuid(), sound: z.boolean(), siteId: z.uuid().nullable().default(null) }),
    output: joinedSchema,
    door: 'socket',
  },
  /** Connects both transports, starts what the client sends, and answers with everything that it receives. Asked again, it answers the same. */
  'room:connect': {
    input: z.object({
      send: z.object({ transportId: z.uuid(), dtlsParameters: dtlsParametersSchema }).nullable(),
      receive: z.object({ transportId: z.uuid(), dtlsParameters: dtlsParametersSchema }),
      rtpCapabilities: rtpCapabilitiesSchema,
      produce: z.array(produceSchema).max(mediaSources.length),
    }),
    output: z.object({ producers: z.array(producerSchema), consumers: z.array(consumerSchema) }),
    door: 'socket',
  },
  /** Continues a stay after the connection was lost; refused with `stay-is-over` when the server no longer knows it. */
  'room:return': {
    input: z.object({ meetingId: z.uuid(), joinId: z.uuid() }),
    output: roomSchema.extend({ consumers: z.array(consumerSchema) }),
    door: 'socket',
  },
  'room:produce': { input: produceSchema, output: producerSchema, door: 'socket' },
  'room:pause-producer': { input: ownProducer, output: producerSchema, door: 'socket' },
  'room:resume-producer': { input: ownProducer, output: producerSchema, door: 'socket' },
  'room:close-producer': { input: ownProducer, output: nothing, door: 'socket' },
  /** Confirms consumers that were pushed with `consumer:new`; their media starts to flow. */
  'room:resume': { input: z.object({ consumerIds: z.array(z.uuid()).min(1).max(200) }), output: nothing, door: 'socket' },
  /** Which spatial layer of each video is worth sending to this client; null for one that nobody looks at. */
  'room:layers': {
    input: z.object({
      layers: z.array(z.object({ consumerId: z.uuid(), spatialLayer: z.number().int().min(0).max(2).nullable() })).max(200),
    }),
    output: nothing,
    door: 'socket',
  },
  /** What this client sends now, by what it measured of its own way to the server. */
  'room:uplink': { input: z.object({ rung: rungSchema }), output: nothing, door: 'socket' },
  'room:restart-ice': { input: z.object({ transportId: z.uuid() }), output: iceParametersSchema, door: 'socket' },
  /** Opens a loop through the media server for this connection alone, before entering; a second one replaces the first. */
  'probe:open': { input: z.object({ meetingId: z.uuid() }), output: probeSchema, door: 'socket' },
  /** What is sent comes straight back. */
  'probe:run': {
    input: z.object({
      send: z.object({ transportId: z.uuid(), dtlsParameters: dtlsParametersSchema }),
      receive: z.object({ transportId: z.uuid(), dtlsParameters: dtlsParametersSchema }),
      rtpCapabilities: rtpCapabilitiesSchema,
      produce: z.array(produceSchema).min(1).max(2),
    }),
    output: z.object({ consumers: z.array(consumerSchema) }),
    door: 'socket',
  },
  'probe:close': { input: nothing, output: nothing, door: 'socket' },
  'room:leave': { input: nothing, output: nothing, door: 'socket' },
} satisfies CommandTable

export type MediaEvents = {
  'participant:changed': (participant: Participant) => void
  'room:speaking': (speaking: Speaking) => void
  'rungs:changed': (standings: Standings) => void
}

/** Why a stay ended without the client's wish. After `media-lost` it may join again at once. */
export const closeReasons = ['meeting-ended', 'joined-elsewhere', 'media-lost', 'not-allowed', 'removed'] as const
export type CloseReason = (typeof closeReasons)[number]

/** What the server tells one connection in the room, as `direct` messages. */
export type MediaDirect = {
  'consumer:new': ConsumerInfo
  'consumer:closed': { consumerId: string }
  'consumer:paused': { consumerId: string; paused: boolean }
  'room:closed': { reason: CloseReason }
  /** The pictures that are not sent because this client's line is too weak for them: all of them, each time. */
  'pictures:held': { consumerIds: string[] }
  /** Whether anybody looks at what this client sends; it need not encode what nobody does. */
  'producer:wanted': { producerId: string; wanted: boolean }
  /** Phones look at who speaks: one picture of the camera, please. */
  'still:wanted': { stillId: string }
  /** The chair has ended what this client sent. */
  'producer:ended': { producerId: string }
}
