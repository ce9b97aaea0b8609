import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { PassThrough } from 'node:stream'
import { promisify } from 'node:util'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type EmbeddedPostgres, type PostgresConnection, startEmbeddedPostgres } from '../../server/db/embedded.ts'
import { eventually } from '../support/eventually.ts'

// Creating a cluster is a thousand small files, which a busy disk may take its time for.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const holderScript = new URL('./holder.ts', import.meta.url).pathname
const draftPattern = /\.initdb-\d+$/

const run = promisify(execFile)

let template: string
let base: string
let folder: string
let lines: { level: number; msg: string }[]
let undo: (() => unknown)[]

beforeAll(async () => {
  template = await mkdtemp(join(tmpdir(), 'yishi-template-'))
  const made = await startEmbeddedPostgres({ folder: join(template, 'postgres'), log: pino({ level: 'silent' }), durable: false })
  await made.close()
})
afterAll(() => rm(template, { recursive: true, force: true }))

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'yishi-embedded-'))
  folder = join(base, 'data', 'postgres')
  await mkdir(join(base, 'data'))
  await run('cp', ['-a', join(template, 'postgres'), folder])
  lines = []
  undo = [() => rm(base, { recursive: true, force: true })]
})
afterEach(async () => {
  for (const step of undo.reverse()) await step()
})

async function start(options: { durable?: boolean; folder?: string } = {}): Promise<EmbeddedPostgres> {
  const sink = new PassThrough()
  createInterface({ input: sink }).on('line', (line) => lines.push(JSON.parse(line)))
  const started = await startEmbeddedPostgres({ folder, log: pino({ level: 'trace' }, sink), durable: false, ...options })
  undo.push(started.close)
  return started
}

async function query<Row extends pg.QueryResultRow>(connection: PostgresConnection, statement: string): Promise<Row[]> {
  const client = new pg.Client(connection)
  client.on('error', () => undefined)
  await client.connect()
  return await client
    .query<Row>(statement)
    .then(({ rows }) => rows)
    .finally(() => client.end().catch(() => undefined))
}

const notes = async (connection: PostgresConnection) =>
  (await query<{ text: string }>(connection, 'select text from note')).map(({ text }) => text)
const show = async (connection: PostgresConnection, setting: string) =>
  Object.values((await query(connection, `show ${setting}`))[0] ?? {})[0]
const postmasterPid = async () => Number((await readFile(join(folder, 'postmaster.pid'), 'utf8')).split('\n')[0])
const isAlive = (pid: number) => existsSync(`/proc/${pid}/cwd`)
const uidOf = async (pid: number) => (await stat(`/proc/${pid}`)).uid

/** A program of its own process group that holds the folder; `told` is what it says first: its connection, or why it failed. */
function startProgram(user: { uid?: number; gid?: number } = {}) {
  const program = spawn(process.execPath, [holderScript, folder], { stdio: ['ignore', 'pipe', 'ignore'], detached: true, ...user })
  undo.push(() => program.kill('SIGKILL'))
  undo.push(async () => program.kill('SIGTERM') && (await ended(program)))
  const told = new Promise<string>((resolve) => createInterface({ input: program.stdout }).once('line', resolve))
  return { program, told, connection: async () => JSON.parse(await told) as PostgresConnection }
}

const ended = (child: ChildProcess) =>
  new Promise<void>((resolve) => (child.exitCode === null && child.signalCode === null ? child.once('exit', () => resolve()) : resolve()))

async function kill(child: ChildProcess) {
  child.kill('SIGKILL')
  await ended(child)
}

describe('an embedded PostgreSQL', () => {
  test('is created on first use, answers, and finds Chinese text by its characters', async () => {
    folder = join(base, 'fresh', 'postgres')
    const { connection } = await start()
    expect(await show(connection, 'server_encoding')).toBe('UTF8')
    await query(connection, 'create extension pg_trgm')
    const [found] = await query<{ trigrams: string[] }>(connection, `select show_trgm('协商') as trigrams`)
    expect(found?.trigrams).not.toEqual([])
  })

  test('keeps its data from one run to the next', async () => {
    const first = await start()
    await query(first.connection, `create table note as select 'kept' as text`)
    await first.close()
    const second = await start()
    expect(await notes(second.connection)).toEqual(['kept'])
  })

  test('is durable whatever its folder says', async () => {
    const { connection, close } = await start({ durable: true })
    for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums']) {
      expect(await show(connection, setting), setting).toBe('on')
    }
    await query(connection, 'alter system set fsync = off')
    await close()
    expect(await show((await start({ durable: true })).connection, 'fsync')).toBe('on')
  })

  test('gives up durability only for throwaway clusters', async () => {
    const { connection } = await start({ durable: false })
    expect(await show(connection, 'fsync')).toBe('off')
  })

  test('opens no TCP port, and a socket only for its own user', async () => {
    const { connection } = await start()
    expect(await show(connection, 'listen_addresses')).toBe('')
    expect(await listeningTcpSockets(await postmasterPid())).toEqual([])
    expect((await stat(connection.host)).mode & 0o777).toBe(0o700)
  })

  test('never runs as root', async () => {
    await start()
    const pid = await postmasterPid()
    expect(await uidOf(pid)).toBe(65_534)
    expect((await stat(folder)).uid).toBe(65_534)
  })

  test('runs as the unprivileged user that the folder belongs to', async () => {
    folder = join(base, 'fresh', 'postgres')
    await mkdir(folder, { recursive: true })
    await chown(folder, 4_321, 4_322)
    await start()
    expect(await uidOf(await postmasterPid())).toBe(4_321)
    expect((await stat(folder)).uid).toBe(4_321)
  })

  test('runs as the user of the program when that is not root', async () => {
    await chmod(base, 0o755)
    folder = join(base, 'fresh', 'postgres')
    await mkdir(dirname(folder))
    await chown(dirname(folder), 1, 1)
    const { connection } = startProgram({ uid: 1, gid: 1 })
    expect(await notes(await connection())).toEqual(['committed'])
    expect(await uidOf(await postmasterPid())).toBe(1)
  })

  test('refuses the folder of another user with the way out', async () => {
    await chmod(base, 0o777)
    await chmod(join(base, 'data'), 0o777)
    const { told } = startProgram({ uid: 4_321, gid: 4_321 })
    expect(await told).toMatch(/belongs to user 65534 but the program runs as user 4321: run it as user 65534 or root/)
  })

  test('puts its socket into a short private folder when the path of its own is too long for one', async () => {
    const { connection, close } = await start({ folder: join(base, 'long'.repeat(30), 'postgres') })
    undo.push(() => rm(connection.host, { recursive: true, force: true }))
    expect(connection.host.length).toBeLessThan(90)
    expect((await stat(connection.host)).mode & 0o777).toBe(0o700)
    expect(await show(connection, 'server_version_num')).toMatch(/^18/)
    await close()
  })

  test('writes into the log of the program, without what people entered', async () => {
    const { connection, close } = await start()
    await query(connection, 'create table private (entry text primary key)')
    await query(connection, `insert into private values ('secret words')`)
    await expect(query(connection, `insert into private values ('secret words')`)).rejects.toThrow('duplicate key')
    await close()
    const said = (level: number) => lines.filter((line) => line.level === level).map((line) => line.msg)
    expect(said(30)).toContain('database system is ready to accept connections')
    expect(said(40)).toEqual(['duplicate key value violates unique constraint "private_pkey"'])
    expect(said(50)).toEqual([])
    expect(JSON.stringify(lines)).not.toContain('secret words')
  })

  test('closes as often as asked and leaves nothing running', async () => {
    const { close } = await start()
    const pid = await postmasterPid()
    await Promise.all([close(), close()])
    await close()
    expect(isAlive(pid)).toBe(false)
    expect(await readdir(join(base, 'data'))).toEqual(['postgres'])
  })
})

describe('a program that was killed', () => {
  test('leaves its database running, and the next start takes it over with every committed row', async () => {
    const { program, connection } = startProgram()
    await connection()
    const orphan = await postmasterPid()
    await kill(program)
    expect(isAlive(orphan)).toBe(true)
    const next = await start()
    expect(await notes(next.connection)).toEqual(['committed'])
    expect(isAlive(orphan)).toBe(false)
  })

  test('with its database loses no committed row', async () => {
    const { program, connection } = startProgram()
    await connection()
    const pid = await postmasterPid()
    await kill(program)
    process.kill(pid, 'SIGKILL')
    expect(await notes((await start()).connection)).toEqual(['committed'])
  })

  test('while it created the folder leaves nothing that the next start trips over', async () => {
    folder = join(base, 'fresh', 'postgres')
    const { program } = startProgram()
    await eventually(async () => (await readdir(dirname(folder))).some((entry) => draftPattern.test(entry)))
    await kill(program)
    const { connection } = await start()
    expect(await show(connection, 'server_version_num')).toMatch(/^18/)
    await eventually(async () => !(await readdir(dirname(folder))).some((entry) => draftPattern.test(entry)))
  })

  test('while PostgreSQL was starting leaves a folder that the next start can use', async () => {
    const { program } = startProgram()
    await eventually(() => existsSync(join(folder, 'postmaster.pid')), { everyMs: 1, timeoutMs: 20_000 })
    await kill(program)
    expect(await show((await start()).connection, 'server_version_num')).toMatch(/^18/)
  })

  test('while PostgreSQL was stopping does not hold up the next start', async () => {
    const { program, connection } = startProgram()
    await connection()
    process.kill(await postmasterPid(), 'SIGTERM')
    await kill(program)
    expect(await notes((await start()).connection)).toEqual(['committed'])
  })

  test('is succeeded by exactly one of two that start at once', async () => {
    const { program, connection } = startProgram()
    await connection()
    await kill(program)
    const results = await Promise.all([startProgram().told, startProgram().told])
    expect(results.filter((told) => told.startsWith('{'))).toHaveLength(1)
    expect(results.filter((told) => told.includes('already running'))).toHaveLength(1)
  })

  test('may leave a postmaster.pid whose number belongs to somebody else since', async () => {
    const other = spawn('sleep', ['60'], { uid: 65_534, gid: 65_534, stdio: 'ignore' })
    undo.push(() => kill(other))
    await writeFile(join(folder, 'postmaster.pid'), `${other.pid}\n/proc/self/cwd\n1\n5432\n/proc/self/cwd\n\n 1 1\nready   \n`)
    expect(await show((await start()).connection, 'server_version_num')).toMatch(/^18/)
    expect(other.exitCode).toBe(null)
  })

  test('may leave a lock file whose number belongs to somebody else since, or half a file', async () => {
    for (const left of [JSON.stringify({ pid: process.pid, identity: 'an earlier life', closing: false }), '{"pid":']) {
      await writeFile(`${folder}.lock`, left)
      await (await start()).close()
    }
  })
})

describe('a second program on the folder', () => {
  test('is refused and says which one runs', async () => {
    const { program, connection } = startProgram()
    await connection()
    await expect(start()).rejects.toMatchObject({ reason: 'already-running', message: expect.stringContaining(`pid ${program.pid}`) })
    expect(await notes(await connection())).toEqual(['committed'])
  })

  test('is refused within one process too, by any name of the folder', async () => {
    await start()
    await expect(start({ folder: join(base, 'data', '..', 'data', 'postgres') })).rejects.toMatchObject({ reason: 'already-running' })
  })

  test('is refused by the database when the lock file has gone', async () => {
    const { connection } = startProgram()
    await connection()
    await rm(`${folder}.lock`)
    await expect(start()).rejects.toThrow(/Another program \(yishi program, pid \d+\) is already running/)
    expect(await notes(await connection())).toEqual(['committed'])
  })

  test('waits for one that is just closing', async () => {
    const { program, connection } = startProgram()
    await connection()
    program.kill('SIGTERM')
    await eventually(async () => (await readFile(`${folder}.lock`, 'utf8').catch(() => '"closing":true')).includes('"closing":true'), {
      everyMs: 1,
    })
    expect(await notes((await start()).connection)).toEqual(['committed'])
  })
})

describe('a folder that is not ours to open', () => {
  test.each([
    ['older', '9', 'older-major'],
    ['newer', '99', 'newer-major'],
  ])('of a PostgreSQL that is %s is refused with the way to move its data', async (_, version, reason) => {
    await writeFile(join(folder, 'PG_VERSION'), `${version}\n`)
    await expect(start()).rejects.toMatchObject({ reason, message: expect.stringMatching(/^[^\n]*pg_dumpall[^\n]*db:shell[^\n]*$/) })
    expect(await readFile(join(folder, 'PG_VERSION'), 'utf8')).toBe(`${version}\n`)
    expect(existsSync(`${folder}.lock`)).toBe(false)
  })

  test('because it holds other files is refused and left alone', async () => {
    folder = join(base, 'fresh', 'postgres')
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'holiday.txt'), 'sea')
    await expect(start()).rejects.toMatchObject({ reason: 'foreign-folder' })
    expect(await readdir(folder)).toEqual(['holiday.txt'])
  })
})

describe('supervision', () => {
  test('restarts a PostgreSQL that was killed, and keeps the folder claimed', async () => {
    const { connection } = await start()
    await query(connection, `create table note as select 'kept' as text`)
    const killed = await postmasterPid()
    process.kill(killed, 'SIGKILL')
    await eventually(async () => expect(await postmasterPid()).not.toBe(killed), { timeoutMs: 15_000 })
    expect(await eventually(() => notes(connection), { timeoutMs: 15_000 })).toEqual(['kept'])
    await expect(start()).rejects.toMatchObject({ reason: 'already-running' })
  })

  test('claims the folder again after one of its sessions crashed', async () => {
    const { connection } = await start()
    const [session] = await query<{ pid: number }>(
      connection,
      `select pid from pg_stat_activity where application_name like 'yishi program%'`,
    )
    process.kill(session?.pid ?? 0, 'SIGKILL')
    const isClaimed = async () => (await query(connection, `select from pg_locks where locktype = 'advisory' and granted`)).length === 1
    await eventually(async () => expect(await isClaimed()).toBe(true), { timeoutMs: 15_000 })
    await rm(`${folder}.lock`)
    await expect(start()).rejects.toMatchObject({ reason: 'already-running' })
  })

  test('can be closed in the middle of a restart', async () => {
    const { close } = await start()
    process.kill(await postmasterPid(), 'SIGKILL')
    await close()
    expect(existsSync(`${folder}.lock`)).toBe(false)
    expect(await show((await start()).connection, 'server_version_num')).toMatch(/^18/)
  })

  test('keeps the database out of reach of Ctrl-C until the program has finished with it', async () => {
    const { program, connection } = startProgram()
    await connection()
    process.kill(-(program.pid ?? 0), 'SIGINT')
    expect(await notes(await connection())).toEqual(['committed'])
    program.kill('SIGTERM')
    await ended(program)
    expect(existsSync(join(folder, 'postmaster.pid'))).toBe(false)
  })
})

/** The TCP sockets on which a process listens, from proc(5): state 0A is LISTEN, the tenth field the inode. */
async function listeningTcpSockets(pid: number): Promise<string[]> {
  const descriptors = await readdir(`/proc/${pid}/fd`)
  const targets = await Promise.all(descriptors.map((descriptor) => readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '')))
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/${pid}/net/${name}`, 'utf8').catch(() => '')))
  const rows = tables
    .join('\n')
    .split('\n')
    .map((row) => row.trim().split(/\s+/))
  const listening = rows.filter((row) => row[3] === '0A').map((row) => `socket:[${row[9]}]`)
  return listening.filter((socket) => targets.includes(socket))
}
