import { execFile } from 'node:child_process'
import { access, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import type { Me } from '../shared/identity.ts'
import { eventually } from './support/eventually.ts'
import { freePort, type Program, spawnProgram, startProgram } from './support/program.ts'

const root = join(import.meta.dirname, '..')

const adminPassword = 'the password of the administrator'

let dataDir: string
const running: Program[] = []

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'yishi-boots-'))
})
afterEach(async () => {
  for (const program of running.splice(0)) await program.stop()
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
})

const settings = async () => ({ dataDir, port: await freePort(), env: { TRIAL: 'false', ADMIN_PASSWORD: adminPassword } })

async function start(): Promise<Program> {
  const program = await startProgram(await settings())
  running.push(program)
  return program
}

/** Runs the program until it ends by itself. */
function runToEnd(env: Record<string, string>): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const settings = {
    PATH: process.env.PATH ?? '',
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    MEDIA_PORT: '0',
    MEDIA_WORKERS: '1',
    MEDIASOUP_WORKER_BIN: inject('mediaWorkerBinary'),
    TRIAL: 'false',
    ...env,
  }
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [join(root, 'server/main.ts')],
      { cwd: root, env: settings, timeout: 40_000 },
      (_error, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }),
    )
  })
}

async function signIn({ url }: Program): Promise<string> {
  const body = JSON.stringify({ username: 'admin', password: adminPassword })
  const response = await fetch(`${url}/api/auth/sign-in/username`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  expect(response.status).toBe(200)
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

const nameOf = async ({ url }: Program, cookie: string) =>
  ((await (await fetch(`${url}/api/me`, { headers: { cookie } })).json()) as Me).account?.username

test('it starts on an empty folder, answers, stops cleanly when told to, and keeps everything for the next start', {
  timeout: 180_000,
}, async () => {
  const first = await start()
  expect(await (await fetch(`${first.url}/readyz`)).json()).toEqual({ ok: true })
  expect((await fetch(`${first.url}/healthz`)).status).toBe(200)
  expect(await (await fetch(`${first.url}/metrics`)).text()).toContain('yishi_sockets')
  const cookie = await signIn(first)
  expect(await first.stop()).toEqual({ code: 0, signal: null })
  await expect(fetch(`${first.url}/healthz`)).rejects.toThrow()

  const second = await start()
  expect(await nameOf(second, cookie)).toBe('admin')
  await signIn(second)
  expect(await second.stop()).toEqual({ code: 0, signal: null })

  const third = spawnProgram(await settings())
  running.push(third)
  const databaseRuns = join(dataDir, 'postgres/postmaster.pid')
  await eventually(() => access(databaseRuns), { timeoutMs: 60_000, everyMs: 5 })
  expect(await third.stop(), 'told to stop while it starts').toEqual({ code: 0, signal: null })
  await expect(access(databaseRuns)).rejects.toThrow('ENOENT')
})

test('a bad setting stops it before it touches anything, with the name of the setting', async () => {
  const { code, stdout, stderr } = await runToEnd({ PORT: 'eighty', LOG_LEVEL: 'loud' })
  expect(code).toBe(1)
  expect(stderr).toMatch(/^ {2}PORT: .*\n {2}LOG_LEVEL: .*/m)
  expect(stderr).not.toMatch(/^\s+at /m)
  expect(stdout).toBe('')
  expect(await readdir(dataDir)).toEqual([])
})

test('a second program on the folder or on the port of a first says so and ends, and the first goes on', { timeout: 180_000 }, async () => {
  const first = await start()
  const otherDir = await mkdtemp(join(tmpdir(), 'yishi-boots-'))
  const [onFolder, onPort] = await Promise.all([
    runToEnd({ PORT: String(await freePort()) }),
    runToEnd({ PORT: new URL(first.url).port, DATA_DIR: otherDir }),
  ])
  await rm(otherDir, { recursive: true, force: true })
  expect(onFolder.code).toBe(1)
  expect(onFolder.stderr).toContain(dataDir)
  expect(onFolder.stderr.trim().split('\n')).toHaveLength(1)
  expect(onPort.code).toBe(1)
  expect(onPort.stderr).toContain(new URL(first.url).port)
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200)
})

test('a database that is not there stops it with one line', async () => {
  const { code, stderr } = await runToEnd({ DATABASE_URL: `postgresql://nobody:hunter2@127.0.0.1:${await freePort()}/nothing` })
  expect(code).toBe(1)
  expect(stderr).toContain('DATABASE_URL')
  expect(stderr).not.toMatch(/^\s+at /m)
  expect(stderr).not.toContain('hunter2')
})
