import { rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { claimDatabase } from './embedded-claim.ts'
import { EmbeddedPostgresError } from './embedded-error.ts'
import { alreadyRunning } from './embedded-lock.ts'
import { isPostgresOn, processIdentity, until } from './embedded-processes.ts'
import { type Postmaster, readPostmaster } from './embedded-server.ts'

/**
 * Clears what a killed program left: a running server is taken over and shut down in the ordinary way, so that the next one
 * is our child, with our settings and our log; a stale postmaster.pid that would stop the next one is removed.
 * @throws EmbeddedPostgresError already-running, stuck
 */
export async function clearOrphan(folder: string, log: Logger): Promise<void> {
  const left = await readPostmaster(folder)
  if (!left) return
  if (await isPostgresOn(left.pid, folder)) return takeOver(left, folder, log)
  // Not a process that can be seen from here: a container that shares the folder would still answer on the socket.
  if (await answers(left.socketFolder)) throw alreadyRunning(folder, 'in another container')
  // PostgreSQL sees to the file of a dead process itself, but not when its number was given to another one since.
  if (await processIdentity(left.pid)) await rm(join(folder, 'postmaster.pid'), { force: true })
}

async function takeOver(orphan: Postmaster, folder: string, log: Logger): Promise<void> {
  if (orphan.status === 'ready') await refuseIfClaimed(orphan, folder, log)
  log.warn({ postgresPid: orphan.pid }, 'a program that was killed left its PostgreSQL running; shutting that down to start afresh')
  for (const [signal, timeoutMs] of [
    ['SIGINT', 20_000],
    ['SIGQUIT', 5_000],
  ] as const) {
    process.kill(orphan.pid, signal)
    if (await until(async () => !(await isPostgresOn(orphan.pid, folder)), { timeoutMs })) return
  }
  const message = `A PostgreSQL left behind on ${folder} does not stop: end process ${orphan.pid} (kill -QUIT ${orphan.pid}, else restart the machine), then start again.`
  throw new EmbeddedPostgresError('stuck', message)
}

/** Holding the claim for a moment proves that no living program has it. */
async function refuseIfClaimed(orphan: Postmaster, folder: string, log: Logger): Promise<void> {
  try {
    const claim = await claimDatabase(orphan.socketFolder, folder)
    await claim.release()
  } catch (error) {
    if (error instanceof EmbeddedPostgresError && error.reason === 'already-running') throw error
    log.warn({ err: error }, 'the PostgreSQL left running does not answer')
  }
}

function answers(socketFolder: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(join(socketFolder, '.s.PGSQL.5432'))
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.setTimeout(1_000, () => resolve(true))
    socket.once('connect', () => socket.destroy()).once('timeout', () => socket.destroy())
  })
}
