import { Router } from 'express'
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Db } from '../db/db.ts'
import type { Io } from './socket.ts'

/** `/healthz` (the process answers), `/readyz` (so does the database) and `/metrics` for Prometheus. */
export function createHealth({ db, io }: { db: Db; io: Io }): Router {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'yishi_sockets',
    help: 'Connected sockets',
    registers: [registry],
    collect() {
      this.set(io.engine.clientsCount)
    },
  })
  const health = Router()
  health.get('/healthz', (_request, response) => void response.json({ ok: true }))
  health.get('/readyz', async (_request, response) => {
    const ok = await db.pool.query('select 1').then(
      () => true,
      () => false,
    )
    response.status(ok ? 200 : 503).json({ ok })
  })
  health.get('/metrics', async (_request, response) => void response.type(registry.contentType).send(await registry.metrics()))
  return health
}
