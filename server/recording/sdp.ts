import type { types } from 'mediasoup'

type Stream = { kind: types.MediaKind; port: number; rtpParameters: types.RtpParameters }

/** What ffmpeg is told to listen to: streams of plain RTP on this computer. */
export function describe(streams: readonly Stream[]): string {
  const head = ['v=0', 'o=- 0 0 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0']
  return `${[...head, ...streams.flatMap(linesOf)].join('\r\n')}\r\n`
}

function linesOf({ kind, port, rtpParameters }: Stream): string[] {
  const { mimeType, clockRate, channels, payloadType, parameters = {} } = rtpParameters.codecs[0]!
  const name = `${mimeType.split('/')[1]}/${clockRate}${channels && channels > 1 ? `/${channels}` : ''}`
  const format = Object.entries(parameters).map(([key, value]) => `${key}=${String(value)}`)
  return [
    `m=${kind} ${port} RTP/AVP ${payloadType}`,
    `a=rtpmap:${payloadType} ${name}`,
    ...(format.length > 0 ? [`a=fmtp:${payloadType} ${format.join(';')}`] : []),
    'a=recvonly',
  ]
}
