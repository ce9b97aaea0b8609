import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  agendaSectionsOf,
  footnotesOf,
  minutesQueries,
  passagesOf,
  presenceColour,
  suggestionsCitedIn,
  textOf,
} from '../../shared/minutes.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import type { Person } from '../support/people.ts'
import { insert, openEditor, write } from './editors.ts'

let app: TestApp
let secretary: Person
beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ name: '秘书', grants: [inRegion('secretary', districts.nanxun)] })
})
afterAll(() => app.close())

test('the passages are the blocks with words, in order, with citations in their words of then', async () => {
  const meeting = await makeMeeting(secretary)
  const editor = openEditor(app.url, secretary, meeting.id)
  await editor.loaded()
  const written = write(editor.doc, '双方同意共测水质')
  write(editor.doc, '   ')
  const suggestionId = v7()
  const cited = insert(editor.doc, 'suggestionCitation', {
    suggestionId,
    text: '渡口晚上太黑',
    authorName: '王阿姨',
    citedAt: new Date().toISOString(),
  })
  await editor.saved()
  const passages = minutesQueries['minutes-passages'].output.parse(await secretary.get(`/api/meetings/${meeting.id}/minutes/passages`))
  expect(passages.slice(-2)).toEqual([
    { blockId: written, type: 'paragraph', text: '双方同意共测水质' },
    { blockId: cited, type: 'suggestionCitation', text: '渡口晚上太黑（王阿姨）' },
  ])
  expect(passages[0]).toMatchObject({
    type: 'meetingHead',
    text: expect.stringContaining('地点：南浔主会场\n协商地区：浙江省湖州市南浔区'),
  })
  expect(passages[1]).toMatchObject({ type: 'heading', text: '会议情况' })

  const { minutes } = app.services
  expect(await minutes.passageTexts(meeting.id, [cited, written])).toEqual([
    { blockId: cited, text: '渡口晚上太黑（王阿姨）' },
    { blockId: written, text: '双方同意共测水质' },
  ])
  await expect(minutes.passageTexts(meeting.id, [written, 'none'])).rejects.toMatchObject({
    code: 'not-found',
    reason: 'passage-not-found',
  })
  editor.close()
})

test('minutes that nobody has begun have no passages', async () => {
  const meeting = await makeMeeting(secretary)
  expect(await secretary.get(`/api/meetings/${meeting.id}/minutes/passages`)).toEqual([])
})

test('passages are for those in the room: citizens, strangers and unknown meetings are refused', async () => {
  const meeting = await makeMeeting(secretary)
  const path = `/api/meetings/${meeting.id}/minutes/passages`
  const member = await app.person({ grants: [inMeeting('member', meeting.id)] })
  await expect(member.get(path)).resolves.toEqual([])
  await expect((await app.visitor()).get(path)).rejects.toMatchObject({ status: 403 })
  await expect(app.stranger().get(path)).rejects.toMatchObject({ status: 401 })
  await expect(secretary.get(`/api/meetings/${v7()}/minutes/passages`)).rejects.toMatchObject({ status: 404 })
  await expect(secretary.get('/api/meetings/x/minutes/passages')).rejects.toMatchObject({ status: 400 })
})

const paragraph = (blockId: string | null, text: string) => ({ type: 'paragraph', attrs: { blockId }, content: [{ type: 'text', text }] })

const text = (words: string) => ({ type: 'text', text: words })
const row = (...cells: string[]) => ({
  type: 'tableRow',
  content: cells.map((words) => ({ type: 'tableCell', content: [paragraph(null, words)] })),
})

test.each([
  [
    'a list',
    { type: 'bulletList', content: ['甲', '乙'].map((text) => ({ type: 'listItem', content: [paragraph(null, text)] })) },
    '甲\n乙',
  ],
  [
    'bold words amid others',
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: '共' },
        { type: 'text', text: '测', marks: [{ type: 'bold' }] },
      ],
    },
    '共测',
  ],
  [
    'a broken line',
    { type: 'paragraph', content: [{ type: 'text', text: '上' }, { type: 'hardBreak' }, { type: 'text', text: '下' }] },
    '上\n下',
  ],
  ['a citation without its attributes', { type: 'suggestionCitation', attrs: {} }, ''],
  ['a decision', { type: 'decision', content: [{ type: 'text', text: '每月共测一次' }] }, '议定：每月共测一次'],
  ['an empty decision', { type: 'decision' }, ''],
  [
    'a passage with a note',
    { type: 'paragraph', content: [text('共测'), { type: 'footnote', attrs: { text: '见附件' } }] },
    '共测（注：见附件）',
  ],
  ['a table', { type: 'table', content: [row('断面', '水质'), row('一号', '三类')] }, '断面\t水质\n一号\t三类'],
  ['a picture', { type: 'image', attrs: { photoId: v7(), width: 4, height: 3, caption: '界河' } }, '界河'],
  ['a block of a later version', { type: 'sketch', content: [{ type: 'leg', content: [text('仍在')] }] }, '仍在'],
])('the words of %s', (_what, node, words) => expect(textOf(node)).toBe(words))

test('a block with the id of an earlier one, or with none, is no passage', () => {
  const content = [paragraph('a', '一'), paragraph('a', '二'), paragraph(null, '三'), paragraph('<script>', '四')]
  expect(passagesOf({ type: 'doc', content })).toEqual([{ blockId: 'a', type: 'paragraph', text: '一' }])
})

test('the section of an agenda item reaches to the next heading of its level, whatever its heading reads', () => {
  const [first, second] = [v7(), v7()]
  const heading = (level: number, agendaItemId?: string) => ({ type: 'heading', attrs: { level, agendaItemId }, content: [text('标题')] })
  const content = [
    heading(2, first),
    paragraph('a', '一'),
    heading(3),
    paragraph('b', '二'),
    heading(2, second),
    heading(1),
    paragraph('c', '三'),
  ]
  const sections = agendaSectionsOf({ type: 'doc', content: [...content, heading(2, first)] })
  expect(sections.map(({ agendaItemId, blocks }) => [agendaItemId, blocks.length])).toEqual([
    [first, 3],
    [second, 0],
  ])
})

test('notes are numbered in reading order, wherever they stand', () => {
  const note = (words: string) => ({ type: 'footnote', attrs: { text: words } })
  const table = {
    type: 'table',
    content: [{ type: 'tableRow', content: [{ type: 'tableCell', content: [{ type: 'paragraph', content: [note('二')] }] }] }],
  }
  expect(
    footnotesOf({
      type: 'doc',
      content: [{ type: 'paragraph', content: [note('一')] }, table, { type: 'decision', content: [note('三')] }],
    }),
  ).toEqual(['一', '二', '三'])
})

test('suggestions cited in a selection are found once each', () => {
  const suggestionId = v7()
  const citation = { type: 'suggestionCitation', attrs: { suggestionId } }
  expect(suggestionsCitedIn([citation, { type: 'blockquote', content: [citation] }, paragraph('a', '一')])).toEqual([suggestionId])
})

test('an account’s colour stays the same', () => expect(presenceColour('a')).toBe(presenceColour('a')))
