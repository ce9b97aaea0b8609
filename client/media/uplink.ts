import type { types } from 'mediasoup-client'
import { climb, type Ladder, type Measure, type Rung, startingLadder } from '../../shared/ladder.ts'

const everyMs = 1_000
/** Congestion control begins low and feels its way up: until then its estimate says nothing. */
const settleMs = 6_000
/** An encoder that gets this share of what it may use gives nearly the same picture. */
const enoughShare = 0.6
/** Enough for a voice to be understood; what else there is keeps it whole. */
const frugalVoiceBps = 20_000
const smallestPictureBps = 150_000
const stillsPerSecond = 0.5

type Producers = { camera: types.Producer | null; microphone: types.Producer | null }
type Deps = {
  producers(): Producers
  stats(): Promise<RTCStatsReport | undefined>
  /** The room is told what it gets to see of this client. */
  tell(rung: Rung): void
}

export type Uplink = ReturnType<typeof createUplink>

/** Sends what the way to the server carries: fewer and smaller pictures, then stills, then none; the voice stays. */
export function createUplink({ producers, stats, tell }: Deps) {
  let ladder: Ladder = startingLadder
  let told: Rung = 'full'
  let timer: ReturnType<typeof setInterval> | undefined
  let startedAt = 0
  const shaped = new Map<string, Rung>()

  async function look() {
    const report = await stats()
    const now = performance.now()
    if (!report || now - startedAt < settleMs) return
    ladder = climb(ladder, measureUplink(report, wantedBps(producers().camera)), now)
    await shape()
    if (ladder.rung === told) return
    told = ladder.rung
    tell(told)
  }

  async function shape() {
    const { camera, microphone } = producers()
    for (const producer of [camera, microphone]) {
      if (!producer || producer.closed || (shaped.get(producer.id) ?? 'full') === ladder.rung) continue
      shaped.set(producer.id, ladder.rung)
      await (producer === camera ? shapePicture(producer, ladder.rung) : shapeVoice(producer, ladder.rung))
    }
  }

  return {
    /** With new transports: what was known of the old line may not be true of this one. */
    start() {
      clearInterval(timer)
      ladder = startingLadder
      told = 'full'
      startedAt = performance.now()
      shaped.clear()
      timer = setInterval(() => void look().catch(() => {}), everyMs)
    },
    stop: () => clearInterval(timer),
    rung: (): Rung => ladder.rung,
  }
}

type Report = { type: string; kind?: string } & Record<string, unknown>
const number = (value: unknown) => (typeof value === 'number' ? value : null)
const worst = (values: (number | null)[]) => values.reduce((most, value) => (value === null ? most : Math.max(most ?? 0, value)), null)

/** What the server reported to have received, and what congestion control lets through once it holds the encoder back. */
export function measureUplink(stats: Pick<RTCStatsReport, 'values'>, wanted: number): Measure {
  const all = [...stats.values()] as Report[]
  const received = all.filter(({ type }) => type === 'remote-inbound-rtp')
  const isHeldBack = all.some((one) => one.type === 'outbound-rtp' && one.kind === 'video' && one.qualityLimitationReason === 'bandwidth')
  const path = all.find((one) => one.type === 'candidate-pair' && one.nominated === true && one.state === 'succeeded')
  const available = number(path?.availableOutgoingBitrate)
  const seconds = worst(received.map((one) => number(one.roundTripTime)))
  return {
    loss: worst(received.map((one) => number(one.fractionLost))),
    roundTripMs: seconds === null ? null : seconds * 1_000,
    availableBps: isHeldBack && available !== null && available < wanted * enoughShare ? available : null,
  }
}

/** What all layers that are now sent may use together. */
function wantedBps(camera: types.Producer | null): number {
  const { encodings = [] } = camera?.rtpSender?.getParameters() ?? {}
  return encodings.filter(({ active }) => active).reduce((sum, { maxBitrate = 0 }) => sum + maxBitrate, 0)
}

/** How many of the layers are sent, smallest first. */
export function layersOn(rung: Rung, layers: number): number {
  const onRung: Record<Rung, number> = { full: layers, layers: Math.max(1, layers - 1), one: 1, stills: 1, audio: 0 }
  return onRung[rung]
}

async function shapePicture({ rtpSender }: types.Producer, rung: Rung) {
  await adjust(rtpSender, (encodings) => {
    const sent = layersOn(rung, encodings.length)
    for (const [index, encoding] of encodings.entries()) {
      encoding.active = index < sent
      if (rung === 'stills') encoding.maxFramerate = stillsPerSecond
      else delete encoding.maxFramerate
    }
    // With all layers in one stream there is none to leave out: it is made smaller as a whole.
    const [only] = encodings
    if (encodings.length === 1 && only) {
      if (rung === 'one' || rung === 'stills') only.maxBitrate = Math.min(only.maxBitrate ?? smallestPictureBps, smallestPictureBps)
    }
  })
}

async function shapeVoice({ rtpSender }: types.Producer, rung: Rung) {
  await adjust(rtpSender, (encodings) => {
    for (const encoding of encodings) {
      if (rung === 'stills' || rung === 'audio') encoding.maxBitrate = frugalVoiceBps
      else delete encoding.maxBitrate
    }
  })
}

async function adjust(sender: RTCRtpSender | undefined, change: (encodings: RTCRtpEncodingParameters[]) => void) {
  const parameters = sender?.getParameters()
  if (!sender || !parameters) return
  change(parameters.encodings)
  await sender.setParameters(parameters)
}
