import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditEntries } from '../../server/audit/schema.ts'
import { type MinutesNode, textOf } from '../../shared/minutes.ts'
import { type MinutesTemplate, minutesTemplateQueries, standardTemplate } from '../../shared/minutes-template.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting, plan } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'
import { openEditor } from './editors.ts'

let app: TestApp
let city: Person
let district: Person
beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  city = await app.person({ name: '市秘书', grants: [inRegion('secretary', '3305')] })
  district = await app.person({ name: '区秘书', grants: [inRegion('secretary', districts.nanxun)] })
})
afterAll(() => app?.close())

const ours: MinutesTemplate = {
  headFields: ['title', 'time', 'chair'],
  parts: [
    { kind: 'heading', level: 1, text: '一、基本情况', passages: ['根据年度协商计划，召开本次协商会。', '会议由主持人主持。'] },
    { kind: 'heading', level: 2, text: '与会情况', passages: [] },
    { kind: 'agenda', passages: ['会议认为，'] },
    { kind: 'heading', level: 1, text: '二、议定事项', passages: [] },
  ],
}
const set = (person: Person, regionCode: string, template: MinutesTemplate | null, version: number) =>
  person.post('minutes:set-template', { regionCode, template, version })
const read = async (person: Person, regionCode: string) =>
  minutesTemplateQueries['minutes-template'].output.parse(await person.get(`/api/regions/${regionCode}/minutes-template`))

/** Begins the minutes of a new meeting; gives their blocks. */
async function begun(mainRegion = districts.nanxun): Promise<MinutesNode[]> {
  const sites = [{ id: v7(), name: '主会场', regionCode: mainRegion, kind: 'main' as const }]
  const meeting = await makeMeeting(district, { sites, agenda: plan().agenda })
  return blocksOf(meeting.id)
}
async function blocksOf(meetingId: string) {
  const editor = openEditor(app.url, district, meetingId)
  await editor.loaded()
  editor.close()
  return (await app.services.minutes.document(meetingId)).content ?? []
}
const outline = (blocks: readonly MinutesNode[]) => blocks.slice(1).map((block) => `${block.attrs?.level ?? '-'} ${textOf(block)}`)
const standard = ['1 会议情况', '- ', '2 界河水质', '- ', '2 渡口与公交', '- ', '1 协商意见', '- ', '1 协商建议', '- ']
const own = [
  '1 一、基本情况',
  '- 根据年度协商计划，召开本次协商会。',
  '- 会议由主持人主持。',
  '2 与会情况',
  '- ',
  '2 界河水质',
  '- 会议认为，',
  '2 渡口与公交',
  '- 会议认为，',
  '1 二、议定事项',
  '- ',
]

test('new minutes begin with the template of the nearest region that has one, and what is begun stays as it is', async () => {
  expect(await read(district, districts.nanxun)).toEqual({
    own: { regionCode: districts.nanxun, template: null, version: 0 },
    inherited: { regionCode: null, template: standardTemplate },
  })
  const first = await makeMeeting(district)
  expect(outline(await blocksOf(first.id))).toEqual(standard)
  const headings = (await blocksOf(first.id)).flatMap(({ attrs }) => attrs?.agendaItemId ?? [])
  expect(headings).toEqual(first.agenda.map(({ id }) => id))

  expect(value(await set(city, '3305', ours, 0))).toEqual({ regionCode: '3305', template: ours, version: 1 })
  expect((await read(district, districts.nanxun)).inherited).toEqual({ regionCode: '3305', template: ours })
  const blocks = await begun()
  expect(outline(blocks)).toEqual(own)
  expect(blocks[0]?.content?.map(({ attrs }) => attrs?.name)).toEqual(['title', 'time', 'chair'])
  expect(outline(await begun(districts.wujiang))).toEqual(standard)
  expect(outline(await blocksOf(first.id))).toEqual(standard)

  // The district's own comes first, until it is taken back.
  value(await set(district, districts.nanxun, standardTemplate, 0))
  expect(outline(await begun())).toEqual(standard)
  expect((await read(district, districts.nanxun)).inherited.regionCode).toBe('3305')
  expect(value(await set(district, districts.nanxun, null, 1))).toMatchObject({ template: null, version: 2 })
  expect(outline(await begun())).toEqual(own)
  value(await set(city, '3305', null, 1))
  expect(outline(await begun())).toEqual(standard)
  const entries = (await app.db.reader.select().from(auditEntries)).filter(({ action }) => action === 'minutes:set-template')
  expect(entries.map(({ actorName, subjectId }) => `${actorName} ${subjectId}`).sort()).toEqual(
    ['区秘书 330503', '区秘书 330503', '市秘书 3305', '市秘书 3305'].sort(),
  )
})

test('only the secretariat of a region sets its template, and not over somebody else’s change', async () => {
  const moderator = await app.person({ grants: [inRegion('moderator', districts.wujiang)] })
  const here = await app.person({ grants: [inRegion('secretary', districts.wujiang)] })
  const inOneMeeting = await app.person({ grants: [inMeeting('secretary', v7())] })
  for (const person of [moderator, district, city, inOneMeeting, await app.visitor()]) {
    expect(failure(await set(person, districts.wujiang, ours, 0)).code).toBe('not-allowed')
    await expect(read(person, districts.wujiang)).rejects.toMatchObject({ status: 403 })
  }
  expect(failure(await set(app.stranger(), districts.wujiang, ours, 0)).code).toBe('not-signed-in')
  value(await set(here, districts.wujiang, ours, 0))
  for (const version of [0, 2]) expect(failure(await set(here, districts.wujiang, ours, version)).reason).toBe('changed-meanwhile')
  expect(failure(await set(here, '320509999', ours, 0))).toMatchObject({ code: 'invalid-input', reason: 'no-such-region' })
  expect((await read(here, districts.wujiang)).own.version).toBe(1)
  value(await set(here, districts.wujiang, null, 1))
})

const heading = (text: string, passages: string[] = []) => ({ kind: 'heading' as const, level: 1, text, passages })
const agenda = { kind: 'agenda' as const, passages: [] }
test.each<[string, Partial<MinutesTemplate>]>([
  ['no place for the agenda', { parts: [heading('一')] }],
  ['two places for it', { parts: [agenda, agenda] }],
  ['a heading without words', { parts: [agenda, heading(' ')] }],
  ['a heading of a level that minutes do not have', { parts: [agenda, { ...heading('一'), level: 7 }] }],
  ['too many headings', { parts: [agenda, ...Array.from({ length: 30 }, (_, n) => heading(`${n}`))] }],
  ['a passage without words', { parts: [agenda, heading('一', [''])] }],
  ['a passage that is too long', { parts: [agenda, heading('一', ['长'.repeat(1_001)])] }],
  ['a head without a title', { headFields: ['time'] }],
  ['a field twice', { headFields: ['title', 'title'] }],
  ['a field that is none', { headFields: ['title', 'weather' as 'time'] }],
])('a template with %s is refused', async (_what, part) => {
  expect(failure(await set(district, districts.nanxun, { ...standardTemplate, ...part }, 2)).code).toBe('invalid-input')
})
