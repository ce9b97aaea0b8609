import { inflateRawSync } from 'node:zlib'

/** The archive is none, is broken, or unpacks to more than is allowed. */
export class UnpackError extends Error {
  readonly tooLarge: boolean
  constructor(message: string, tooLarge = false) {
    super(message)
    this.tooLarge = tooLarge
  }
}

const endSignature = 0x06054b50
const entrySignature = 0x02014b50
const longestEnd = 22 + 65_535
const mostFiles = 300

/**
 * Unpacks a zip archive, never to more than `mostBytes` in all, whatever it says of its own sizes (PKWARE APPNOTE 4.3).
 * @throws UnpackError
 */
export function unpack(bytes: Uint8Array, mostBytes: number): Record<string, Uint8Array> {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const files: Record<string, Uint8Array> = {}
  let left = mostBytes
  for (const { name, method, start, size } of entriesOf(archive)) {
    if (name.endsWith('/')) continue
    const content = inflate(archive.subarray(start, start + size), method, left)
    left -= content.byteLength
    files[name] = content
  }
  return files
}

function* entriesOf(archive: Buffer) {
  try {
    const end = endOf(archive)
    const count = archive.readUInt16LE(end + 10)
    if (count > mostFiles) throw new UnpackError('too many files', true)
    let at = archive.readUInt32LE(end + 16)
    for (let n = 0; n < count; n++) {
      if (archive.readUInt32LE(at) !== entrySignature) throw new UnpackError('no entry where one should be')
      const [nameLength, extraLength, noteLength] = [28, 30, 32].map((place) => archive.readUInt16LE(at + place)) as [
        number,
        number,
        number,
      ]
      const local = archive.readUInt32LE(at + 42)
      yield {
        name: archive.toString('utf8', at + 46, at + 46 + nameLength),
        method: archive.readUInt16LE(at + 10),
        size: archive.readUInt32LE(at + 20),
        start: local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28),
      }
      at += 46 + nameLength + extraLength + noteLength
    }
  } catch (error) {
    if (error instanceof RangeError) throw new UnpackError('it ends too early')
    throw error
  }
}

function endOf(archive: Buffer): number {
  for (let at = archive.length - 22; at >= Math.max(0, archive.length - longestEnd); at--)
    if (archive.readUInt32LE(at) === endSignature) return at
  throw new UnpackError('no zip archive')
}

function inflate(packed: Buffer, method: number, left: number): Uint8Array {
  if (method === 0 && packed.byteLength <= left) return packed
  if (method !== 0 && method !== 8) throw new UnpackError('a compression of an unknown kind')
  try {
    if (method === 0 || left === 0) throw new UnpackError('it unpacks to too much', true)
    return inflateRawSync(packed, { maxOutputLength: left })
  } catch (error) {
    if (error instanceof UnpackError) throw error
    const tooLarge = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    throw new UnpackError(tooLarge ? 'it unpacks to too much' : 'its contents are broken', tooLarge)
  }
}
