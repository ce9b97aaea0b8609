import sharp from 'sharp'
import { AppError } from '../../shared/errors.ts'
import { photoSide, smallSide } from '../../shared/photo-rules.ts'
import { mostStillBytes, stillSide } from '../../shared/still-rules.ts'

/** More pixels than any phone's camera takes in one picture that is worth having; a bomb of a few kB unpacks to more. */
const mostPixels = 64_000_000
const limitSeconds = 15
/** A still is drawn by our own page, which draws no larger; a busy picture is made coarser until it is small enough. */
const mostStillPixels = 640 * 640
const stillQualities = [62, 45, 30, 15]
/** A picture is unpacked into memory: so many at once, the others wait. */
const atOnce = 2

/** By their first bytes; what a client says of them is not asked. SVG, PDF and everything else that can hold a script are none of these. */
const kinds: Record<'jpeg' | 'png' | 'webp', (bytes: Uint8Array) => boolean> = {
  jpeg: (bytes) => begins(bytes, 0, [0xff, 0xd8, 0xff]),
  png: (bytes) => begins(bytes, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  webp: (bytes) => begins(bytes, 0, [0x52, 0x49, 0x46, 0x46]) && begins(bytes, 8, [0x57, 0x45, 0x42, 0x50]),
}

const begins = (bytes: Uint8Array, at: number, wanted: number[]) => wanted.every((byte, index) => bytes[at + index] === byte)

export type Pictures = ReturnType<typeof createPictures>

/**
 * Makes pictures anew from what was sent: turned upright, made smaller, and without whatever else was in the file (place, camera,
 * scripts, archives that hide behind the picture).
 */
export function createPictures() {
  // libvips reads forty formats; only these three have to be safe.
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'] })
  sharp.cache(false)
  const gate = createGate(atOnce)

  const remake = (bytes: Uint8Array, side: number, quality: number, limitInputPixels = mostPixels) =>
    sharp(bytes, { limitInputPixels, failOn: 'error', autoOrient: true, pages: 1 })
      .timeout({ seconds: limitSeconds })
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      // What is transparent would become black.
      .flatten({ background: '#ffffff' })
      .jpeg({ quality, mozjpeg: true })
      .toBuffer({ resolveWithObject: true })

  async function made<T>(bytes: Uint8Array, make: () => Promise<T>): Promise<T> {
    if (!Object.values(kinds).some((is) => is(bytes))) throw new AppError('invalid-input', 'not-a-photo')
    try {
      return await gate(make)
    } catch {
      // Whatever libvips does not like about it: cut off, broken, too many pixels, too slow.
      throw new AppError('invalid-input', 'photo-unreadable')
    }
  }

  return {
    /** @throws AppError `invalid-input` for what is no picture, or none that can be read. */
    photo: (bytes: Uint8Array) =>
      made(bytes, async () => {
        const whole = await remake(bytes, photoSide, 78)
        // From the large one: the original is unpacked only once.
        const small = await remake(whole.data, smallSide, 70)
        return { whole: whole.data, small: small.data, width: whole.info.width, height: whole.info.height }
      }),
    /** A picture of whoever speaks, for phones on thin lines. @throws AppError `invalid-input`, as `photo`. */
    still: (bytes: Uint8Array) =>
      made(bytes, async () => {
        for (const quality of stillQualities) {
          const { data } = await remake(bytes, stillSide, quality, mostStillPixels)
          if (data.length <= mostStillBytes) return data
        }
        throw new AppError('invalid-input', 'photo-unreadable')
      }),
  }
}

function createGate(most: number) {
  const waiting: (() => void)[] = []
  let inside = 0
  return async function pass<T>(work: () => Promise<T>): Promise<T> {
    if (inside >= most) await new Promise<void>((resolve) => waiting.push(resolve))
    else inside++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else inside--
    }
  }
}
