import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { upsertRegions } from '../../server/regions/store.ts'
import { type Station, stationSchema, type WayIn, wayInSchema } from '../../shared/stations.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting, plan } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'

let app: TestApp
let secretary: Person

const village = '330503100225'

beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  await upsertRegions(app.db.reader, [
    { code: '330503100', name: '南浔镇', parentCode: '330503' },
    { code: village, name: '浔东村', parentCode: '330503100' },
    { code: '330503101', name: '双林镇', parentCode: '330503' },
    { code: '330504', name: '某区', parentCode: '3305' },
  ])
  secretary = await app.person({ name: '秘书', grants: [inRegion('secretary', districts.nanxun)] })
})
afterAll(() => app.close())

const open = async (person: Person, wish: Partial<Pick<Station, 'id' | 'regionCode' | 'kind' | 'name'>> = {}) =>
  person.post('station:create', { id: v7(), regionCode: village, kind: 'post', name: '浔东村协商驿站', ...wish })
const through = (code: string) => app.stranger().get<WayIn>(`/api/ways/${code}`)

test('a secretary opens a station anywhere in the region, names it anew and closes it', async () => {
  const station = stationSchema.parse(value(await open(secretary)))
  expect(station).toMatchObject({ path: ['浙江省', '湖州市', '南浔区', '南浔镇', '浔东村'], retired: false, version: 1 })
  expect(station.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/)
  // Asked twice, it is done once.
  for (const _ of [1, 2]) {
    const renamed = value(await secretary.post('station:rename', { stationId: station.id, name: '浔东协商驿站' }))
    expect(renamed).toEqual({ ...station, name: '浔东协商驿站', version: 2 })
  }
  expect(value(await secretary.post('station:retire', { stationId: station.id, retired: true }))).toMatchObject({
    retired: true,
    version: 3,
  })
  expect(await app.stranger().get(`/api/stations/${station.id}`)).toMatchObject({ code: station.code, retired: true })
  const listed = await app.stranger().get<Station[]>(`/api/stations?regionCode=${districts.nanxun}`)
  expect(listed.map(({ id }) => id)).toEqual([station.id])
  expect(await app.stranger().get('/api/stations?regionCode=32')).toEqual([])
  const trail = await app.db.pool.query('select action from audit_entries where subject_id = $1 order by id', [station.id])
  expect(trail.rows.map(({ action }) => action)).toEqual(['station:create', 'station:rename', 'station:retire'])
})

test('opening the same station again is the first one, and an id of another place is refused', async () => {
  const id = v7()
  const [first, second] = await Promise.all([open(secretary, { id }), open(secretary, { id, name: '另一个名字' })])
  expect(value(second).code).toBe(value(first).code)
  expect(failure(await open(secretary, { id, regionCode: '330503101' }))).toEqual({ code: 'conflict', reason: 'id-taken' })
})

test('nobody but the region’s own secretaries and administrators manages its stations', async () => {
  const station = value(await open(secretary))
  const meeting = await makeMeeting(secretary)
  const others = [
    await app.person({ grants: [inRegion('moderator', districts.nanxun)] }),
    await app.person({ grants: [inRegion('member', districts.nanxun)] }),
    await app.person({ grants: [inRegion('secretary', districts.wujiang)] }),
    await app.person({ grants: [inRegion('secretary', '330503101')] }),
    await app.person({ grants: [inMeeting('secretary', meeting.id)] }),
    await app.visitor(),
  ]
  const wishes = (person: Person) => [
    open(person),
    person.post('station:rename', { stationId: station.id, name: '别的' }),
    person.post('station:retire', { stationId: station.id, retired: true }),
  ]
  for (const person of others) for (const wish of wishes(person)) expect(failure(await wish).code).toBe('not-allowed')
  for (const wish of wishes(app.stranger())) expect(failure(await wish).code).toBe('not-signed-in')
  expect(await app.stranger().get(`/api/stations/${station.id}`)).toEqual(station)
  const township = await app.person({ grants: [inRegion('admin', '330503100')] })
  expect(value(await township.post('station:rename', { stationId: station.id, name: '镇里起的名' })).version).toBe(2)
})

test('what is no station is refused with its reason', async () => {
  expect(failure(await open(secretary, { name: ' ' }))).toMatchObject({ code: 'invalid-input', fields: { name: expect.any(String) } })
  expect(failure(await open(secretary, { regionCode: '330503999' }))).toMatchObject({ reason: 'no-such-region' })
  expect(failure(await open(secretary, { kind: 'palace' as 'post' }))).toMatchObject({ fields: { kind: expect.any(String) } })
  expect(failure(await secretary.post('station:rename', { stationId: v7(), name: '无' }))).toMatchObject({ reason: 'no-such-station' })
  expect(failure(await secretary.post('station:retire', { stationId: v7(), retired: true }))).toMatchObject({ reason: 'no-such-station' })
})

test('a station’s code leads to the meeting that is live in its region or above it, else to the next, else says what was', async () => {
  const elsewhere = await app.person({ grants: [inRegion('secretary', '330504'), inRegion('admin', '')] })
  const only = (regionCode: string, startsAt: string) => ({
    ...plan(),
    regionCodes: [regionCode],
    sites: plan().sites.map((site) => ({ ...site, regionCode })),
    startsAt,
  })
  const { code } = value(await open(elsewhere, { regionCode: '330504' }))
  const other = value(await open(elsewhere, { regionCode: '330503101' }))
  expect(wayInSchema.parse(await through(code))).toMatchObject({ code, meeting: null, site: null, others: [], station: { code } })

  const later = await makeMeeting(elsewhere, { live: false, ...only('330504', '2026-12-20T06:00:00.000Z') })
  const next = await makeMeeting(elsewhere, { live: false, ...only('3305', '2026-12-01T06:00:00.000Z') })
  expect(await through(code)).toMatchObject({ meeting: { id: next.id }, others: [{ id: later.id }] })

  value(await elsewhere.post('meeting:open', { meetingId: later.id }))
  expect(await through(code.toLowerCase())).toMatchObject({ meeting: { id: later.id, status: 'live' }, others: [{ id: next.id }] })
  // The neighbouring district's village has nothing to do with the one, but with the city's.
  expect((await through(other.code)).others.map(({ id }) => id)).not.toContain(later.id)

  value(await elsewhere.post('meeting:end', { meetingId: later.id }))
  expect(await through(code)).toMatchObject({ meeting: { id: next.id }, others: [{ id: later.id, status: 'ended' }] })
})

test('a closed station leads nowhere and says so', async () => {
  const station = value(await open(secretary))
  await makeMeeting(secretary)
  expect((await through(station.code)).meeting).not.toBeNull()
  value(await secretary.post('station:retire', { stationId: station.id, retired: true }))
  expect(await through(station.code)).toMatchObject({ meeting: null, others: [], station: { retired: true } })
})

test('the code of a site leads to its meeting with the site known, and stays when the plan is changed', async () => {
  const meeting = await makeMeeting(secretary, { live: false })
  const codes = meeting.sites.map(({ code }) => code)
  expect(new Set([...codes, meeting.code]).size).toBe(3)
  const [, branch] = meeting.sites
  expect(wayInSchema.parse(await through(branch!.code))).toMatchObject({
    meeting,
    site: { id: branch!.id, name: '吴江分会场' },
    station: null,
  })
  const sites = [...meeting.sites.map(({ code: _, ...site }) => site).reverse(), { ...plan().sites[0]!, name: '新会场' }]
  const changed = value(
    await secretary.post('meeting:update', { ...plan(), agenda: meeting.agenda, meetingId: meeting.id, version: meeting.version, sites }),
  )
  expect(changed.sites.slice(0, 2).map(({ code }) => code)).toEqual([...codes].reverse())
  expect(changed.sites[2]?.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{7}$/)
})

test('a code that leads nowhere is not found, and what is no code is refused', async () => {
  for (const code of ['000000', '0000000', '00000000']) await expect(through(code)).rejects.toMatchObject({ status: 404 })
  for (const code of ['ABC', 'UUUUUU', 'x'.repeat(40), '%00']) await expect(through(code)).rejects.toMatchObject({ status: 400 })
})

test('a suggestion says to the room, and not to the public, by which code it came', async () => {
  const meeting = await makeMeeting(secretary, { suggestionPolicy: 'immediate' as never })
  const via = meeting.sites[0]!.code
  const citizen = await app.visitor()
  value(await citizen.post('suggestion:post', { id: v7(), meetingId: meeting.id, text: '好', via: via.toLowerCase() }))
  expect(await secretary.get(`/api/meetings/${meeting.id}/suggestions`)).toMatchObject([{ via }])
  expect(await app.stranger().get(`/api/meetings/${meeting.id}/suggestions`)).toEqual([expect.not.objectContaining({ via })])
  expect(await secretary.get(`/api/meetings/${meeting.id}/voice`)).toMatchObject({ bySite: [{ name: [meeting.sites[0]!.name] }] })
})
