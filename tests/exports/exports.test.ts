import { asc, eq } from 'drizzle-orm'
import { strFromU8, unzipSync } from 'fflate'
import sharp from 'sharp'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditEntries } from '../../server/audit/schema.ts'
import { attachment } from '../../server/transport/attachment.ts'
import { exportForms, exportPapers, exportPath, minutesExportSchema, recommendationsExportSchema } from '../../shared/exports.ts'
import { dateOnPaper } from '../../shared/on-paper.ts'
import { photoPath } from '../../shared/photo-rules.ts'
import { call, chairedMeeting, member } from '../floor/rooms.ts'
import { insert, openEditor, write } from '../minutes/editors.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inMeeting, inOrganization, inRegion, makeMeeting } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'

let app: TestApp
let secretary: Person
beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ name: '秘书', grants: [inRegion('secretary', districts.nanxun)] })
})
afterAll(() => app.close())

/** A meeting whose minutes cite a suggestion and a speech, and have led to a recommendation that was answered. */
async function consultedMeeting() {
  const meeting = await makeMeeting(secretary)
  const citizen = await app.visitor()
  const { suggestion } = value(
    await citizen.ask('suggestion:post', { id: v7(), meetingId: meeting.id, text: '渡口晚上太黑，请装路灯', authorName: '王阿姨' }),
  )
  value(await secretary.ask('suggestion:publish', { suggestionId: suggestion.id }))
  const editor = openEditor(app.url, secretary, meeting.id)
  await editor.loaded()
  const passage = write(editor.doc, '双方同意今冬在渡口装灯')
  const citation = insert(editor.doc, 'suggestionCitation', {
    suggestionId: suggestion.id,
    text: suggestion.text,
    authorName: '王阿姨',
    citedAt: new Date().toISOString(),
  })
  insert(editor.doc, 'speechCitation', {
    speechId: v7(),
    name: '陈委员',
    siteName: '吴江分会场',
    region: '江苏省 · 苏州市 · 吴江区',
    startedAt: '2026-11-23T06:30:00.000Z',
    seconds: 95,
  })
  await editor.saved()
  editor.close()
  const made = value(
    await secretary.ask('recommendation:create', {
      id: v7(),
      meetingId: meeting.id,
      title: '为渡口装设路灯',
      body: '建议年内完成。',
      suggestionIds: [suggestion.id],
      blockIds: [passage],
    }),
  )
  return { meeting, suggestion, passage, citation, made }
}

async function answered(made: { id: string }, suggestionId: string) {
  const organization = value(
    await secretary.ask('organization:create', { id: v7(), regionCode: districts.nanxun, name: '南浔区交通运输局', kind: 'department' }),
  )
  const handler = await app.person({ name: '周科长', grants: [inOrganization('head', organization.id)] })
  const assignmentId = v7()
  value(await secretary.ask('assignment:issue', { id: assignmentId, recommendationId: made.id, organizationId: organization.id }))
  value(await handler.ask('assignment:sign', { assignmentId }))
  const items = [{ suggestionId, outcome: 'adopted' as const, grade: 'A' as const, text: '已列入本月计划' }]
  return value(await handler.ask('assignment:reply', { id: v7(), assignmentId, text: '将在年内装灯十二盏。', items }))
}

async function docxOf(person: Person, path: string) {
  const response = await person.fetch(path)
  expect(response.status).toBe(200)
  const files = unzipSync(new Uint8Array(await response.arrayBuffer()))
  const read = (name: string) => strFromU8(files[name]!)
  const document = read('word/document.xml')
  const paragraphs = document
    .split('</w:p>')
    .map((paragraph) => [...paragraph.matchAll(/<w:t[^>]*>([^<]*)</g)].map(([, text]) => text).join(''))
  const footers = Object.keys(files)
    .filter((name) => /footer\d+\.xml$/.test(name))
    .map(read)
  return { response, document, paragraphs: paragraphs.filter((text) => text !== ''), footers, settings: read('word/settings.xml') }
}

test('the minutes are a DOCX file in the layout of official papers, with what was cited and where it came from', async () => {
  const { meeting } = await consultedMeeting()
  const { response, document, paragraphs, footers, settings } = await docxOf(secretary, exportPath(meeting.id, 'minutes', 'docx'))
  expect(response.headers.get('content-type')).toBe('application/vnd.openxmlformats-officedocument.wordprocessingml.document')
  expect(response.headers.get('content-disposition')).toBe(
    `attachment; filename="minutes.docx"; filename*=UTF-8''${encodeURIComponent(`协商纪要-${meeting.title}.docx`)}`,
  )
  for (const text of [
    '协商纪要',
    meeting.title,
    '一、会议情况',
    '（一）界河水质',
    '（二）渡口与公交',
    '二、协商意见',
    '双方同意今冬在渡口装灯',
    '渡口晚上太黑，请装路灯',
    '——意见建议，王阿姨，1人支持，1份回执，已公开',
  ]) {
    expect(paragraphs).toContain(text)
  }
  expect(paragraphs).toContain('陈委员发言（江苏省 · 苏州市 · 吴江区，吴江分会场）')
  expect(paragraphs).toContain('——2026年11月23日 14:30，1分35秒')

  // A4; head 37 mm, binding 28 mm, type area 156 mm × 225 mm; 22 lines a page.
  const attribute = (element: string, name: string) => Number(new RegExp(`<w:${element} [^>]*w:${name}="(-?\\d+)"`).exec(document)?.[1])
  const millimetres = (twips: number) => Math.round((twips / 1440) * 25.4)
  expect(['top', 'right', 'bottom', 'left'].map((side) => millimetres(attribute('pgMar', side)))).toEqual([37, 26, 35, 28])
  expect([millimetres(attribute('pgSz', 'w')), millimetres(attribute('pgSz', 'h'))]).toEqual([210, 297])
  expect(Math.floor(((225 / 25.4) * 1440) / attribute('docGrid', 'linePitch'))).toBe(22)
  expect(footers).toHaveLength(2)
  for (const footer of footers) expect(footer).toMatch(/— .*PAGE.* —/s)
  expect(settings).toContain('evenAndOddHeaders')
})

test('the minutes’ JSON links passages, suggestions and recommendations', async () => {
  const { meeting, suggestion, passage, citation, made } = await consultedMeeting()
  const exported = minutesExportSchema.parse(await secretary.get(exportPath(meeting.id, 'minutes', 'json')))
  expect(exported).toMatchObject({ format: 'yishi-minutes', version: 1, meeting: { id: meeting.id, title: meeting.title } })
  const byId = new Map(exported.passages.map((one) => [one.blockId, one]))
  expect(byId.get(passage)).toMatchObject({ text: '双方同意今冬在渡口装灯', recommendationIds: [made.id], suggestionIds: [] })
  expect(byId.get(citation)).toMatchObject({ suggestionIds: [suggestion.id], recommendationIds: [] })
  expect(exported.citations.suggestions).toMatchObject([{ suggestionId: suggestion.id, text: suggestion.text }])
  expect(exported.citations.speeches).toMatchObject([{ name: '陈委员', seconds: 95 }])
})

test('the minutes say how the speaking time was shared out, by site, region and person', async () => {
  const { meeting, chair } = await chairedMeeting(app, secretary)
  const branch = meeting.sites[1]!
  const speaker = await member(app, meeting, '陆雅琴', 1)
  value(await secretary.ask('floor:budget', { meetingId: meeting.id, siteId: branch.id, minutes: 15 }))
  await call(chair, meeting, speaker)
  value(await speaker.person.ask('floor:end', { meetingId: meeting.id }))
  const { document, paragraphs } = await docxOf(secretary, exportPath(meeting.id, 'minutes', 'docx'))
  expect(document.match(/<w:tbl>/g)).toHaveLength(3)
  expect(paragraphs.slice(paragraphs.indexOf('附件：发言时间统计'))).toEqual(
    expect.arrayContaining([
      '附件',
      '发言时间统计',
      '各会场',
      branch.name,
      '15分钟',
      '不限',
      '各地区',
      '吴江区',
      '个人',
      '陆雅琴',
      '1',
      '1秒',
    ]),
  )
  const exported = minutesExportSchema.parse(await secretary.get(exportPath(meeting.id, 'minutes', 'json')))
  expect(exported.speakingTimes).toMatchObject({ persons: [{ name: '陆雅琴', seconds: 1, speeches: 1 }], running: null })
  expect(exported.speakingTimes.sites.find(({ siteId }) => siteId === branch.id)).toMatchObject({ seconds: 1, budgetMinutes: 15 })
})

test('the recommendations are exported with number, sources, assignment and reply', async () => {
  const { meeting, suggestion, made } = await consultedMeeting()
  await answered(made, suggestion.id)
  const { paragraphs } = await docxOf(secretary, exportPath(meeting.id, 'recommendations', 'docx'))
  for (const text of [
    '一、为渡口装设路灯',
    `编号：${made.number}`,
    '建议年内完成。',
    '双方同意今冬在渡口装灯',
    '——协商纪要摘录',
    '（一）南浔区交通运输局',
    '南浔区交通运输局：',
    '附件：交办与答复',
    '办理状态：已答复',
    '将在年内装灯十二盏。',
    '· 采纳，A类（已解决）：已列入本月计划',
  ]) {
    expect(paragraphs).toContain(text)
  }
  const exported = recommendationsExportSchema.parse(await secretary.get(exportPath(meeting.id, 'recommendations', 'json')))
  expect(exported.recommendations).toMatchObject([
    { number: made.number, assignments: [{ status: 'replied', reply: { items: [{ suggestionId: suggestion.id, outcome: 'adopted' }] } }] },
  ])
})

test('a picture that one recorder put in stands in the paper that another takes out, and nobody else’s does', async () => {
  const meeting = await makeMeeting(secretary)
  const recorder = await app.person({ grants: [inMeeting('recorder', meeting.id)] })
  const [tied, foreign] = [v7(), v7()]
  const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#0b5c7d' } })
    .jpeg()
    .toBuffer()
  for (const [person, photoId] of [
    [recorder, tied],
    [await app.visitor(), foreign],
  ] as const) {
    const headers = { 'content-type': 'image/jpeg' }
    expect((await person.fetch(photoPath(photoId), { method: 'PUT', headers, body: new Uint8Array(bytes) })).status).toBe(200)
  }
  value(await recorder.post('minutes:add-image', { meetingId: meeting.id, photoId: tied }))
  const editor = openEditor(app.url, recorder, meeting.id)
  await editor.loaded()
  for (const photoId of [tied, foreign]) insert(editor.doc, 'image', { photoId, width: 40, height: 30, caption: '渡口' })
  await editor.saved()
  editor.close()
  const { paragraphs, document } = await docxOf(secretary, exportPath(meeting.id, 'minutes', 'docx'))
  expect(document.match(/<pic:pic/g)).toHaveLength(1)
  expect(paragraphs.slice(-2)).toEqual(['渡口', '［图片：渡口］'])
})

test('a meeting without minutes or recommendations still has its papers', async () => {
  const meeting = await makeMeeting(secretary, { live: false })
  for (const paper of exportPapers)
    expect((await docxOf(secretary, exportPath(meeting.id, paper, 'docx'))).paragraphs).toContain(
      paper === 'minutes' ? meeting.title : `${meeting.title}的协商建议`,
    )
})

test('each export leaves an entry in the audit trail', async () => {
  const meeting = await makeMeeting(secretary)
  for (const paper of exportPapers)
    for (const form of exportForms) expect((await secretary.fetch(exportPath(meeting.id, paper, form))).status).toBe(200)
  const entries = await app.db.reader
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.subjectId, meeting.id))
    .orderBy(asc(auditEntries.id))
  expect(entries.filter(({ action }) => action.startsWith('export:')).map(({ action, details }) => [action, details.form])).toEqual(
    exportPapers.flatMap((paper) => exportForms.map((form) => [`export:${paper}`, form])),
  )
})

test.each(exportPapers.flatMap((paper) => exportForms.map((form) => [paper, form] as const)))(
  '%s.%s is refused to citizens, strangers and other meetings’ people',
  async (paper, form) => {
    const meeting = await makeMeeting(secretary)
    const other = await makeMeeting(secretary)
    const path = exportPath(meeting.id, paper, form)
    const citizen = await app.person({ grants: [inMeeting('citizen', meeting.id)] })
    const outsider = await app.person({ grants: [inMeeting('recorder', other.id)] })
    expect((await citizen.fetch(path)).status).toBe(403)
    expect((await outsider.fetch(path)).status).toBe(403)
    expect((await app.stranger().fetch(path)).status).toBe(401)
    expect((await secretary.fetch(exportPath(v7(), paper, form))).status).toBe(404)
    const entries = await app.db.reader.select().from(auditEntries).where(eq(auditEntries.subjectId, meeting.id))
    expect(entries.some(({ action }) => action.startsWith('export:'))).toBe(false)
  },
)

test('papers and forms that there are not, and bad ids, are invalid input', async () => {
  const meeting = await makeMeeting(secretary)
  for (const path of [
    `/api/meetings/${meeting.id}/export/minutes.odt`,
    `/api/meetings/${meeting.id}/export/secrets.json`,
    '/api/meetings/x/export/minutes.json',
  ]) {
    expect((await secretary.fetch(path)).status).toBe(400)
  }
})

test('dates on papers are Beijing time', () => expect(dateOnPaper('2026-11-23T16:05:00.000Z')).toBe('2026年11月24日 00:05'))

test('a file name can neither break the header nor name a path', () => {
  expect(attachment('a"\r\nSet-Cookie: x/..\\b.docx', 'minutes.docx')).toBe(
    `attachment; filename="minutes.docx"; filename*=UTF-8''a___Set-Cookie_%20x_.._b.docx`,
  )
})
