import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { type Claim, claimDatabase } from './embedded-claim.ts'
import type { Cluster } from './embedded-folder.ts'
import { clearOrphan } from './embedded-orphan.ts'
import { type PostgresServer, type ServerSettings, startServer } from './embedded-server.ts'

const backOffMs = [0, 250, 1_000, 3_000, 10_000]
/** A server that has run for so long was well: its next failure starts the back-off anew. */
const healthyAfterMs = 60_000
/** Sessions of a server that was killed keep its shared memory for a moment, and PostgreSQL rightly waits for them. */
const leftoverTimeoutMs = 10_000

type Running = { server: PostgresServer; claim: Claim }

/** Keeps PostgreSQL running on the folder and the folder claimed, until `close()`. */
export async function superviseCluster(cluster: Cluster, settings: ServerSettings, log: Logger) {
  const closing = new AbortController()
  let running = await bringUp()
  const watching = watch()

  async function bringUp(server?: PostgresServer): Promise<Running> {
    const serving = server?.isRunning() ? server : await startAfterLeftovers()
    try {
      return { server: serving, claim: await claimDatabase(cluster.socketFolder, cluster.folder) }
    } catch (error) {
      if (serving !== server) await serving.stop()
      throw error
    }
  }

  async function startAfterLeftovers(): Promise<PostgresServer> {
    await clearOrphan(cluster.folder, log)
    const deadline = performance.now() + leftoverTimeoutMs
    for (;;) {
      try {
        return await startServer(cluster, settings, log, closing.signal)
      } catch (error) {
        const mayPass = error instanceof Error && /shared memory block|lock file/.test(error.message)
        if (!mayPass || closing.signal.aborted || performance.now() > deadline) throw error
        await delay(200)
      }
    }
  }

  async function watch(): Promise<void> {
    let failures = 0
    while (!closing.signal.aborted) {
      const since = performance.now()
      await Promise.race([running.server.exited, running.claim.lost])
      if (performance.now() - since > healthyAfterMs) failures = 0
      failures = await bringUpAgain(failures)
    }
  }

  async function bringUpAgain(failuresBefore: number): Promise<number> {
    for (let failures = failuresBefore; !closing.signal.aborted; failures++) {
      log.error({ failures }, 'PostgreSQL stopped unexpectedly or dropped its sessions; bringing it back')
      await delay(backOffMs[Math.min(failures, backOffMs.length - 1)], undefined, { signal: closing.signal }).catch(() => undefined)
      if (closing.signal.aborted) break
      try {
        running = await bringUp(running.server)
        log.info('PostgreSQL is back')
        return failures + 1
      } catch (error) {
        log.error({ err: error }, 'PostgreSQL does not come back yet')
      }
    }
    return failuresBefore
  }

  async function close(): Promise<void> {
    closing.abort()
    // Stopping ends the claim as well, and not before: until the last session is gone the folder is ours.
    await running.server.stop()
    await watching
    await running.server.stop()
    await running.claim.release()
  }

  return { close }
}
