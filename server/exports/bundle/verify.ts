import { strFromU8, unzipSync } from 'fflate'
import type { z } from 'zod'
import {
  type BundleManifest,
  type BundleSignatures,
  type BundleTrail,
  bundleFiles,
  bundleManifestSchema,
  bundleSignaturesSchema,
  bundleTrailSchema,
} from '../../../shared/bundle.ts'
import { canonicalJson } from '../../../shared/canonical.ts'
import { minutesExportSchema } from '../../../shared/exports.ts'
import { hashOf } from '../../audit/entry-hash.ts'
import { type Files, sha256Of } from './pack.ts'
import { fingerprintOf, isSealed } from './seal.ts'

export const checks = ['readable', 'key', 'seal', 'files', 'content', 'form', 'data', 'signatures', 'trail'] as const
export type Check = (typeof checks)[number]

/** Whether one thing holds; where it does not, what is wrong: a problem's name and what it is about. */
export type Finding = { check: Check; problems: { problem: Problem; about: string }[] }
export type Problem =
  | 'not-a-bundle'
  | 'other-key'
  | 'bad-seal'
  | 'missing-file'
  | 'changed-file'
  | 'extra-file'
  | 'bad-file'
  | 'other-content'
  | 'other-form'
  | 'signed-other-content'
  | 'region-unsigned'
  | 'changed-entry'
  | 'broken-link'
  | 'no-entry'
  | 'other-meeting'

export type Verdict = {
  holds: boolean
  findings: Finding[]
  manifest: BundleManifest | null
  fingerprint: string
  signatures: BundleSignatures | null
  entries: number
}

/** A bundle larger than this, unpacked, is none of ours. */
const mostBytes = 512 * 1024 * 1024

/** Checks a bundle by itself. `key` is the fingerprint of the server that should have made it, known from elsewhere. */
export function verifyBundle(zip: Uint8Array, { key }: { key?: string | undefined } = {}): Verdict {
  const files = unpacked(zip)
  const manifest = files && parsed(files, bundleFiles.manifest, bundleManifestSchema)
  if (!files || !manifest) {
    const finding: Finding = { check: 'readable', problems: [{ problem: 'not-a-bundle', about: '' }] }
    return { holds: false, findings: [finding], manifest: null, fingerprint: '', signatures: null, entries: 0 }
  }
  const fingerprint = fingerprintOf(manifest.publicKey)
  const signatures = parsed(files, bundleFiles.signatures, bundleSignaturesSchema)
  const trail = parsed(files, bundleFiles.trail, bundleTrailSchema)
  const findings: Finding[] = [
    { check: 'readable', problems: [] },
    ...(key === undefined
      ? []
      : [
          {
            check: 'key' as const,
            problems: plain(key) === plain(fingerprint) ? [] : [{ problem: 'other-key' as const, about: fingerprint }],
          },
        ]),
    { check: 'seal', problems: sealProblems(files, manifest) },
    { check: 'files', problems: fileProblems(files, manifest) },
    { check: 'content', problems: contentProblems(files, signatures) },
    { check: 'form', problems: formProblems(files, signatures) },
    { check: 'data', problems: dataProblems(files, manifest, signatures) },
    { check: 'signatures', problems: signatureProblems(files, signatures) },
    { check: 'trail', problems: trailProblems(trail, signatures) },
  ]
  return {
    holds: findings.every(({ problems }) => problems.length === 0),
    findings,
    manifest,
    fingerprint,
    signatures,
    entries: trail?.length ?? 0,
  }
}

type Problems = Finding['problems']
const plain = (fingerprint: string) => fingerprint.toLowerCase().replace(/[^0-9a-f]/g, '')

function unpacked(zip: Uint8Array): Files | null {
  let bytes = 0
  try {
    return unzipSync(zip, {
      filter({ originalSize }) {
        bytes += originalSize
        if (bytes > mostBytes) throw new Error('too large')
        return true
      },
    })
  } catch {
    return null
  }
}

function parsed<T>(files: Files, name: string, schema: z.ZodType<T>): T | null {
  const json = jsonOf(files, name)
  return schema.safeParse(json).data ?? null
}

function jsonOf(files: Files, name: string): unknown {
  try {
    return Object.hasOwn(files, name) ? JSON.parse(strFromU8(files[name]!)) : undefined
  } catch {
    return undefined
  }
}

function sealProblems(files: Files, manifest: BundleManifest): Problems {
  const seal = Object.hasOwn(files, bundleFiles.seal) ? strFromU8(files[bundleFiles.seal]!) : ''
  return isSealed(files[bundleFiles.manifest]!, seal, manifest.publicKey) ? [] : [{ problem: 'bad-seal', about: bundleFiles.manifest }]
}

function fileProblems(files: Files, manifest: BundleManifest): Problems {
  const named = new Set([...manifest.files.map(({ name }) => name), bundleFiles.manifest, bundleFiles.seal])
  const needed = [bundleFiles.document, bundleFiles.data, bundleFiles.signatures, bundleFiles.trail].filter((name) => !named.has(name))
  return [
    ...manifest.files.flatMap(({ name, bytes, sha256 }): Problems => {
      if (!Object.hasOwn(files, name)) return [{ problem: 'missing-file', about: name }]
      return files[name]!.length === bytes && sha256Of(files[name]!) === sha256 ? [] : [{ problem: 'changed-file', about: name }]
    }),
    ...needed.map((name) => ({ problem: 'missing-file' as const, about: name })),
    ...Object.keys(files)
      .filter((name) => !named.has(name))
      .map((name) => ({ problem: 'extra-file' as const, about: name })),
  ]
}

const hashOfDocument = (files: Files) => (Object.hasOwn(files, bundleFiles.document) ? sha256Of(files[bundleFiles.document]!) : '')

/** What is in the document is what there was to sign. */
function contentProblems(files: Files, signatures: BundleSignatures | null): Problems {
  if (!signatures) return [{ problem: 'bad-file', about: bundleFiles.signatures }]
  const { contentHash, stage } = signatures
  if (contentHash === null)
    return stage === 'signed' || stage === 'amending' ? [{ problem: 'other-content', about: bundleFiles.document }] : []
  return hashOfDocument(files) === contentHash ? [] : [{ problem: 'other-content', about: bundleFiles.document }]
}

/** What stands around the text is what was signed with it. */
function formProblems(files: Files, signatures: BundleSignatures | null): Problems {
  if (!signatures) return [{ problem: 'bad-file', about: bundleFiles.signatures }]
  const hash = Object.hasOwn(files, bundleFiles.form) ? sha256Of(files[bundleFiles.form]!) : null
  return hash === signatures.formHash ? [] : [{ problem: 'other-form', about: bundleFiles.form }]
}

/** The data that papers are made of are of the same document and the same meeting. */
function dataProblems(files: Files, { meetingId }: BundleManifest, signatures: BundleSignatures | null): Problems {
  const data = parsed(files, bundleFiles.data, minutesExportSchema)
  if (!data) return [{ problem: 'bad-file', about: bundleFiles.data }]
  const same = Object.hasOwn(files, bundleFiles.document) && strFromU8(files[bundleFiles.document]!) === canonicalJson(data.document)
  return [
    ...(same ? [] : [{ problem: 'other-content' as const, about: bundleFiles.data }]),
    ...(data.meeting.id === meetingId && signatures?.meetingId === meetingId
      ? []
      : [{ problem: 'other-meeting' as const, about: bundleFiles.data }]),
  ]
}

function signatureProblems(files: Files, state: BundleSignatures | null): Problems {
  if (!state) return [{ problem: 'bad-file', about: bundleFiles.signatures }]
  const hash = hashOfDocument(files)
  const signed = new Set(state.signatures.map(({ regionCode }) => regionCode))
  const unsigned = state.stage === 'signed' ? state.regions.filter(({ code }) => !signed.has(code)) : []
  return [
    ...state.signatures
      .filter(({ contentHash }) => contentHash !== hash)
      .map(({ name }) => ({ problem: 'signed-other-content' as const, about: name })),
    ...unsigned.map(({ path }) => ({ problem: 'region-unsigned' as const, about: path.join('') })),
  ]
}

function trailProblems(trail: BundleTrail | null, state: BundleSignatures | null): Problems {
  if (!trail || !state) return [{ problem: 'bad-file', about: trail ? bundleFiles.signatures : bundleFiles.trail }]
  return [...chainProblems(trail, state.meetingId), ...entryProblems(trail, state)]
}

/** Every entry is as it was hashed, and those that stand beside one another in the chain are linked. */
function chainProblems(trail: BundleTrail, meetingId: string): Problems {
  return trail.flatMap((entry, place): Problems => {
    const about = `${entry.place} ${entry.action}`
    const before = trail[place - 1]
    const linked = !before || (before.place < entry.place && (before.place + 1 < entry.place || before.hash === entry.previousHash))
    return [
      ...(hashOf(entry) === entry.hash ? [] : [{ problem: 'changed-entry' as const, about }]),
      ...(linked ? [] : [{ problem: 'broken-link' as const, about }]),
      ...(entry.subjectId === meetingId ? [] : [{ problem: 'other-meeting' as const, about }]),
    ]
  })
}

/** The trail knows of every signature that stands, and of the lock. */
function entryProblems(trail: BundleTrail, { signatures, stage, edition, contentHash, formHash }: BundleSignatures): Problems {
  const has = (action: string, actorId: string | null, details: Record<string, unknown>) =>
    trail.some(
      (entry) =>
        entry.action === action &&
        (actorId === null || entry.actorId === actorId) &&
        Object.entries(details).every(([name, value]) => (entry.details[name] ?? null) === value),
    )
  return [
    ...signatures
      .filter(({ accountId, regionCode, contentHash }) => !has('minutes:sign', accountId, { regionCode, contentHash, formHash, edition }))
      .map(({ name }) => ({ problem: 'no-entry' as const, about: name })),
    ...(stage === 'signed' && !has('minutes:lock', null, { contentHash, formHash, edition })
      ? [{ problem: 'no-entry' as const, about: 'minutes:lock' }]
      : []),
  ]
}
