import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../support/app.ts'
import { measureTables, prepareTables } from './tables.ts'
import { measureSweep } from './tables-sweep.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app?.close())

/* The bench itself takes its time; here only that it asks what it says. Figures of a busy machine prove nothing. */
test('the bench of tables fills them and gets an answer to every question', { timeout: 120_000, retry: 0 }, async () => {
  const place = { url: app.url, db: app.db, ledger: app.services.ledger }
  await prepareTables(place, { recommendations: 300, suggestions: 600, large: 50 }, () => {})
  const measured = await measureTables(place, 1, 1)
  expect(new Set(measured.map(({ who }) => who))).toEqual(new Set(['nation', 'moderator', 'everybody']))
  const { rows } = await app.db.pool.query('select count(distinct recommendation_id)::int as recommendations from ledger_lines')
  expect(rows).toEqual([{ recommendations: 300 }])
  expect((await measureSweep({ url: app.url, db: app.db, reminders: app.services.reminders })).reminded).toBeGreaterThan(0)
})
