/** Measures how loud a track is, 0 to 1, some twenty times a second. @returns what ends it. */
export function watchLevel(track: MediaStreamTrack, onLevel: (level: number) => void): () => void {
  const context = new AudioContext()
  const analyser = new AnalyserNode(context, { fftSize: 512 })
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser)
  // Refused on a page that was never touched; the next touch of anything starts it.
  const wake = () => void context.resume().catch(() => {})
  window.addEventListener('pointerdown', wake)
  wake()
  const samples = new Float32Array(analyser.fftSize)
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples)
    onLevel(levelOf(samples))
  }, 50)
  return () => {
    clearInterval(timer)
    window.removeEventListener('pointerdown', wake)
    void context.close()
  }
}

const quietestDb = -60

/** Loudness as the ear takes it: decibels of the root mean square, from silence (0) to full scale (1). */
export function levelOf(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length)
  const db = 10 * Math.log10(power || Number.MIN_VALUE)
  return Math.min(1, Math.max(0, 1 - db / quietestDb))
}
