import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MinutesPassage } from '../../shared/minutes.ts'
import { call, chairedMeeting, member } from '../floor/rooms.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inRegion } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'
import { bodyOf, openEditor, write, xmlOf } from './editors.ts'

let app: TestApp
let secretary: Person
beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ name: '沈秘书', grants: [inRegion('secretary', districts.nanxun)] })
})
afterAll(() => app?.close())

type Scene = Awaited<ReturnType<typeof scene>>
async function scene() {
  const { meeting, chair } = await chairedMeeting(app, secretary)
  return { meeting, chair, qian: await member(app, meeting, '钱建国', 0), lu: await member(app, meeting, '陆雅琴', 1) }
}
async function speak({ meeting, chair }: Scene, who: Scene['qian']) {
  await call(chair, meeting, who)
  value(await chair.person.ask('floor:end', { meetingId: meeting.id }))
}
const namesIn = (doc: Parameters<typeof bodyOf>[0]) =>
  [...xmlOf(doc).matchAll(/<speechcitation [^>]* name="([^"]*)"/gi)].map(([, name]) => name)
const open = async ({ meeting }: Scene) => {
  const editor = openEditor(app.url, secretary, meeting.id)
  await editor.loaded()
  return editor
}
const passages = ({ meeting }: Scene) => secretary.get<MinutesPassage[]>(`/api/meetings/${meeting.id}/minutes/passages`)

test('a speech becomes a block of the open minutes as it ends, under its agenda item, with who, where and how long', async () => {
  const here = await scene()
  const editor = await open(here)
  await speak(here, here.qian)
  await eventually(() => expect(namesIn(editor.doc)).toEqual(['钱建国']))
  value(await secretary.ask('agenda:go', { meetingId: here.meeting.id, agendaItemId: here.meeting.agenda[1]!.id }))
  await speak(here, here.lu)
  await eventually(() => expect(namesIn(editor.doc)).toEqual(['钱建国', '陆雅琴']))
  const texts = (await passages(here)).map(({ text }) => text)
  expect(texts.slice(texts.indexOf('界河水质'), texts.indexOf('协商意见'))).toEqual([
    '界河水质',
    '钱建国，南浔主会场',
    '渡口与公交',
    '陆雅琴，吴江分会场',
  ])
  expect(xmlOf(editor.doc)).toContain('浙江省 · 湖州市 · 南浔区')
  editor.close()
})

test('what was spoken before anybody opened the minutes is in them when somebody does, once', async () => {
  const here = await scene()
  await speak(here, here.qian)
  await speak(here, here.lu)
  const editors = await Promise.all([open(here), open(here)])
  for (const { doc } of editors) await eventually(() => expect(namesIn(doc)).toEqual(['钱建国', '陆雅琴']))
  for (const { close } of editors) close()
  const again = await open(here)
  expect(namesIn(again.doc)).toEqual(['钱建国', '陆雅琴'])
  again.close()
})

test('a block that a recorder has removed does not come back, and what is being written meanwhile stays', async () => {
  const here = await scene()
  const editor = await open(here)
  await speak(here, here.qian)
  await eventually(() => expect(namesIn(editor.doc)).toEqual(['钱建国']))
  const body = bodyOf(editor.doc)
  body.delete(
    body.toArray().findIndex((block) => 'nodeName' in block && block.nodeName === 'speechCitation'),
    1,
  )
  write(editor.doc, '正在写的话')
  await speak(here, here.lu)
  await eventually(() => expect(namesIn(editor.doc)).toEqual(['陆雅琴']))
  await editor.saved()
  expect((await passages(here)).map(({ text }) => text)).toEqual(expect.arrayContaining(['正在写的话', '陆雅琴，吴江分会场']))
  editor.close()
})
