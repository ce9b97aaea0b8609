import { createHash } from 'node:crypto'
import { zipSync } from 'fflate'
import { type BundleManifest, bundleFiles } from '../../../shared/bundle.ts'
import type { Sealer } from './seal.ts'

export type Files = Record<string, Uint8Array>

/** Already compressed, all of them. */
const packed = /\.(docx|pdf)$/

/** Puts files into one, with a manifest of their hashes and its seal. */
export function pack(
  files: Files,
  { meetingId, title, madeAt }: Pick<BundleManifest, 'meetingId' | 'title' | 'madeAt'>,
  sealer: Sealer,
): Buffer {
  const manifest: BundleManifest = {
    format: 'yishi-bundle',
    version: 1,
    ...{ meetingId, title, madeAt },
    publicKey: sealer.publicKey,
    files: Object.entries(files).map(([name, bytes]) => ({ name, bytes: bytes.length, sha256: sha256Of(bytes) })),
  }
  const text = bytesOf(`${JSON.stringify(manifest, null, 2)}\n`)
  const all = { ...files, [bundleFiles.manifest]: text, [bundleFiles.seal]: bytesOf(sealer.seal(text)) }
  return Buffer.from(
    zipSync(
      Object.fromEntries(Object.entries(all).map(([name, bytes]) => [name, [bytes, { level: packed.test(name) ? 0 : 6, mtime: madeAt }]])),
    ),
  )
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
