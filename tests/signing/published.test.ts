import { createHash } from 'node:crypto'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundlePath } from '../../shared/bundle.ts'
import type { PublishedEdition } from '../../shared/minutes-published.ts'
import { insert, openEditor } from '../minutes/editors.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inMeeting, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'
import { amendingMeeting, makePeople } from './minutes.ts'

let app: TestApp
let nanxun: Person
let wujiang: Person
beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  ;({ nanxun, wujiang } = await makePeople(app))
})
afterAll(() => app?.close())

const { nanxun: south, wujiang: north } = districts
const published = (person: Person, meetingId: string) => person.get<PublishedEdition[]>(`/api/meetings/${meetingId}/minutes/published`)

async function sign(meetingId: string, contentHash: string) {
  value(await nanxun.post('minutes:sign', { meetingId, regionCode: south, contentHash }))
  return value(await wujiang.post('minutes:sign', { meetingId, regionCode: north, contentHash }))
}
async function unlock(meetingId: string, reason: string) {
  value(await nanxun.post('minutes:unlock', { meetingId, regionCode: south, reason }))
  return value(await wujiang.post('minutes:unlock', { meetingId, regionCode: north }))
}
async function codeOf(meetingId: string) {
  return (await nanxun.get<{ code: string }>(`/api/meetings/${meetingId}`)).code
}
async function pageOf(path: string, person: Person = app.stranger()) {
  const response = await person.fetch(path)
  return { status: response.status, html: await response.text(), headers: response.headers }
}

/** Minutes that cite a suggestion of two receipts and three people. */
async function citing() {
  const meeting = await makeMeeting(nanxun, { suggestionPolicy: 'immediate' })
  const meetingId = meeting.id
  const [author, twin, supporter] = [await app.visitor(), await app.visitor(), await app.visitor()]
  const post = async (person: Person, text: string) => value(await person.post('suggestion:post', { id: v7(), meetingId, text }))
  const kept = await post(author, '渡口晚上看不见路，请装路灯')
  const merged = await post(twin, '渡口请装灯')
  value(await supporter.post('suggestion:support', { suggestionId: kept.suggestion.id, supported: true }))
  value(await nanxun.post('suggestion:merge', { suggestionId: merged.suggestion.id, intoId: kept.suggestion.id }))
  const editor = openEditor(app.url, nanxun, meetingId)
  await editor.loaded()
  const { id: suggestionId, text, authorName } = kept.suggestion
  insert(editor.doc, 'suggestionCitation', { suggestionId, text, authorName, citedAt: new Date().toISOString() })
  await editor.saved()
  editor.close()
  value(await nanxun.post('meeting:end', { meetingId }))
  value(await nanxun.post('minutes:to-draft', { meetingId }))
  const { contentHash } = value(await nanxun.post('minutes:to-amending', { meetingId, despiteMissing: '试' }))
  return { meeting, meetingId, contentHash: contentHash!, kept, merged }
}

test('signed minutes are everybody’s to read at the meeting’s code, in either language, with who signed what', async () => {
  const { meetingId, contentHash } = await amendingMeeting(app, nanxun, '今冬在渡口装路灯<十二>盏')
  const code = await codeOf(meetingId)
  const before = await pageOf(`/minutes/${code}`)
  expect([before.status, before.html.includes('协商纪要还没有公开')]).toEqual([404, true])
  expect(await published(app.stranger(), meetingId)).toEqual([])
  await sign(meetingId, contentHash)

  const { status, html, headers } = await pageOf(`/minutes/${code}`)
  expect(status).toBe(200)
  expect(headers.get('content-type')).toContain('text/html')
  for (const words of ['今冬在渡口装路灯&lt;十二&gt;盏', '沈秘书', '吴主持', '浙江省 · 湖州市 · 南浔区', contentHash, '已签署并公开'])
    expect(html).toContain(words)
  for (const words of ['<script', '未签署', 'minutes.zip"']) expect(html).not.toContain(words)
  const english = await pageOf(`/minutes/${code}?lang=en`)
  expect(english.html).toContain('Signed and published')
  expect(english.html).toContain('今冬在渡口装路灯')
  expect((await pageOf(`/minutes/${code}`, nanxun)).html).toContain(bundlePath(meetingId))
  for (const other of [`/minutes/${meetingId}`, `/minutes/${code.toLowerCase()}`]) {
    const moved = await fetch(`${app.url}${other}`, { redirect: 'manual' })
    expect([moved.status, moved.headers.get('location')], other).toEqual([302, `/minutes/${code}`])
  }
})

test('what the public takes away is what was signed', async () => {
  const { meetingId, contentHash } = await amendingMeeting(app, nanxun, '同意共测界河水质')
  const code = await codeOf(meetingId)
  const file = (form: string, edition = 1) => app.stranger().fetch(`/minutes/${code}/${edition}/minutes.${form}`)
  expect((await file('json')).status).toBe(404)
  await sign(meetingId, contentHash)
  const document = Buffer.from(await (await file('json')).arrayBuffer())
  expect(createHash('sha256').update(document).digest('hex')).toBe(contentHash)
  const [docx, html] = [await file('docx'), await file('html')]
  expect(
    Buffer.from(await docx.arrayBuffer())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK')
  expect(await html.text()).toContain('同意共测界河水质')
  expect(html.headers.get('content-disposition')).toMatch(/^attachment/)
  expect((await file('docx', 2)).status).toBe(404)
  expect((await file('zip')).status).toBe(400)
  expect((await app.stranger().fetch(`/minutes/${code}/1/pictures/${v7()}`)).status).toBe(404)
})

test('an unlocked edition stays readable, says that it does not hold any more and why, and gives way to the next one', async () => {
  const { meetingId, contentHash } = await amendingMeeting(app, nanxun, '每月共测一次')
  const code = await codeOf(meetingId)
  await sign(meetingId, contentHash)
  await unlock(meetingId, '出席人数<有误>')
  const open = await pageOf(`/minutes/${code}`)
  for (const words of ['每月共测一次', '已不是现行版本', '出席人数&lt;有误&gt;', '沈秘书']) expect(open.html).toContain(words)
  expect(open.html).not.toContain('已签署并公开')
  expect(await published(app.stranger(), meetingId)).toMatchObject([{ edition: 1, openReason: '出席人数<有误>' }])
  const again = await sign(meetingId, contentHash)
  expect(again).toMatchObject({ stage: 'signed', edition: 2 })
  const [now, first] = [await pageOf(`/minutes/${code}`), await pageOf(`/minutes/${code}/1`)]
  expect(now.html).toContain('第2版 · 已签署并公开')
  expect(first.html).toContain('此后已签署第2版，以新版为准。')
  expect(first.html).toContain('沈秘书')
  expect((await pageOf(`/minutes/${code}/3`)).status).toBe(404)
})

test('how many stand behind a cited suggestion is counted until the minutes are signed, and then stays; its receipt leads there', async () => {
  const { meetingId, contentHash, kept, merged } = await citing()
  const code = await codeOf(meetingId)
  const paper = async () => (await nanxun.fetch(`/api/meetings/${meetingId}/export/minutes.md`)).text()
  // Supporters are counted within a second.
  await eventually(async () => (await paper()).includes('3人支持，2份回执，已公开'))
  await sign(meetingId, contentHash)
  value(await nanxun.post('suggestion:unmerge', { suggestionId: merged.suggestion.id }))
  value(await nanxun.post('suggestion:answer', { suggestionId: kept.suggestion.id, answer: '已列入计划' }))
  for (const words of [await paper(), (await pageOf(`/minutes/${code}`)).html]) expect(words).toContain('3人支持，2份回执，已公开')
  expect(await published(app.stranger(), meetingId)).toMatchObject([
    { standings: [{ suggestionId: kept.suggestion.id, supporters: 3, receipts: 2, status: 'published' }] },
  ])
  const { steps } = await app.stranger().get<{ steps: unknown[] }>(`/api/receipts/${kept.receipt}`)
  expect(steps).toContainEqual({ kind: 'cited', at: expect.any(String), edition: 1, path: `/minutes/${code}/1` })
  const other = await app.stranger().get<{ steps: { kind: string }[] }>(`/api/receipts/${merged.receipt}`)
  expect(other.steps.map(({ kind }) => kind)).not.toContain('cited')
  await unlock(meetingId, '更正')
  expect(await paper()).toMatch(/1份回执，已答复/)
})

test('links that lead nowhere say so, in a page and not in data', async () => {
  for (const path of ['/minutes/ZZZZ', `/minutes/${v7()}`, '/minutes/ZZZZ/1']) {
    const { status, html } = await pageOf(path)
    expect([status, html.includes('没有这份协商纪要')], path).toEqual([404, true])
  }
  await expect(published(nanxun, v7())).rejects.toMatchObject({ status: 404 })
  const meeting = await makeMeeting(nanxun)
  const member = await app.person({ grants: [inMeeting('member', meeting.id)] })
  expect(failure(await member.post('minutes:to-draft', { meetingId: meeting.id })).code).toBe('not-allowed')
})
