import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LedgerView } from '../../shared/ledger.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inRegion } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'

let app: TestApp
let secretary: Person
let colleague: Person
let above: Person
let elsewhere: Person
let member: Person

beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ name: '南浔秘书', grants: [inRegion('secretary', districts.nanxun)] })
  colleague = await app.person({ grants: [inRegion('secretary', districts.nanxun)] })
  above = await app.person({ grants: [inRegion('secretary', '33')] })
  elsewhere = await app.person({ grants: [inRegion('secretary', districts.wujiang)] })
  member = await app.person({ grants: [inRegion('member', districts.nanxun)] })
})
afterAll(() => app.close())

const viewOf = (changes: object = {}) => ({
  id: v7(),
  name: '逾期未签',
  regionCode: null,
  filter: { state: 'issued' as const, colour: 'red' as const },
  sort: 'due' as const,
  ...changes,
})
const namesFor = async (person: Person) => (await person.get<LedgerView[]>('/api/ledger/views')).map(({ name }) => name)

test('one’s own view is one’s own: saved, changed, saved twice, removed', async () => {
  const view = viewOf({ name: '我的' })
  const saved = value(await secretary.post('ledger-view:save', view))
  expect(saved).toEqual({ ...view, ownerId: secretary.accountId, ownerName: '南浔秘书' })
  expect(value(await secretary.post('ledger-view:save', view))).toEqual(saved)
  value(await secretary.post('ledger-view:save', { ...view, name: '我的二' }))
  expect(await namesFor(secretary)).toEqual(['我的二'])
  expect(await namesFor(colleague)).toEqual([])
  expect(failure(await colleague.post('ledger-view:save', view))).toEqual({ code: 'conflict', reason: 'id-taken' })
  expect(value(await colleague.post('ledger-view:remove', { viewId: view.id }))).toEqual({ removed: false })
  expect(value(await secretary.post('ledger-view:remove', { viewId: view.id }))).toEqual({ removed: true })
  expect(value(await secretary.post('ledger-view:remove', { viewId: view.id }))).toEqual({ removed: false })
})

test('a shared view is for the region, those above and those below', async () => {
  const view = viewOf({ name: '共用', regionCode: districts.nanxun })
  value(await secretary.post('ledger-view:save', view))
  for (const person of [colleague, above, member]) expect(await namesFor(person)).toEqual(['共用'])
  expect(await namesFor(elsewhere)).toEqual([])
  expect(await namesFor(await app.visitor())).toEqual([])
  expect(value(await member.post('ledger-view:remove', { viewId: view.id }))).toEqual({ removed: false })
  expect(value(await above.post('ledger-view:remove', { viewId: view.id }))).toEqual({ removed: true })
})

test('only a secretariat shares, in its own region; nonsense is refused, and so are too many', async () => {
  for (const person of [member, elsewhere, await app.visitor()])
    expect(failure(await person.post('ledger-view:save', viewOf({ regionCode: districts.nanxun })))).toMatchObject({ code: 'not-allowed' })
  const admin = await app.person({ grants: [inRegion('admin', '')] })
  expect(failure(await admin.post('ledger-view:save', viewOf({ regionCode: '99' })))).toMatchObject({ reason: 'no-such-region' })
  expect(failure(await app.stranger().post('ledger-view:save', viewOf()))).toMatchObject({ code: 'not-signed-in' })
  expect(failure(await app.stranger().post('ledger-view:remove', { viewId: v7() }))).toMatchObject({ code: 'not-signed-in' })
  expect(failure(await (await app.visitor()).post('ledger-view:save', viewOf()))).toMatchObject({ code: 'not-allowed' })
  expect(failure(await (await app.visitor()).post('ledger-view:remove', { viewId: v7() }))).toMatchObject({ code: 'not-allowed' })
  for (const bad of [{ name: ' ' }, { name: '名'.repeat(31) }, { filter: { state: 'lost' } }, { sort: 'random' }, { id: 'x' }])
    expect(failure(await secretary.post('ledger-view:save', viewOf(bad)))).toMatchObject({ code: 'invalid-input' })
  const results = await Promise.all(Array.from({ length: 52 }, () => member.post('ledger-view:save', viewOf())))
  expect(results.filter((result) => result.ok)).toHaveLength(50)
  expect(failure(results.find((result) => !result.ok)!)).toEqual({ code: 'conflict', reason: 'too-many-views' })
})
