import { drizzle } from 'drizzle-orm/node-postgres'
import type { Pool, PoolClient } from 'pg'

type ClientOrm = ReturnType<typeof drizzle<Record<string, never>, PoolClient>>
type Orm = ReturnType<typeof drizzle>
type OrmTx = Parameters<Parameters<Orm['transaction']>[0]>[0]

/** A transaction. What is given to `afterCommit` runs in order once everything is stored, and never otherwise. */
export type Tx = OrmTx & { afterCommit(listener: () => void): void }

/** What a query needs: the database itself, or a transaction. */
export type Reader = Orm | OrmTx

export type Db = ReturnType<typeof createDb>

export function createDb(pool: Pool) {
  const orm = drizzle(pool)
  return {
    pool,
    /** For reading outside a transaction. */
    reader: orm as Reader,
    async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
      const listeners: (() => void)[] = []
      const result = await onOneConnection(pool, (own) =>
        own.transaction((tx) => work(Object.assign(tx, { afterCommit: (listener: () => void) => void listeners.push(listener) }))),
      )
      for (const listener of listeners) listener()
      return result
    },
  }
}

/**
 * Drizzle's own transaction over a pool never gives a connection back whose `begin` failed: after twenty of them, as when the
 * database restarts, nothing would be stored any more.
 */
async function onOneConnection<T>(pool: Pool, work: (orm: ClientOrm) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let lost: Error | undefined
  const notice = (error: Error) => {
    lost = error
  }
  // Lost between two statements, a connection in use has nobody else who listens, and the program would end.
  client.on('error', notice)
  try {
    return await work(drizzle(client))
  } catch (error) {
    // On a lost connection the rollback fails too, with an error that says less.
    throw lost ?? error
  } finally {
    client.off('error', notice)
    client.release(lost)
  }
}
