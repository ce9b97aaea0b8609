import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'

export type Kind = 'own' | 'socketio' | 'ws'
export type ServerProcess = Awaited<ReturnType<typeof startServer>>

/** What the server's process answers when asked for its memory, after a collection. */
export type Memory = { rss: number; live: number }
export type Started = { port: number; meetingId: string }

/** Ticks of /proc/<pid>/stat: 100 a second on every Linux that Node runs on (sysconf(_SC_CLK_TCK)). */
const microsecondsPerTick = 10_000

/** Servers on one core and their clients on another, so that neither takes the other's time; not where there is one core only. */
export const cores = { servers: 0, clients: 1 }
export const canPin = () => {
  try {
    execFileSync('taskset', ['-V'], { stdio: 'ignore' })
    return availableParallelism() > 1
  } catch {
    return false
  }
}

/** This process, with all its threads. */
export const pinSelf = (core: number) => void execFileSync('taskset', ['-a', '-c', '-p', String(core), String(process.pid)])

type ServerOptions = { pinned: boolean; dataDir: string; meetingId?: string; flags?: string[] }

/** A server in a process of its own, and whatever it starts itself, such as its database, on the servers' core. */
export async function startServer(kind: Kind, { pinned, dataDir, meetingId = '', flags = [] }: ServerOptions) {
  const node = [process.execPath, ...flags, join(import.meta.dirname, 'server.ts'), kind, dataDir, meetingId]
  const [command, ...args] = pinned ? ['taskset', '-c', String(cores.servers), ...node] : node
  const child = spawn(command!, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const started = (await answer(child)) as Started
  return {
    ...started,
    kind,
    /** Microseconds of CPU that the server and all its children have used. */
    cpu: () => cpuOf(child.pid!),
    async memory(): Promise<Memory> {
      child.send('memory')
      return (await answer(child)) as Memory
    },
    async close() {
      child.send('close')
      await once(child, 'exit')
    },
  }
}

async function answer(child: ChildProcess): Promise<unknown> {
  const abort = new AbortController()
  const ended = once(child, 'exit', { signal: abort.signal }).then(([code]) => {
    throw new Error(`the server ended with ${code}`)
  })
  const [message] = await Promise.race([once(child, 'message'), ended])
  ended.catch(() => {})
  abort.abort()
  return message
}

/** The CPU time of a process and all that descend from it, with those of its children that have ended. */
function cpuOf(root: number): number {
  const stats = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? statOf(Number(name)) : []))
  const family = new Set([root])
  for (let before = 0; before < family.size; ) {
    before = family.size
    for (const { pid, parent } of stats) if (family.has(parent)) family.add(pid)
  }
  return stats.filter(({ pid }) => family.has(pid)).reduce((sum, { ticks }) => sum + ticks, 0) * microsecondsPerTick
}

function statOf(pid: number): { pid: number; parent: number; ticks: number }[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The name stands in brackets and may hold anything; see proc_pid_stat(5) for what follows.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0)
    return [{ pid, parent: Number(fields[1]), ticks }]
  } catch {
    // It ended between the listing and the reading.
    return []
  }
}
