/** One encoding of a camera's picture, smallest first. */
export type Encoding = { scaleResolutionDownBy?: number; maxBitrate: number; maxFramerate?: number; scalabilityMode: string }

/** As many simulcast layers as the camera's height is worth: a picture below 180 lines helps nobody. */
export function encodingsFor(height: number): Encoding[] {
  if (height > 480) return [layer(4, 150_000), layer(2, 500_000), layer(1, 1_500_000)]
  if (height > 240) return [layer(2, 150_000), layer(1, 500_000)]
  // Without temporal layers: of a single VP8 stream that has them, mediasoup drops the first key frame of each new viewer
  // (VP8.cpp: a layer above the current one, none yet, without the sync flag), who then waits a second for the next.
  return [{ maxBitrate: 300_000, scalabilityMode: 'L1T1' }]
}

/** Three rates within each size: a line that is a little too narrow loses smoothness before it loses sharpness. */
const layer = (scaleResolutionDownBy: number, maxBitrate: number): Encoding => ({
  scaleResolutionDownBy,
  maxBitrate,
  scalabilityMode: 'L1T3',
})

/** VP9 carries its sizes in one stream. */
export function svcEncodingsFor(height: number): Encoding[] {
  const sizes = height > 480 ? 3 : height > 240 ? 2 : 1
  return [{ maxBitrate: [250_000, 500_000, 1_200_000][sizes - 1]!, scalabilityMode: sizes > 1 ? `L${sizes}T3_KEY` : 'L1T3' }]
}

/** A shared screen is read: always whole, seldom new; on a narrow line a smaller one is better than none. */
export const screenEncodings: Encoding[] = [
  { scaleResolutionDownBy: 2, maxBitrate: 300_000, maxFramerate: 5, scalabilityMode: 'L1T1' },
  { scaleResolutionDownBy: 1, maxBitrate: 1_800_000, maxFramerate: 15, scalabilityMode: 'L1T1' },
]
export const svcScreenEncodings: Encoding[] = [{ maxBitrate: 1_500_000, maxFramerate: 15, scalabilityMode: 'L2T1_KEY' }]

/** Which layer of `layers` fills a tile of this many device pixels of height; null for a tile that is not on the screen. */
export function layerFor(tileHeight: number | null, layers: number): number | null {
  if (tileHeight === null) return null
  const wanted = tileHeight <= 200 ? 0 : tileHeight <= 420 ? 1 : 2
  return Math.min(wanted, layers - 1)
}

/** The number of spatial layers in a scalability mode such as `L3T3`. */
export const layersIn = (scalabilityMode: string | undefined) => Number(/^[LS](\d+)/.exec(scalabilityMode ?? '')?.[1] ?? 1)
