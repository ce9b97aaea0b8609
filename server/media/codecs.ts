import type { types } from 'mediasoup'

export const videoCodecs = ['vp8', 'vp9'] as const
export type VideoCodec = (typeof videoCodecs)[number]

/** In-band FEC repairs a lost packet from the next one, DTX lets silence cost nothing. */
const opus: types.RouterRtpCodecCapability = {
  kind: 'audio',
  mimeType: 'audio/opus',
  clockRate: 48_000,
  channels: 2,
  parameters: { useinbandfec: 1, usedtx: 1 },
}

/** Every browser since 2013 and every old Android phone decodes it, and it does simulcast. */
const vp8: types.RouterRtpCodecCapability = {
  kind: 'video',
  mimeType: 'video/VP8',
  clockRate: 90_000,
  parameters: { 'x-google-start-bitrate': 600 },
}

/** A third less to send for the same picture, layered within one stream (SVC); dearer to encode. */
const vp9: types.RouterRtpCodecCapability = {
  kind: 'video',
  mimeType: 'video/VP9',
  clockRate: 90_000,
  parameters: { 'profile-id': 0, 'x-google-start-bitrate': 600 },
}

/** What a room speaks. With VP9, VP8 stays for those whose devices cannot encode it: the first that a client can is used. */
export const roomCodecs = (video: VideoCodec): types.RouterRtpCodecCapability[] => (video === 'vp9' ? [opus, vp9, vp8] : [opus, vp8])
