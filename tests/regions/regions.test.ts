import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { upsertRegions } from '../../server/regions/store.ts'
import type { Role } from '../../shared/policy.ts'
import type { Organization, Region } from '../../shared/regions.ts'
import { startApp } from '../support/app.ts'
import { addRegions, districts, inMeeting, inOrganization, inRegion } from '../support/meetings.ts'
import { failure, value } from '../support/people.ts'

const app = await startApp()
afterAll(() => app.close())

beforeAll(async () => {
  await addRegions(app)
  await upsertRegions(app.db.reader, [
    { code: '330503100', name: '南浔镇', parentCode: '330503' },
    { code: '330503101', name: '双林镇', parentCode: '330503' },
    { code: '330503101202', name: '东双林村委会', parentCode: '330503101' },
    { code: '3306', name: '绍兴市', parentCode: '33' },
    { code: '36', name: '江西省', parentCode: null },
    { code: '3601', name: '双林市', parentCode: '36' },
    { code: '3602', name: '百分之100%市', parentCode: '36' },
  ])
})

const read = <T>(path: string) => app.stranger().get<T>(path)
const names = (regions: Region[]) => regions.map((region) => region.name)
const organizationIn = (regionCode: string, name: string): Organization => ({ id: v7(), regionCode, name, kind: 'department' })

test('anyone reads the provinces, and the children of a region with their whole path', async () => {
  expect(names(await read<Region[]>('/api/regions'))).toEqual(['江苏省', '浙江省', '江西省'])
  expect(await read('/api/regions?parentCode=330503')).toEqual([
    { code: '330503100', name: '南浔镇', level: 'township', parentCode: '330503', path: ['浙江省', '湖州市', '南浔区', '南浔镇'] },
    { code: '330503101', name: '双林镇', level: 'township', parentCode: '330503', path: ['浙江省', '湖州市', '南浔区', '双林镇'] },
  ])
  expect(await read('/api/regions?parentCode=330503101202')).toEqual([])
})

test('a search finds the text anywhere in a name, shallowest first, and only below a region where one is given', async () => {
  const search = async (text: string, under = '') =>
    names(await read<Region[]>(`/api/regions/search?text=${encodeURIComponent(text)}${under && `&under=${under}`}`))
  expect(await search('双林')).toEqual(['双林市', '双林镇', '东双林村委会'])
  expect(await search('双林', '33')).toEqual(['双林镇', '东双林村委会'])
  expect(await search('双林镇')).toEqual(['双林镇'])
  expect(await search('双林', '3306')).toEqual([])
})

test('signs that mean something to the database are searched for as they are', async () => {
  expect(names(await read<Region[]>(`/api/regions/search?text=${encodeURIComponent('0%')}`))).toEqual(['百分之100%市'])
  expect(await read(`/api/regions/search?text=${encodeURIComponent('%')}&under=33`)).toEqual([])
  expect(await read('/api/regions/search?text=_')).toEqual([])
})

test.each(['3', '330', '33050310', '33%', "33'", 'ab'])('%s is no code of a region', async (code) => {
  await expect(read(`/api/regions?parentCode=${encodeURIComponent(code)}`)).rejects.toMatchObject({ status: 400 })
  await expect(read(`/api/regions/search?text=镇&under=${encodeURIComponent(code)}`)).rejects.toMatchObject({ status: 400 })
})

test('the organizations of a region are those of everything below it, and of nothing beside it', async () => {
  const admin = await app.person({ grants: [inRegion('admin', '')] })
  const own = organizationIn('3305', '湖州市水利局')
  const below = organizationIn('330503101', '双林镇水利站')
  const beside = organizationIn('3306', '绍兴市水利局')
  for (const organization of [own, below, beside]) value(await admin.ask('organization:create', organization))
  expect(await read('/api/organizations?regionCode=3305')).toEqual([own, below])
  expect(await read('/api/organizations?regionCode=330503101')).toEqual([below])
  expect(await read('/api/organizations?regionCode=33')).toEqual([own, below, beside])
})

test('a secretary creates an organization anywhere in their subtree, and asking again does nothing twice', async () => {
  const secretary = await app.person({ grants: [inRegion('secretary', districts.nanxun)] })
  const organization = organizationIn('330503100', '南浔镇渡口管理站')
  expect(value(await secretary.ask('organization:create', organization))).toEqual(organization)
  expect(value(await secretary.post('organization:create', { ...organization, name: '另一个名字' }))).toEqual(organization)
  const { rows } = await app.db.pool.query('select action from audit_entries where subject_id = $1', [organization.id])
  expect(rows).toEqual([{ action: 'organization:create' }])
})

test('nobody creates an organization outside the subtree of their scope', async () => {
  const secretary = await app.person({ grants: [inRegion('secretary', districts.nanxun)] })
  for (const regionCode of [districts.wujiang, '3305', '33']) {
    expect(failure(await secretary.ask('organization:create', organizationIn(regionCode, '越界单位')))).toMatchObject({
      code: 'not-allowed',
    })
  }
})

const others: Role[] = ['moderator', 'recorder', 'member', 'citizen', 'handler', 'expert', 'observer']
test.each(others)('a %s creates no organization, whatever the scope', async (role) => {
  const person = await app.person({ grants: [inRegion(role, ''), inMeeting(role, v7()), inOrganization(role, v7())] })
  expect(failure(await person.ask('organization:create', organizationIn(districts.nanxun, '不该有的单位')))).toMatchObject({
    code: 'not-allowed',
  })
})

test('a stranger and a visitor without an account create no organization', async () => {
  const organization = organizationIn(districts.nanxun, '不该有的单位')
  expect(failure(await app.stranger().post('organization:create', organization))).toMatchObject({ code: 'not-signed-in' })
  expect(failure(await (await app.visitor()).post('organization:create', organization))).toMatchObject({ code: 'not-allowed' })
})

test('an organization needs a region that exists, a name and a known kind', async () => {
  const admin = await app.person({ grants: [inRegion('admin', '')] })
  expect(failure(await admin.ask('organization:create', organizationIn('99', '无处可归的单位')))).toMatchObject({
    code: 'invalid-input',
    reason: 'no-such-region',
  })
  expect(failure(await admin.ask('organization:create', organizationIn(districts.nanxun, '   ')))).toMatchObject({ code: 'invalid-input' })
  const strange = { ...organizationIn(districts.nanxun, '怪单位'), kind: 'club' }
  expect(failure(await admin.ask('organization:create', strange as Organization))).toMatchObject({ code: 'invalid-input' })
})
