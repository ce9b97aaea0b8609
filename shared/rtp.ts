import { z } from 'zod'

/*
 * What two WebRTC ends tell each other, with limits: a browser stays far below them, and nothing larger reaches the media
 * worker. Unknown keys are dropped. Names and shapes are mediasoup's (https://mediasoup.org/documentation/v3/mediasoup/rtp-parameters-and-capabilities/).
 */

const settings = z
  .record(z.string().max(64), z.union([z.string().max(512), z.number(), z.boolean(), z.null()]))
  .refine((record) => Object.keys(record).length <= 32)

const ssrc = z.number().int().min(1).max(0xff_ff_ff_ff)
const payloadType = z.number().int().min(0).max(127)
const uri = z.string().min(1).max(128)
const rtcpFeedback = z.array(z.object({ type: z.string().max(32), parameter: z.string().max(32).exactOptional() })).max(16)

export const mediaKindSchema = z.enum(['audio', 'video'])
export type MediaKind = z.infer<typeof mediaKindSchema>

const codec = {
  mimeType: z.string().regex(/^(audio|video)\/[A-Za-z0-9.+-]{1,32}$/),
  clockRate: z.number().int().min(1).max(192_000),
  channels: z.number().int().min(1).max(8).exactOptional(),
  parameters: settings.exactOptional(),
  rtcpFeedback: rtcpFeedback.exactOptional(),
}

export const rtpParametersSchema = z.object({
  mid: z.string().min(1).max(32).exactOptional(),
  msid: z.string().max(160).exactOptional(),
  codecs: z
    .array(z.object({ ...codec, payloadType }))
    .min(1)
    .max(8),
  headerExtensions: z
    .array(
      z.object({ uri, id: z.number().int().min(1).max(255), encrypt: z.boolean().exactOptional(), parameters: settings.exactOptional() }),
    )
    .max(32)
    .exactOptional(),
  encodings: z
    .array(
      z.object({
        ssrc: ssrc.exactOptional(),
        rid: z.string().min(1).max(16).exactOptional(),
        codecPayloadType: payloadType.exactOptional(),
        rtx: z.object({ ssrc }).exactOptional(),
        dtx: z.boolean().exactOptional(),
        scalabilityMode: z
          .string()
          .regex(/^[LS][1-9]\d?T[1-9]\d?(_KEY)?h?$/)
          .exactOptional(),
        maxBitrate: z.number().int().min(0).max(50_000_000).exactOptional(),
      }),
    )
    .min(1)
    .max(4)
    .exactOptional(),
  rtcp: z.object({ cname: z.string().max(255).exactOptional(), reducedSize: z.boolean().exactOptional() }).exactOptional(),
})
export type RtpParameters = z.infer<typeof rtpParametersSchema>

export const rtpCapabilitiesSchema = z.object({
  codecs: z
    .array(z.object({ ...codec, kind: mediaKindSchema, preferredPayloadType: payloadType }))
    .max(64)
    .exactOptional(),
  headerExtensions: z
    .array(
      z.object({
        kind: mediaKindSchema,
        uri,
        preferredId: z.number().int().min(1).max(255),
        preferredEncrypt: z.boolean().exactOptional(),
        direction: z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive']).exactOptional(),
      }),
    )
    .max(64)
    .exactOptional(),
})
export type RtpCapabilities = z.infer<typeof rtpCapabilitiesSchema>

export const dtlsParametersSchema = z.object({
  role: z.enum(['auto', 'client', 'server']).exactOptional(),
  fingerprints: z
    .array(
      z.object({
        algorithm: z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']),
        value: z.string().regex(/^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){19,63}$/),
      }),
    )
    .min(1)
    .max(8),
})
export type DtlsParameters = z.infer<typeof dtlsParametersSchema>

export const iceParametersSchema = z.object({
  usernameFragment: z.string(),
  password: z.string(),
  iceLite: z.boolean().exactOptional(),
})

/** What a client needs to know to build its end of a transport. */
export const transportSchema = z.object({
  id: z.uuid(),
  iceParameters: iceParametersSchema,
  iceCandidates: z.array(
    z.object({
      foundation: z.string(),
      priority: z.number(),
      ip: z.string(),
      address: z.string(),
      protocol: z.enum(['udp', 'tcp']),
      port: z.number().int(),
      type: z.enum(['host', 'srflx', 'prflx', 'relay']),
      tcpType: z.enum(['active', 'passive', 'so']).exactOptional(),
    }),
  ),
  dtlsParameters: dtlsParametersSchema,
})
export type TransportParameters = z.infer<typeof transportSchema>

export const iceServerSchema = z.object({
  urls: z.array(z.string()),
  username: z.string().exactOptional(),
  credential: z.string().exactOptional(),
})
