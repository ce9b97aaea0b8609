import type { Result } from '../../shared/commands.ts'
import type { Ask } from './ask.ts'
import { createIdentity } from './certificate.ts'
import { createEnds, type Ends } from './ends.ts'
import type { LineFigures } from './verdict.ts'

/** As long as it takes for losses to show, and no longer than somebody at a door waits. */
const measuredMs = 4_000
const connectLimitMs = 8_000

/** Sends a small moving picture through the media server and back, and tells how the line was; null when nothing came through. */
export async function probeLine(ask: Ask, meetingId: string): Promise<Result<LineFigures | null>> {
  const opened = await ask('probe:open', { meetingId })
  if (!opened.ok) return opened
  let connected = () => {}
  const isConnected = new Promise<void>((resolve) => {
    connected = resolve
  })
  const ends = await createEnds(opened.value, await createIdentity(), ask, {
    onPath: (which, state) => which === 'receive' && state === 'connected' && connected(),
  })
  const picture = movingPicture()
  try {
    await ends.produce('camera', picture.track, false)
    const { send, ...wish } = ends.connectWish()
    const started = await ask('probe:run', { ...wish, send: send! })
    if (!started.ok) return started
    await ends.take(started.value.consumers)
    const reached = await Promise.race([isConnected.then(() => true), after(connectLimitMs).then(() => false)])
    if (!reached) return { ok: true, value: null }
    await after(measuredMs)
    return { ok: true, value: await figuresOf(ends) }
  } finally {
    picture.stop()
    ends.close()
    void ask('probe:close', {})
  }
}

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

type Stat = Record<string, unknown> & { type: string; id: string }

async function figuresOf(ends: Ends): Promise<LineFigures | null> {
  const { receive } = await ends.stats()
  const stats = [...(receive as unknown as Map<string, Stat>).values()]
  const video = stats.find(({ type }) => type === 'inbound-rtp')
  const received = Number(video?.packetsReceived ?? 0)
  if (received === 0) return null
  const lost = Math.max(0, Number(video?.packetsLost ?? 0))
  // Chromium and Safari name the pair that is used; Firefox marks it.
  const used = stats.find(({ type }) => type === 'transport')?.selectedCandidatePairId
  const pair = stats.find(({ id, type, selected }) => type === 'candidate-pair' && (id === used || selected === true))
  const local = stats.find(({ id }) => id === pair?.localCandidateId)
  return {
    roundTripMs: Math.round(Number(pair?.currentRoundTripTime ?? 0) * 1_000),
    lossPercent: Math.round((lost / (lost + received)) * 1_000) / 10,
    protocol: local?.protocol === 'tcp' ? 'tcp' : 'udp',
    relayed: local?.candidateType === 'relay',
  }
}

/** Noise, so that the encoder has something to send; no permission is needed for it. */
function movingPicture() {
  const canvas = document.createElement('canvas')
  canvas.width = 320
  canvas.height = 180
  const context = canvas.getContext('2d')
  const draw = () => {
    if (!context) return
    for (let index = 0; index < 60; index++) {
      context.fillStyle = `hsl(${Math.random() * 360} 60% 50%)`
      context.fillRect(Math.random() * canvas.width, Math.random() * canvas.height, 40, 30)
    }
  }
  draw()
  const timer = setInterval(draw, 66)
  const [track] = canvas.captureStream(15).getVideoTracks()
  return {
    track: track!,
    stop() {
      clearInterval(timer)
      track?.stop()
    },
  }
}
