import type { BrowserContext, Page } from 'playwright-core'

export type VoiceCounts = { concealed: number; total: number }

type Probed = { paths: RTCPeerConnection[] }

/** Run before the page's own code: keeps its connections at hand, and gives it a microphone that never falls silent. */
function instrument(relayPort: number | null) {
  const paths: RTCPeerConnection[] = []
  Object.assign(window, { paths })
  const Plain = window.RTCPeerConnection
  window.RTCPeerConnection = class extends Plain {
    constructor(settings?: RTCConfiguration) {
      super(settings)
      paths.push(this)
    }
    override setRemoteDescription(description: RTCSessionDescriptionInit) {
      if (relayPort === null) return super.setRemoteDescription(description)
      const sdp = (description.sdp ?? '')
        .replaceAll(/^a=candidate:.* tcp .*\r?\n/gim, '')
        .replaceAll(/^(a=candidate:\S+ \d+ udp \d+ \S+) \d+/gim, `$1 ${relayPort}`)
      return super.setRemoteDescription({ type: description.type, sdp })
    }
  }
  const devices = navigator.mediaDevices
  const open = devices.getUserMedia.bind(devices)
  devices.getUserMedia = async (wish) => {
    const stream = await open(wish?.video ? { ...wish, video: { width: 640, height: 360, frameRate: 10 } } : wish)
    if (!wish?.audio) return stream
    // Silence is not sent (DTX), and what is not sent cannot be lost.
    const sound = new AudioContext()
    const voice = sound.createOscillator()
    const swell = sound.createGain()
    const pulse = sound.createOscillator()
    const out = sound.createMediaStreamDestination()
    voice.frequency.value = 300
    swell.gain.value = 0.4
    pulse.frequency.value = 4
    const depth = sound.createGain()
    depth.gain.value = 0.2
    pulse.connect(depth).connect(swell.gain)
    voice.connect(swell).connect(out)
    voice.start()
    pulse.start()
    return new MediaStream([...out.stream.getAudioTracks(), ...stream.getVideoTracks()])
  }
}

/** With a relay's port, this browser's media goes through it. */
export const throughRelay = (context: BrowserContext, relayPort: number | null) => context.addInitScript(instrument, relayPort)

/** What was made up for lost sound, of all the sound that this page has played. */
export const heardBy = (page: Page): Promise<VoiceCounts> =>
  page.evaluate(async () => {
    const { paths } = window as unknown as Probed
    const counts = { concealed: 0, total: 0 }
    for (const path of paths.filter((one) => one.connectionState === 'connected')) {
      for (const one of (await path.getStats()).values()) {
        if (one.type !== 'inbound-rtp' || one.kind !== 'audio') continue
        counts.concealed += one.concealedSamples ?? 0
        counts.total += one.totalSamplesReceived ?? 0
      }
    }
    return counts
  })

/** The share that was made up between two looks. */
export const concealedBetween = (before: VoiceCounts, after: VoiceCounts) =>
  (after.concealed - before.concealed) / Math.max(1, after.total - before.total)
