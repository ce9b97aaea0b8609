import { z } from 'zod'
import type { QueryTable } from './commands.ts'
import { meetingRegionSchema } from './meetings.ts'
import { minutesStateSchema } from './minutes-stages.ts'
import { instant } from './text.ts'

/**
 * The minutes with all that proves them, in one file that can be checked without the program's server:
 * `npm run verify -- bundle.zip`. Beside the paper in its forms it holds the files whose schemas stand here.
 */
export const bundlePath = (meetingId: string) => `/api/meetings/${meetingId}/export/minutes.zip`

export const bundleFiles = {
  /** What is signed, in its one canonical form: its SHA-256 is the content hash. */
  document: 'document.json',
  /** What stands around the text on the paper, in canonical form too: its SHA-256 is signed beside the content hash. Not in every bundle. */
  form: 'form.json',
  /** `minutesExportSchema`. */
  data: 'minutes.json',
  signatures: 'signatures.json',
  trail: 'audit.json',
  readme: 'README.txt',
  /** Names all of the above with their hashes. */
  manifest: 'manifest.json',
  /** Ed25519 over the bytes of the manifest. */
  seal: 'manifest.sig',
} as const

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

export const bundleManifestSchema = z.object({
  format: z.literal('yishi-bundle'),
  version: z.literal(1),
  meetingId: z.uuid(),
  title: z.string(),
  madeAt: instant,
  /** Of the server that made it: 32 bytes, base64url. */
  publicKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  files: z.array(z.object({ name: z.string().min(1).max(200), bytes: z.number().int().nonnegative(), sha256 })).max(1_000),
})
export type BundleManifest = z.infer<typeof bundleManifestSchema>

export const bundleSignaturesSchema = minutesStateSchema
  .pick({ meetingId: true, stage: true, edition: true, contentHash: true, lockedAt: true, signatures: true })
  .extend({
    regions: z.array(meetingRegionSchema),
    // Bundles of before there were forms say nothing of one.
    formHash: minutesStateSchema.shape.formHash.default(null),
  })
export type BundleSignatures = z.infer<typeof bundleSignaturesSchema>

/** Entries of the audit trail as they are chained: what each hash is made of, with the place and the hash before it. */
export const bundleTrailSchema = z.array(
  z.object({
    id: z.number().int(),
    at: z.string(),
    actorId: z.string().nullable(),
    actorName: z.string(),
    action: z.string(),
    subjectId: z.string(),
    details: z.record(z.string(), z.unknown()),
    place: z.number().int().positive(),
    previousHash: z.string(),
    hash: sha256,
  }),
)
export type BundleTrail = z.infer<typeof bundleTrailSchema>

export const bundleQueries = {
  /** By what one knows this server's bundles: written down once, it tells later who made one. */
  'bundle-key': { path: '/api/bundle-key', input: z.object({}), output: z.object({ fingerprint: z.string() }) },
} satisfies QueryTable
