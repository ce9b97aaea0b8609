const seconds = 1.2

/** Plays two soft notes on a speaker. @throws DOMException when the speaker cannot be used. */
export async function playTone(speakerId: string | null): Promise<void> {
  const context = new AudioContext()
  try {
    await context.resume()
    const volume = new GainNode(context, { gain: 0.2 })
    const out = context.createMediaStreamDestination()
    volume.connect(out)
    for (const [frequency, from] of [
      [523.25, 0],
      [659.25, seconds / 2],
    ] as const) {
      const note = new OscillatorNode(context, { frequency })
      note.connect(volume)
      note.start(context.currentTime + from)
      note.stop(context.currentTime + from + seconds / 2)
    }
    const audio = new Audio()
    audio.srcObject = out.stream
    if (speakerId && 'setSinkId' in audio) await audio.setSinkId(speakerId)
    await audio.play()
    await new Promise((resolve) => setTimeout(resolve, seconds * 1_000))
    audio.srcObject = null
  } finally {
    await context.close()
  }
}
