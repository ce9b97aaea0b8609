import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { cpus, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pino } from 'pino'
import { v7 } from 'uuid'
import type { PostgresConnection } from '../../../server/db/embedded.ts'
import { connect } from '../../../server/db/postgres.ts'
import { eventually } from '../../support/eventually.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../../support/meetings.ts'
import { createPeople, type Person } from '../../support/people.ts'
import { freePort } from '../../support/ports.ts'
import { end, firstWord } from '../child.ts'
import { serverProgram } from '../server.ts'
import { type Dialect, hocuspocus, minutes, yWebsocket } from './dialects.ts'
import { createLiveMemory, inspectable } from './live-memory.ts'

/** A server of Yjs documents in a process of its own. */
export type YjsServer = {
  name: string
  port: number
  pid: number
  dialect: Dialect
  /** Makes a document and gives its name. */
  newDocument(): Promise<string>
  /** What the n-th client sends along with its request. */
  headers(client: number): Record<string, string>
  /** What its own process holds on to, in KiB. */
  liveKiB(): Promise<number>
  close(): Promise<void>
}

const require = createRequire(import.meta.url)
const serverCore = '0'
const canPin = spawnSync('taskset', ['-V']).status === 0

/** The servers share one core and the generator has another, where `taskset` is there to say so. */
export const pinGenerator = () => canPin && spawnSync('taskset', ['-a', '-p', '-c', '1', String(process.pid)]).status === 0

/** Gives the generator back every core: what it starts from then on is what people have, a browser for one. */
export const unpinGenerator = () => canPin && spawnSync('taskset', ['-a', '-p', '-c', `0-${cpus().length - 1}`, String(process.pid)])

function startChild(file: string, args: string[], env: Record<string, string> = {}): ChildProcess {
  const [command, before] = canPin ? ['taskset', ['-c', serverCore, process.execPath]] : [process.execPath, []]
  return spawn(command, [...before, inspectable, file, ...args], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Keeps nothing on disk: that is how it is started by its own README. */
export async function startYWebsocket(): Promise<YjsServer> {
  const port = await freePort()
  const program = join(dirname(require.resolve('@y/websocket-server/package.json')), 'dist/server.cjs')
  const child = startChild(program, [], { PORT: String(port), HOST: '127.0.0.1' })
  await eventually(async () => (await fetch(`http://127.0.0.1:${port}/`)).ok, { timeoutMs: 30_000 })
  const { pid } = child as { pid: number }
  return {
    name: '@y/websocket-server',
    port,
    pid,
    dialect: yWebsocket,
    newDocument: async () => v7(),
    headers: () => ({}),
    liveKiB: createLiveMemory(child),
    close: () => end(child),
  }
}

/** On the folder `kept`, which stays, or on a throwaway one. */
export async function startHocuspocus(kept?: string): Promise<YjsServer> {
  const folder = kept ?? (await mkdtemp(join(tmpdir(), 'yishi-bench-')))
  const child = startChild(join(import.meta.dirname, 'hocuspocus.ts'), [join(folder, 'documents.sqlite')])
  const { port } = await firstWord<{ port: number }>(child)
  return {
    name: 'hocuspocus + sqlite',
    port,
    pid: child.pid!,
    dialect: hocuspocus,
    newDocument: async () => v7(),
    headers: () => ({}),
    liveKiB: createLiveMemory(child),
    async close() {
      await end(child)
      if (!kept) await rm(folder, { recursive: true, force: true })
    },
  }
}

/** How many accounts write. Several clients of one account are several pages of one person. */
const accounts = 10

/** On the folder `kept`, which stays, or on a throwaway one. `cookies` are those of a former start on the same folder. */
/** `kept` is a folder of an earlier start; its cookies go on with it, and its port, by which a browser knows its own storage again. */
export async function startOwn(kept?: string, earlier?: { cookies: readonly string[]; port: number }): Promise<YjsServer> {
  const args = earlier ? [String(earlier.port)] : []
  const child = startChild(serverProgram, kept ? [kept, ...args] : [])
  const liveKiB = createLiveMemory(child)
  const { port, postgres } = await firstWord<{ port: number; postgres: PostgresConnection }>(child)
  const secretaries = earlier ? null : await makeSecretaries(port, postgres)
  const known = earlier?.cookies ?? secretaries!.people.map(({ cookie }) => cookie)
  return {
    name: 'yishi + postgresql',
    port,
    pid: child.pid!,
    dialect: minutes,
    async newDocument() {
      if (!secretaries) throw new Error('documents are made at the first start')
      return (await makeMeeting(secretaries.people[0]!, { live: false })).id
    },
    headers: (client) => ({ cookie: known[client % known.length]! }),
    liveKiB,
    async close() {
      await secretaries?.close()
      await end(child)
    },
  }
}

async function makeSecretaries(port: number, postgres: PostgresConnection) {
  const database = connect(postgres, pino({ level: 'silent' }))
  const { person, close } = createPeople(`http://127.0.0.1:${port}`, database.db)
  await addRegions(database)
  const people: Person[] = []
  for (let n = 0; n < accounts; n++) people.push(await person({ name: `秘书${n}`, grants: [inRegion('secretary', districts.nanxun)] }))
  return {
    people,
    async close() {
      close()
      await database.close()
    },
  }
}
