import { v7 } from 'uuid'
import type { Joined, ProduceWish } from '../../shared/media.ts'
import type { RtpCapabilities } from '../../shared/rtp.ts'

/** A well-formed fingerprint; nobody ever completes a handshake with it. */
export const dtlsParameters = {
  role: 'client' as const,
  fingerprints: [
    {
      algorithm: 'sha-256' as const,
      value: Array.from({ length: 32 }, (_, index) => index.toString(16).padStart(2, '0').toUpperCase()).join(':'),
    },
  ],
}

export const microphone = (changes: Partial<ProduceWish> = {}): ProduceWish => ({
  id: v7(),
  source: 'microphone',
  kind: 'audio',
  paused: false,
  standby: true,
  rtpParameters: {
    mid: '0',
    codecs: [
      { mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2, parameters: { useinbandfec: 1 }, rtcpFeedback: [] },
    ],
    headerExtensions: [],
    encodings: [{ ssrc: 1 + Math.floor(Math.random() * 0xff_ff_ff) }],
    rtcp: { cname: 'test' },
  },
  ...changes,
})

export const camera = (changes: Partial<ProduceWish> = {}): ProduceWish => ({
  ...microphone(),
  source: 'camera',
  kind: 'video',
  rtpParameters: {
    mid: '1',
    codecs: [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000, parameters: {}, rtcpFeedback: [] }],
    headerExtensions: [],
    encodings: [{ ssrc: 1 + Math.floor(Math.random() * 0xff_ff_ff) }],
    rtcp: { cname: 'test' },
  },
  ...changes,
})

/** The second round trip of joining, as a browser would ask for it. */
export const connectWish = (joined: Joined, produce: ProduceWish[] = []) => ({
  send: joined.sendTransport && { transportId: joined.sendTransport.id, dtlsParameters },
  receive: { transportId: joined.receiveTransport.id, dtlsParameters },
  // A router's own capabilities are what a client that understands everything would have.
  rtpCapabilities: joined.routerRtpCapabilities as RtpCapabilities,
  produce,
})
