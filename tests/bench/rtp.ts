import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { v7 } from 'uuid'
import type { ProduceWish } from '../../shared/media.ts'

export type Kind = 'audio' | 'video'
type Stream = { ssrc: number; packetsPerTick: number; bytes: number }
type Form = { payloadType: number; tickMs: number; clockRate: number; streams: Omit<Stream, 'ssrc'>[] }

/** A voice of 32 kbit/s; a camera in three layers, of which the largest has 0.8 Mbit/s. */
const forms: Record<Kind, Form> = {
  audio: { payloadType: 111, tickMs: 20, clockRate: 48_000, streams: [{ packetsPerTick: 1, bytes: 80 }] },
  video: {
    payloadType: 96,
    tickMs: 33,
    clockRate: 90_000,
    streams: [
      { packetsPerTick: 1, bytes: 500 },
      { packetsPerTick: 1, bytes: 1_100 },
      { packetsPerTick: 3, bytes: 1_100 },
    ],
  },
}
/** So many packets of each source reach each viewer in a tick: those of the largest layer. */
export const deliveredPerTick = (kind: Kind) => forms[kind].streams.at(-1)!.packetsPerTick

/** A source of RTP (RFC 3550): what it sends, and how the server is told of it. */
export function createSource(kind: Kind) {
  const { payloadType, clockRate, streams } = forms[kind]
  const own: Stream[] = streams.map((stream) => ({ ...stream, ssrc: 1 + Math.floor(Math.random() * 0xff_ff_ff) }))
  const codec = kind === 'audio' ? { mimeType: 'audio/opus', channels: 2 } : { mimeType: 'video/VP8' }
  const wish: ProduceWish = {
    id: v7(),
    source: kind === 'audio' ? 'microphone' : 'camera',
    kind,
    paused: false,
    rtpParameters: {
      mid: '0',
      codecs: [{ ...codec, payloadType, clockRate, parameters: {}, rtcpFeedback: [] }],
      encodings: own.map(({ ssrc }) => ({ ssrc })),
      rtcp: { cname: 'bench' },
    },
  }
  let sequence = 0
  let tick = 0

  function packet({ ssrc, bytes }: Stream, marker: boolean) {
    const data = Buffer.alloc(12 + bytes)
    data[0] = 0x80
    data[1] = (marker ? 0x80 : 0) | payloadType
    data.writeUInt16BE(sequence++ & 0xff_ff, 2)
    data.writeUInt32BE((tick * Math.round((forms[kind].tickMs * clockRate) / 1_000)) >>> 0, 4)
    data.writeUInt32BE(ssrc, 8)
    // VP8 (RFC 7741): the start of a partition, and once a second the first bit of a key frame.
    if (kind === 'video') data.set([0x10, tick % 30 === 0 ? 0 : 1], 12)
    return data
  }

  return {
    wish,
    /** The packets of one tick. Each stream counts its own numbers, here all from one clock. */
    next(): Buffer[] {
      tick++
      return own.flatMap((stream) => {
        const start = tick * stream.packetsPerTick
        return Array.from({ length: stream.packetsPerTick }, (_, index) => {
          sequence = start + index
          return packet(stream, index === stream.packetsPerTick - 1)
        })
      })
    },
  }
}

/** Sends the packets of all sources at their pace for a time, from one port: the server learns it from the first packet. @returns the number of ticks. */
export async function play(socket: Socket, kind: Kind, sources: { next(): Buffer[]; port: number }[], forMs: number): Promise<number> {
  const begun = performance.now()
  let ticks = 0
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      // A timer that comes late makes up for it.
      for (const due = Math.floor((performance.now() - begun) / forms[kind].tickMs); ticks < due; ticks++)
        for (const { next, port } of sources) for (const packet of next()) socket.send(packet, port, '127.0.0.1')
      if (performance.now() - begun < forMs) return
      clearInterval(timer)
      resolve()
    }, 5)
  })
  return ticks
}

/** Takes in what the viewers receive: several sockets, so that their buffers last. */
export async function createSink(sockets = 8) {
  let received = 0
  const open = await Promise.all(
    Array.from({ length: sockets }, async () => {
      const socket = createSocket({ type: 'udp4', recvBufferSize: 4_000_000 })
      socket.on('message', (data) => {
        // The reports of RTCP (types 200 to 206, RFC 5761) are no media.
        if (data[1]! < 200 || data[1]! > 206) received++
      })
      socket.bind(0, '127.0.0.1')
      await once(socket, 'listening')
      return socket
    }),
  )
  const ports = open.map((socket) => (socket.address() as AddressInfo).port)
  return {
    portFor: (index: number) => ports[index % ports.length]!,
    received: () => received,
    close() {
      for (const socket of open) socket.close()
    },
  }
}
