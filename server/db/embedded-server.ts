import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { EmbeddedPostgresError } from './embedded-error.ts'
import type { Cluster } from './embedded-folder.ts'
import { createPostgresLog } from './embedded-log.ts'
import { until } from './embedded-processes.ts'
import { cannotRun, ownPlace, spawnOptions } from './embedded-spawn.ts'

/** Recovery after a crash replays at most max_wal_size; a slow disk gets its time, a hang gets an end. */
const readyTimeoutMs = 120_000
const fastShutdownMs = 20_000
const immediateShutdownMs = 5_000

export type ServerSettings = { durable: boolean; maxConnections: number }
export type PostgresServer = Awaited<ReturnType<typeof startServer>>

/**
 * Starts PostgreSQL on a prepared folder and waits until it takes connections.
 * @throws EmbeddedPostgresError start-failed
 */
export async function startServer(cluster: Cluster, settings: ServerSettings, log: Logger, signal: AbortSignal) {
  let stopping = false
  const said = createPostgresLog(log, () => stopping)
  const child = spawn(join(cluster.binaries.root, 'native/bin/postgres'), commandLine(cluster, settings), {
    ...spawnOptions(cluster.binaries, cluster.owner, cluster.folder),
    stdio: ['ignore', 'ignore', 'pipe'],
    // A process group of its own: Ctrl-C on the terminal reaches the program, which still needs its database to finish.
    detached: true,
  })
  child.stderr.setEncoding('utf8').on('data', said.write)
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const isRunning = () => child.exitCode === null && child.signalCode === null
  await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject)).catch(cannotRun)
  // A program that ends without closing still takes its database along; only SIGKILL leaves it behind.
  const stopWithProgram = () => child.kill('SIGINT')
  process.once('exit', stopWithProgram)
  void exited.then(() => process.off('exit', stopWithProgram))

  /** Ordinary shutdown, then without a checkpoint, then by force; each is safe, the later ones cost a recovery. */
  async function stop(): Promise<void> {
    stopping = true
    const steps = [
      ['SIGINT', fastShutdownMs],
      ['SIGQUIT', immediateShutdownMs],
      ['SIGKILL', immediateShutdownMs],
    ] as const
    for (const [kill, timeoutMs] of steps) {
      if (!isRunning()) return
      child.kill(kill)
      if (await until(() => !isRunning(), { timeoutMs })) return
      log.warn({ kill }, 'PostgreSQL does not stop')
    }
  }

  /** The status of a file left by an earlier server must not pass for ours. */
  const isReady = async () => {
    const postmaster = await readPostmaster(cluster.folder)
    return isRunning() && postmaster?.pid === child.pid && postmaster?.status === 'ready'
  }
  await until(async () => !isRunning() || (await isReady()), { timeoutMs: readyTimeoutMs, signal })
  if (await isReady()) return { exited, isRunning, stop }
  await stop()
  throw new EmbeddedPostgresError('start-failed', `PostgreSQL did not start on ${cluster.folder}: ${said.lastWords()}`)
}

/** Given on the command line, because there nothing written into the folder can override it. */
function commandLine(cluster: Cluster, { durable, maxConnections }: ServerSettings): string[] {
  const safe = durable ? 'on' : 'off'
  const own = ownPlace(cluster.folder)
  const settings = {
    listen_addresses: '',
    port: 5432,
    unix_socket_directories: cluster.socketFolder === cluster.folder ? own : cluster.socketFolder,
    unix_socket_permissions: '0700',
    fsync: safe,
    full_page_writes: safe,
    // Free without fsync, and then a throwaway cluster too survives the death of its processes.
    synchronous_commit: 'on',
    max_connections: maxConnections,
    // A guest on the machine of a county office: about 40 MB when idle.
    shared_buffers: '64MB',
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    effective_cache_size: '512MB',
    max_wal_size: '512MB',
    io_method: 'sync',
    max_worker_processes: 4,
    max_parallel_workers_per_gather: 0,
    autovacuum_max_workers: 2,
    autovacuum_worker_slots: 2,
    timezone: 'UTC',
    // English for the parser of the log; terse and without statements, because they quote what citizens wrote.
    lc_messages: 'C',
    log_destination: 'stderr',
    logging_collector: 'off',
    log_line_prefix: '',
    log_min_messages: 'warning',
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    log_checkpoints: 'off',
    cluster_name: 'yishi',
  }
  return ['-D', own, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

/** What a server has written about itself in its postmaster.pid. */
export type Postmaster = { pid: number; socketFolder: string; status: string }

/** The file has eight lines: pid, folder, start, port, socket folder, address, shared memory key, status. */
export async function readPostmaster(folder: string): Promise<Postmaster | undefined> {
  const file = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => undefined)
  const lines = file?.split('\n').map((line) => line.trim())
  const pid = Number(lines?.[0])
  if (!lines || !Number.isSafeInteger(pid) || pid < 1) return undefined
  const socketFolder = !lines[4] || lines[4] === ownPlace(folder) ? folder : lines[4]
  return { pid, socketFolder, status: lines[7] ?? '' }
}
