import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startEmbeddedPostgres } from '../../server/db/embedded.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const shellScript = new URL('../../server/cli/db-shell.ts', import.meta.url).pathname
let dataDir: string

const start = () => startEmbeddedPostgres({ folder: join(dataDir, 'postgres'), log: pino({ level: 'silent' }), durable: false })

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'yishi-shell-'))
  await (await start()).close()
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

/** With a PATH that holds Node alone there is no psql, as on a machine with nothing else installed. */
async function shell(typed: string, { args = [] as string[], env = {} } = {}) {
  const environment = { PATH: join(dataDir, 'no-programs'), DATA_DIR: dataDir, ...env }
  const child = spawn(process.execPath, [shellScript, ...args], { env: environment })
  child.stdin.end(typed)
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [said, complained, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { said, complained, code }
}

describe('the database shell', () => {
  test('starts the embedded database for its own time, and draws tables', async () => {
    const { said, code } = await shell(
      `create table 议题 (名字 text);\ninsert into 议题\nvalues ('渡口');\nselect * from 议题;\n\\dt\n\\q\nnonsense;`,
    )
    expect(said).toContain('名字\n----\n渡口\n(1 row)')
    expect(said).toMatch(/public \| 议题 \| BASE TABLE/)
    expect(code).toBe(0)
    await (await start()).close()
  })

  test('joins the database of a running program and leaves it running', async () => {
    const program = await start()
    expect((await shell('', { args: ['-c', 'select 40 + 2 as answer'] })).said).toContain('answer\n------\n42')
    expect((await shell('select 1;')).code).toBe(0)
    await program.close()
  })

  test('hands over to psql where there is one, with the password out of sight', async () => {
    const programs = join(dataDir, 'programs')
    await mkdir(programs)
    await writeFile(join(programs, 'psql'), '#!/bin/sh\necho "$PGPASSWORD: $@"; exit 3\n', { mode: 0o755 })
    const env = { PATH: programs, DATABASE_URL: 'postgresql://li:pass%20word@db.example/yishi' }
    const { said, code } = await shell('', { args: ['-f', 'a.sql'], env })
    expect({ said, code }).toEqual({ said: 'pass word: -d postgresql://li@db.example/yishi -f a.sql\n', code: 3 })
  })

  test('tells scripts that a statement failed', async () => {
    const { complained, code } = await shell('selct 1;')
    expect(complained).toContain('ERROR: syntax error at or near "selct"')
    expect(code).toBe(1)
  })

  test('says in one line what is wrong with a setting', async () => {
    const { complained, code } = await shell('', { env: { DATABASE_URL: 'mysql://x' } })
    expect(complained).toContain('DATABASE_URL')
    expect(complained).not.toContain('    at ')
    expect(code).toBe(1)
  })
})
