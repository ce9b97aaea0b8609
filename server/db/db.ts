import { drizzle } from 'drizzle-orm/node-postgres'
import type { Pool } from 'pg'

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
      const result = await orm.transaction((tx) =>
        work(Object.assign(tx, { afterCommit: (listener: () => void) => void listeners.push(listener) })),
      )
      for (const listener of listeners) listener()
      return result
    },
  }
}
