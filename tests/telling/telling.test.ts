import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Meeting } from '../../shared/meetings.ts'
import type { Notice } from '../../shared/notifications.ts'
import { clerkOf, draftOf, issue, makeDepartment, post, replyTo, writeMinutes } from '../recommendations/outcomes.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'

let app: TestApp
let admin: Person
let secretary: Person
let meeting: Meeting
let blockIds: string[]

beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  admin = await app.person({ grants: [inRegion('admin', '')] })
  secretary = await app.person({ name: '南浔秘书', grants: [inRegion('secretary', districts.nanxun)] })
  meeting = await makeMeeting(secretary)
  blockIds = await writeMinutes(app, secretary, meeting, ['同意增开晚间渡船。'])
})
afterAll(() => app?.close())

const noticesOf = async (person: Person) => (await person.get<{ notices: Notice[] }>('/api/me/notices')).notices.reverse()
const kindsOf = async (person: Person) => (await noticesOf(person)).map(({ kind }) => kind)

test('of several departments each hears what waits for it, the leader hears what is answered, and whoever asked hears the answer', async () => {
  const [lead, other] = [
    await makeDepartment(app, admin, districts.nanxun, '交通局'),
    await makeDepartment(app, admin, districts.nanxun, '水利局'),
  ]
  const clerk = await clerkOf(app, lead)
  const leader = await app.person({ name: '分管领导', grants: [inRegion('member', districts.nanxun)] })
  const asker = await app.person()
  const posted = await post(asker, meeting, '渡口晚上加一班船')
  const recommendation = value(await secretary.post('recommendation:create', draftOf(meeting, blockIds, [posted])))
  const place = { recommendationId: recommendation.id, hostCode: districts.nanxun }
  value(await secretary.post('assignment:supervise', { ...place, accountId: leader.accountId }))
  const { id: partId } = await issue(secretary, recommendation, other.organization, 'co-handler')
  expect(await kindsOf(asker)).toEqual([])
  const { id: assignmentId } = await issue(secretary, recommendation, lead.organization)
  expect(await kindsOf(asker)).toEqual(['suggestion-recommended'])

  value(await clerk.post('assignment:sign', { assignmentId }))
  value(await other.handler.post('assignment:sign', { assignmentId: partId }))
  value(await other.handler.post('assignment:countersign', { assignmentId: partId, text: '同意' }))
  const answer = replyTo(assignmentId, [posted.suggestion.id])
  value(await clerk.post('assignment:draft', answer))
  value(await lead.handler.post('assignment:reply', { ...answer, id: v7() }))
  value(await secretary.post('assignment:incomplete', { assignmentId, reason: '请写明班次' }))

  expect(await kindsOf(clerk)).toEqual(['department-issued', 'department-countersigned', 'department-incomplete'])
  // The head alone is asked to sign.
  expect(await kindsOf(lead.handler)).toEqual([
    'department-issued',
    'department-countersigned',
    'department-draft',
    'department-incomplete',
  ])
  expect(await kindsOf(other.handler)).toEqual(['department-issued'])
  expect(await kindsOf(leader)).toEqual(['supervisor-named', 'secretariat-replied'])
  expect(await kindsOf(asker)).toEqual(['suggestion-recommended', 'suggestion-replied'])
  expect((await noticesOf(clerk)).at(-1)!.about).toMatchObject({ words: '请写明班次', number: recommendation.number })
})
