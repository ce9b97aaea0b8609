import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions } from '../support/meetings.ts'

let app: TestApp
let folder: string
const script = `export const words = '${'议事 '.repeat(2_000)}'`
const page = `<!doctype html><title>议事</title><script nonce="__CSP_NONCE__"></script>${'<p>议事</p>'.repeat(200)}`

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yishi-packed-'))
  await mkdir(join(folder, 'assets'))
  for (const name of ['phone.html', 'index.html']) await writeFile(join(folder, name), page)
  await writeFile(join(folder, 'assets/phone-x.js'), script)
  await writeFile(join(folder, 'assets/phone-x.js.br'), brotliCompressSync(script))
  await writeFile(join(folder, 'assets/phone-x.js.gz'), gzipSync(script))
  await writeFile(join(folder, 'assets/small.js'), 'export {}')
  app = await startApp({ clientFolder: folder })
  await addRegions(app)
})
afterAll(async () => {
  await app.close()
  await rm(folder, { recursive: true, force: true })
})

/** As it comes over the line: `fetch` would unpack it. */
async function raw(path: string, encodings: string) {
  const response = await new Promise<import('node:http').IncomingMessage>((resolve, reject) =>
    request(`${app.url}${path}`, { headers: { 'accept-encoding': encodings } }, resolve)
      .on('error', reject)
      .end(),
  )
  const { 'content-encoding': encoding, 'content-type': type, 'cache-control': cache, vary } = response.headers
  return { status: response.statusCode, encoding, type, cache, vary, body: await buffer(response) }
}

const cases = [
  ['br, gzip', 'br', brotliDecompressSync],
  ['gzip, deflate', 'gzip', gunzipSync],
  ['identity', undefined, (body: Buffer) => body],
] as const

test.each(cases)(
  'to a browser that takes %s, a file of the client comes as it was packed when it was built',
  async (takes, encoding, unpack) => {
    const answer = await raw('/assets/phone-x.js', takes)
    expect(answer).toMatchObject({ status: 200, encoding, cache: 'public, max-age=31536000, immutable' })
    expect([answer.type, answer.vary]).toEqual([expect.stringMatching(/javascript/), expect.stringMatching(/Accept-Encoding/)])
    expect(String(unpack(answer.body))).toBe(script)
    if (encoding) expect(answer.body.length).toBeLessThan(script.length / 10)
  },
)

test.each(cases)('to a browser that takes %s, pages and lists come packed on the way', async (takes, encoding, unpack) => {
  const shown = await raw('/s/ABC234', takes)
  expect(shown).toMatchObject({ status: 200, encoding, cache: 'no-store' })
  expect(String(unpack(shown.body))).toContain('<p>议事</p>')
  expect(String(unpack(shown.body))).not.toContain('__CSP_NONCE__')
  const list = await raw('/api/openapi.json', 'identity')
  expect(list.encoding).toBeUndefined()
  const regions = await raw('/api/regions', takes)
  // Too short to be worth it.
  expect([regions.encoding, JSON.parse(String(regions.body))]).toEqual([undefined, [expect.anything(), expect.anything()]])
})

test('what was not packed comes as it is, and nothing outside of the folder comes', async () => {
  expect(await raw('/assets/small.js', 'br')).toMatchObject({ status: 200, encoding: undefined })
  expect(await raw('/assets/none.js', 'br')).toMatchObject({ status: 404 })
  for (const path of ['/assets/..%2fphone.html', '/assets/..%2f..%2fetc%2fpasswd', '/assets/%', '/assets/%00'])
    expect([path, (await raw(path, 'br')).status]).toEqual([path, expect.toSatisfy((status: number) => status >= 400)])
})
