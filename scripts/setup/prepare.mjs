import process from 'node:process'
import { ensureMediaWorker } from '../media-worker.mjs'
import { ensureClient } from './client.mjs'
import { ensureInstalled } from './install.mjs'
import { createLog } from './progress.mjs'

/**
 * Brings the project to where the asked-for parts can run; quick and silent when it is there already.
 * @param {{ mediaWorker?: boolean, client?: boolean }} parts
 * @returns {Promise<{ log: ReturnType<typeof createLog> }>}
 */
export async function prepare({ mediaWorker = false, client = false }) {
  const log = createLog()
  await ensureInstalled({ log })
  if (mediaWorker) process.env.MEDIASOUP_WORKER_BIN = await ensureMediaWorker({ log })
  if (client) await ensureClient({ log })
  return { log }
}
