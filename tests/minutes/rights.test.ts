import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { minutesClose } from '../../shared/minutes.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'
import { openEditor, write, xmlOf } from './editors.ts'
import { forge, rawSocket as openRaw } from './raw.ts'

let app: TestApp
let secretary: Person
let admin: Person
beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ name: '秘书', grants: [inRegion('secretary', districts.nanxun)] })
  admin = await app.person({ name: '管理员', grants: [inRegion('admin', '')] })
})
afterAll(() => app.close())

const rawSocket = (person: Person, meetingId: string, headers: Record<string, string> = {}) => openRaw(app.url, person, meetingId, headers)

test.each(['member', 'observer', 'expert', 'handler'] as const)(
  'a %s reads the minutes, and a forged change is refused in both places where one can stand',
  async (role) => {
    const meeting = await makeMeeting(secretary)
    const recorder = openEditor(app.url, secretary, meeting.id)
    await recorder.loaded()
    const person = await app.person({ grants: [inMeeting(role, meeting.id)] })
    const reader = openEditor(app.url, person, meeting.id)
    await reader.loaded()
    expect(reader.state().mayEdit).toBe(false)
    expect(xmlOf(reader.doc)).toBe(xmlOf(recorder.doc))

    await forge(app.url, person, meeting.id, 'read-only')
    write(recorder.doc, '真的一段')
    await eventually(() => xmlOf(reader.doc).includes('真的一段'))
    await recorder.saved()
    expect(xmlOf(reader.doc)).not.toContain('伪造')
    expect(JSON.stringify(await app.services.minutes.document(meeting.id))).not.toContain('伪造')
    recorder.close()
    reader.close()
  },
)

test.each(['admin', 'secretary', 'moderator', 'recorder'] as const)(
  'a %s edits the minutes, before, during and after the meeting',
  async (role) => {
    const meeting = await makeMeeting(secretary, { live: false })
    const person = await app.person({ grants: [inMeeting(role, meeting.id)] })
    const editor = openEditor(app.url, person, meeting.id)
    await editor.loaded()
    write(editor.doc, '会前准备')
    await editor.saved()
    value(await secretary.ask('meeting:open', { meetingId: meeting.id }))
    value(await secretary.ask('meeting:end', { meetingId: meeting.id }))
    write(editor.doc, '会后整理')
    await editor.saved()
    expect(JSON.stringify(await app.services.minutes.document(meeting.id))).toContain('会后整理')
    editor.close()
  },
)

test('citizens, visitors, strangers and people of other meetings are turned away with the reason', async () => {
  const meeting = await makeMeeting(secretary)
  const other = await makeMeeting(secretary)
  const citizen = await app.person({ grants: [inMeeting('citizen', meeting.id)] })
  const foreigner = await app.person({ grants: [inMeeting('recorder', other.id), inRegion('recorder', '3305')] })
  expect((await openEditor(app.url, foreigner, meeting.id).loaded()) satisfies boolean).toBe(true)
  const outsider = await app.person({ grants: [inMeeting('recorder', other.id)] })
  for (const person of [citizen, await app.visitor(), outsider, app.stranger()]) {
    const { frames, closed } = await rawSocket(person, meeting.id)
    const reason = person.cookie === '' ? 'not-signed-in' : 'not-allowed'
    expect(await closed).toEqual({ code: minutesClose.notAllowed, reason })
    expect(frames).toHaveLength(1)
    expect(frames[0]![0]).toBe(2)
    const refused = await openEditor(app.url, person, meeting.id).refused()
    expect(refused).toMatchObject({ refusal: reason, loaded: false })
  }
})

test('another site’s page cannot open the minutes with a visitor’s cookie', async () => {
  const meeting = await makeMeeting(secretary)
  await expect(rawSocket(secretary, meeting.id, { origin: 'https://elsewhere.example' })).rejects.toThrow('403')
  await expect(rawSocket(secretary, meeting.id, { origin: 'null' })).rejects.toThrow('403')
  const { socket } = await rawSocket(secretary, meeting.id, { origin: app.url })
  socket.close()
})

test('minutes of no meeting and paths of nothing are not found', async () => {
  const { closed } = await rawSocket(secretary, v7())
  expect(await closed).toMatchObject({ code: minutesClose.notFound })
  await expect(rawSocket(secretary, 'nothing')).rejects.toThrow('404')
  await expect(rawSocket(secretary, '../constructor')).rejects.toThrow('404')
})

test('whose role is revoked loses the open minutes, and comes back as what they are now', async () => {
  const meeting = await makeMeeting(secretary)
  const person = await app.person({ grants: [inMeeting('member', meeting.id)] })
  const granted = value(await admin.ask('role:grant', { id: v7(), accountId: person.accountId!, ...inMeeting('recorder', meeting.id) }))
  const editor = openEditor(app.url, person, meeting.id)
  await editor.loaded()
  expect(editor.state().mayEdit).toBe(true)
  const grantId = granted.grants.find((grant) => grant.role === 'recorder')!.id
  value(await admin.ask('role:revoke', { accountId: person.accountId!, grantId }))
  await eventually(() => editor.state().mayEdit === false)
  write(editor.doc, '已无权写的话')
  await eventually(() => editor.state().changeRefused)
  expect(editor.state().saved).toBe(false)
  expect(JSON.stringify(await app.services.minutes.document(meeting.id))).not.toContain('已无权')
  editor.close()
})

test('a revoked session ends its open minutes for good', async () => {
  const meeting = await makeMeeting(secretary)
  const person = await app.person({ grants: [inMeeting('recorder', meeting.id)] })
  const editor = openEditor(app.url, person, meeting.id)
  await editor.loaded()
  value(await admin.ask('account:revoke-sessions', { accountId: person.accountId! }))
  expect(await editor.refused()).toMatchObject({ refusal: 'not-signed-in' })
  editor.close()
})
