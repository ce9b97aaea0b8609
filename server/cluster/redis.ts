import { createAdapter } from '@socket.io/redis-streams-adapter'
import type { Logger } from 'pino'
import { createClient } from 'redis'
import type { Io } from '../transport/socket.ts'

/** Carries the news between nodes. Redis holds nothing that must survive it. */
export async function joinCluster(io: Io, url: string, log: Logger) {
  const client = createClient({ url, socket: { reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, 3_000) } })
  client.on('error', (error: unknown) => log.warn({ err: error }, 'Redis is not reachable'))
  await client.connect()
  io.adapter(createAdapter(client))
  return { close: () => client.close() }
}
