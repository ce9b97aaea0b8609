import { X509Certificate } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { get } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadConfig } from '../../server/config.ts'
import { readTls, selfMadeTls } from '../../server/transport/tls.ts'
import { startApp } from '../support/app.ts'

const at = new Date('2026-11-23T06:00:00.000Z')
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yishi-tls-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('a certificate of our own names this machine, is kept, and is made anew once it has run out', async () => {
  const first = await selfMadeTls(folder, at)
  const certificate = new X509Certificate(first.cert)
  expect(certificate.checkHost('localhost')).toBe('localhost')
  expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1')
  expect((await selfMadeTls(folder, at)).cert).toBe(first.cert)
  const later = new Date(Date.parse(certificate.validTo) + 1_000)
  expect((await selfMadeTls(folder, later)).cert).not.toBe(first.cert)
})

test('with a certificate the server speaks HTTPS', async () => {
  const tls = await selfMadeTls(join(folder, 'now'), new Date())
  const app = await startApp({ tls })
  try {
    const { port } = new URL(app.url)
    const status = await new Promise((resolve, reject) => {
      get({ host: '127.0.0.1', port, path: '/healthz', ca: tls.cert }, ({ statusCode }) => resolve(statusCode)).on('error', reject)
    })
    expect(status).toBe(200)
  } finally {
    await app.close()
  }
})

test('a certificate without its key, and one that cannot be read, are named', () => {
  expect(() => loadConfig({ HTTPS_CERT: '/etc/yishi/cert.pem' })).toThrow('HTTPS_KEY')
  expect(() => readTls({ certFile: join(folder, 'none.pem'), keyFile: join(folder, 'none.key') })).toThrow('HTTPS_CERT')
})
