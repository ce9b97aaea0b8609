import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { minutesQueries } from '../../shared/minutes.ts'
import { chairedMeeting, member } from '../floor/rooms.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inMeeting, inRegion } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'

let app: TestApp
let secretary: Person
beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ name: '沈秘书', grants: [inRegion('secretary', districts.nanxun)] })
})
afterAll(() => app?.close())

const headOf = async (who: Person, meetingId: string) =>
  minutesQueries['minutes-head'].output.parse(await who.get(`/api/meetings/${meetingId}/minutes/head`))

test('the head says when and where, who presides, who is present by site, and the quorum once one is set', async () => {
  const { meeting, chair } = await chairedMeeting(app, secretary)
  await member(app, meeting, '钱建国', 0)
  await member(app, meeting, '陆雅琴', 1)
  const before = await headOf(secretary, meeting.id)
  expect(before).toMatchObject({
    title: meeting.title,
    place: '南浔主会场',
    regions: '浙江省湖州市南浔区、江苏省苏州市吴江区',
    sites: '南浔主会场、吴江分会场',
    quorum: '',
    present: '南浔主会场：主持人、钱建国；吴江分会场：陆雅琴',
  })
  expect(before.time).toMatch(/^\d{4}年\d+月\d+日 \d\d:\d\d$/)
  value(await chair.person.ask('chairing:set', { meetingId: meeting.id, quorum: 2 }))
  expect((await headOf(secretary, meeting.id)).quorum).toBe('法定人数2人，出席有表决权者2人')
})

test('the head is for those who write the minutes', async () => {
  const { meeting } = await chairedMeeting(app, secretary)
  const path = `/api/meetings/${meeting.id}/minutes/head`
  const of = (role: 'member' | 'recorder') => app.person({ name: '某', grants: [inMeeting(role, meeting.id)] })
  await expect((await of('recorder')).get(path)).resolves.toMatchObject({ title: meeting.title })
  await expect((await of('member')).get(path)).rejects.toMatchObject({ status: 403 })
  await expect(app.stranger().get(path)).rejects.toMatchObject({ status: 401 })
  await expect(secretary.get(`/api/meetings/${v7()}/minutes/head`)).rejects.toMatchObject({ status: 404 })
})
