import { execFile } from 'node:child_process'
import { readFile, readlink } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A user that a process is to run as; undefined means the user of this program. */
export type ProcessOwner = { uid: number; gid: number } | undefined

/**
 * Names one life of one process: a pid that was given to somebody else since, or a reboot, changes it.
 * @returns undefined when the process is dead (or only waits to be reaped)
 */
export async function processIdentity(pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') return identityFromPs(pid)
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  if (stat === undefined) return undefined
  // The second field is the command in parentheses and may hold anything, so fields are counted after it (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state, startTicks] = [fields[0] ?? 'X', fields[19]]
  if ('ZX'.includes(state)) return undefined
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')
  return `${boot.trim()} ${startTicks}`
}

async function identityFromPs(pid: number): Promise<string | undefined> {
  const shown = await run('ps', ['-o', 'state=,lstart=', '-p', String(pid)]).catch(() => undefined)
  const [state, ...started] = (shown?.stdout ?? '').trim().split(/\s+/)
  return state && !state.startsWith('Z') ? started.join(' ') : undefined
}

/** Whether that process is alive and is a PostgreSQL that works in the given folder. */
export async function isPostgresOn(pid: number, folder: string): Promise<boolean> {
  if ((await processIdentity(pid)) === undefined) return false
  if (process.platform === 'linux') return (await readlink(`/proc/${pid}/cwd`).catch(() => '')) === folder
  const shown = await run('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => undefined)
  return shown?.stdout.includes(`postgres -D ${folder}`) ?? false
}

/** Asks until the answer is yes. @returns whether it was, within the time */
export async function until(
  check: () => Promise<boolean> | boolean,
  { timeoutMs, everyMs = 10, signal }: { timeoutMs: number; everyMs?: number; signal?: AbortSignal | undefined },
): Promise<boolean> {
  const deadline = performance.now() + timeoutMs
  while (!(await check())) {
    if (performance.now() > deadline || signal?.aborted) return false
    await delay(everyMs)
  }
  return true
}
