import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync, zipSync } from 'fflate'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pack } from '../../server/exports/bundle/pack.ts'
import { createSealer } from '../../server/exports/bundle/seal.ts'
import { verifyBundle } from '../../server/exports/bundle/verify.ts'
import { type BundleManifest, type BundleSignatures, type BundleTrail, bundlePath } from '../../shared/bundle.ts'
import { canonicalJson } from '../../shared/canonical.ts'
import { emptyForm } from '../../shared/minutes-form.ts'
import { amendingMeeting, makePeople } from '../signing/minutes.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inMeeting, makeMeeting } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'

type Files = Record<string, Uint8Array>

let app: TestApp
let nanxun: Person
let wujiang: Person
let bundle: Buffer
let meetingId: string
beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  ;({ nanxun, wujiang } = await makePeople(app))
  const made = await amendingMeeting(app, nanxun, '今冬在渡口装路灯十二盏')
  meetingId = made.meetingId
  const form = { ...emptyForm, number: { prefix: '湖协纪', year: 2026, serial: 3 }, recipients: ['南浔区水利局'] }
  value(await nanxun.post('minutes:set-form', { meetingId, form }))
  const { formHash } = await nanxun.get<{ formHash: string }>(`/api/meetings/${meetingId}/minutes/state`)
  for (const [person, regionCode] of [
    [nanxun, districts.nanxun],
    [wujiang, districts.wujiang],
  ] as const)
    value(await person.post('minutes:sign', { meetingId, regionCode, contentHash: made.contentHash, formHash }))
  bundle = await bundleOf(nanxun, meetingId)
})
afterAll(() => app.close())

async function bundleOf(person: Person, id: string): Promise<Buffer> {
  const response = await person.fetch(bundlePath(id))
  expect(response.status).toBe(200)
  return Buffer.from(await response.arrayBuffer())
}

const text = (value: string) => new TextEncoder().encode(value)
const read = <T>(files: Files, name: string): T => JSON.parse(strFromU8(files[name]!))
const put = (files: Files, name: string, bytes: Uint8Array) => {
  files[name] = bytes
}
const write = (files: Files, name: string, content: unknown) => put(files, name, text(`${JSON.stringify(content, null, 2)}\n`))
const problemsOf = (zip: Uint8Array, key?: string) =>
  verifyBundle(zip, { key }).findings.flatMap(({ problems }) => problems.map(({ problem }) => problem))

/** The bundle with something changed in it and nothing else. */
function changed(change: (files: Files) => void): Uint8Array {
  const files: Files = { ...unzipSync(bundle) }
  change(files)
  return zipSync(files)
}

/** The same by somebody who also makes a manifest that fits, and seals it with a key of his own. */
function forged(change: (files: Files) => void): Uint8Array {
  const { 'manifest.json': manifest, 'manifest.sig': _, ...files } = unzipSync(bundle)
  change(files)
  const { title, madeAt } = JSON.parse(strFromU8(manifest!)) as BundleManifest
  return pack(files, { meetingId, title, madeAt }, createSealer('a secret of somebody else, who is not us'))
}

test('a bundle of signed minutes holds, with its text, signatures and what the trail says of them', async () => {
  const { fingerprint } = await nanxun.get<{ fingerprint: string }>('/api/bundle-key')
  const verdict = verifyBundle(bundle, { key: fingerprint })
  expect(verdict.findings.flatMap(({ problems }) => problems)).toEqual([])
  expect(verdict).toMatchObject({ holds: true, fingerprint })
  const files = unzipSync(bundle)
  for (const name of ['README.txt', 'minutes.docx', 'minutes.pdf', 'minutes.html', 'minutes.md', 'minutes.json'])
    expect(files[name], name).toBeDefined()
  const { contentHash, signatures } = read<BundleSignatures>(files, 'signatures.json')
  expect(createHash('sha256').update(files['document.json']!).digest('hex')).toBe(contentHash)
  expect(signatures.map(({ name }) => name)).toEqual(['沈秘书', '吴主持'])
  const actions = read<BundleTrail>(files, 'audit.json').map(({ action }) => action)
  expect(actions).toEqual(expect.arrayContaining(['meeting:end', 'minutes:to-amending', 'minutes:sign', 'minutes:lock']))
  expect(strFromU8(files['README.txt']!)).toContain(contentHash!)
  expect(strFromU8(files['minutes.md']!)).toContain('装路灯十二盏')
  expect(strFromU8(files['minutes.md']!)).not.toContain('未签署')
})

test('minutes that nobody has signed can be packed too, and the paper says that it is a draft', async () => {
  const meeting = await makeMeeting(nanxun)
  const zip = await bundleOf(nanxun, meeting.id)
  const verdict = verifyBundle(zip)
  expect(verdict.holds).toBe(true)
  expect(verdict.signatures).toMatchObject({ stage: 'live', signatures: [] })
  expect(strFromU8(unzipSync(zip)['minutes.md']!)).toContain('（未签署稿）')
})

test.each<[string, (files: Files) => void]>([
  ['one letter of the paper', (files) => put(files, 'minutes.md', text(`${strFromU8(files['minutes.md']!)}。`))],
  ['a file that is gone', (files) => void delete files['minutes.docx']],
  ['a file that was put in', (files) => put(files, 'other.txt', text('x'))],
  ['the text', (files) => put(files, 'document.json', text(strFromU8(files['document.json']!).replace('十二', '二十')))],
  ['the manifest', (files) => write(files, 'manifest.json', { ...read<object>(files, 'manifest.json'), title: '别的会' })],
  ['its seal', (files) => put(files, 'manifest.sig', text('x'))],
])('it is found when somebody changed %s', (_, change) => expect(verifyBundle(changed(change)).holds).toBe(false))

const entry = (files: Files, action: string, change: (entry: BundleTrail[number]) => void) => {
  const trail = read<BundleTrail>(files, 'audit.json')
  for (const one of trail.filter((found) => found.action === action)) change(one)
  write(files, 'audit.json', trail)
}
const signing = (files: Files, change: (state: BundleSignatures) => void) => {
  const state = read<BundleSignatures>(files, 'signatures.json')
  change(state)
  write(files, 'signatures.json', state)
}

test.each<[string, (files: Files) => void, string]>([
  ['a signer', (files) => signing(files, (state) => Object.assign(state.signatures[0]!, { accountId: v7() })), 'no-entry'],
  ['who has signed', (files) => signing(files, (state) => void state.signatures.pop()), 'region-unsigned'],
  [
    'what was signed',
    (files) => signing(files, (state) => Object.assign(state.signatures[0]!, { contentHash: 'a'.repeat(64) })),
    'signed-other-content',
  ],
  [
    'the text, in the data too',
    (files) => {
      const data = read<{ document: unknown }>(files, 'minutes.json')
      data.document = JSON.parse(canonicalJson(data.document).replace('十二', '二十'))
      write(files, 'minutes.json', data)
      files['document.json'] = text(canonicalJson(data.document))
    },
    'other-content',
  ],
  ['the number of the paper', (files) => put(files, 'form.json', text(strFromU8(files['form.json']!).replace('3', '4'))), 'other-form'],
  ['what stands around the text, by taking it out', (files) => void delete files['form.json'], 'other-form'],
  [
    'that a form was signed',
    (files) => {
      delete files['form.json']
      signing(files, (state) => Object.assign(state, { formHash: null }))
    },
    'no-entry',
  ],
  ['the data', (files) => put(files, 'minutes.json', text(strFromU8(files['minutes.json']!).replaceAll('十二', '二十'))), 'other-content'],
  ['a name in the trail', (files) => entry(files, 'minutes:sign', (one) => Object.assign(one, { actorName: '别人' })), 'changed-entry'],
  [
    'when something was done',
    (files) => entry(files, 'minutes:lock', (one) => Object.assign(one, { at: '2020-01-01T00:00:00.000Z' })),
    'changed-entry',
  ],
  [
    'the trail, by taking the lock out',
    (files) =>
      write(
        files,
        'audit.json',
        read<BundleTrail>(files, 'audit.json').filter(({ action }) => action !== 'minutes:lock'),
      ),
    'no-entry',
  ],
  [
    'the trail, by turning it round',
    (files) => write(files, 'audit.json', read<BundleTrail>(files, 'audit.json').reverse()),
    'broken-link',
  ],
  ['the trail, so that it cannot be read', (files) => put(files, 'audit.json', text('{')), 'bad-file'],
])('it is found when somebody changed %s and made the manifest anew', async (_, change, problem) => {
  const zip = forged(change)
  expect(problemsOf(zip)).toContain(problem)
  expect(problemsOf(zip)).not.toContain('bad-seal')
})

test('whoever makes everything anew is found by the fingerprint alone', async () => {
  const zip = forged(() => {})
  expect(problemsOf(zip)).toEqual([])
  const { fingerprint } = await nanxun.get<{ fingerprint: string }>('/api/bundle-key')
  expect(problemsOf(zip, fingerprint)).toEqual(['other-key'])
  expect(problemsOf(bundle, fingerprint.replaceAll('-', ' ').toUpperCase())).toEqual([])
})

test.each([
  ['nothing', new Uint8Array()],
  ['no zip', text('PK no')],
  ['a zip of something else', zipSync({ 'a.txt': text('a') })],
  ['a manifest of something else', zipSync({ 'manifest.json': text('[]'), __proto__: text('x') })],
])('%s is no bundle', (_, bytes) => expect(problemsOf(bytes)).toEqual(['not-a-bundle']))

test('the command says in both languages what holds and what does not, and ends with 1 when something does not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'yishi-bundle-'))
  const verify = async (bytes: Uint8Array, ...options: string[]) => {
    await writeFile(join(folder, 'bundle.zip'), bytes)
    return new Promise<{ code: number; output: string }>((resolve) =>
      execFile(process.execPath, ['server/cli/verify.ts', join(folder, 'bundle.zip'), ...options], (error, stdout, stderr) =>
        resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }),
      ),
    )
  }
  try {
    const good = await verify(bundle)
    expect(good).toMatchObject({ code: 0, output: expect.stringMatching(/未被改动。· Nothing was changed\.\n$/) })
    expect(good.output).toContain('沈秘书')
    const bad = await verify(changed((files) => put(files, 'minutes.md', text('别的'))))
    expect(bad).toMatchObject({ code: 1, output: expect.stringContaining('✗ 文件被改动 · a file was changed: minutes.md') })
    expect((await verify(bundle, '--key', '0000')).code).toBe(1)
    expect((await verify(bundle, '--no-such-option')).output).toContain('npm run verify')
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('only those who keep the minutes take the trail out, and that they did is in the trail', async () => {
  const path = bundlePath(meetingId)
  const other = await makeMeeting(nanxun)
  for (const role of ['member', 'observer', 'citizen'] as const)
    expect((await (await app.person({ grants: [inMeeting(role, meetingId)] })).fetch(path)).status).toBe(403)
  expect((await (await app.person({ grants: [inMeeting('recorder', other.id)] })).fetch(path)).status).toBe(403)
  expect((await app.stranger().fetch(path)).status).toBe(401)
  expect((await nanxun.fetch(bundlePath(v7()))).status).toBe(404)
  expect((await nanxun.fetch(bundlePath('x'))).status).toBe(400)
  await app.services.audit.sealAll()
  const taken = await app.services.audit.entriesOf(meetingId, ['export:bundle'])
  expect(taken).toMatchObject([{ actorName: '沈秘书', details: { sha256: createHash('sha256').update(bundle).digest('hex') } }])
})
