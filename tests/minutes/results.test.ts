import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { voteCitation } from '../../shared/result-citations.ts'
import { group, open as openGroups } from '../breakouts/rounds.ts'
import { chairedMeeting, member } from '../floor/rooms.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inRegion } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'
import { bodyOf, insert, openEditor, xmlOf } from './editors.ts'

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
  return { meeting, chair, qian: await member(app, meeting, '钱建国', 0) }
}
async function vote({ meeting, chair, qian }: Scene, question: string) {
  const motion = { id: v7(), meetingId: meeting.id, question, secret: false, majority: 'simple' as const, base: 'cast' as const }
  const { id: voteId } = value(await chair.person.ask('vote:open', motion))
  value(await qian.person.ask('vote:cast', { voteId, choice: 'yes' }))
  return value(await chair.person.ask('vote:close', { voteId }))
}
async function poll({ meeting, chair, qian }: Scene, question: string) {
  const id = v7()
  value(
    await chair.person.ask('poll:open', {
      id,
      meetingId: meeting.id,
      kind: 'single',
      question,
      options: ['早班', '晚班'],
      results: 'closed',
    }),
  )
  value(await qian.person.ask('poll:answer', { id: v7(), pollId: id, choices: [0] }))
  return value(await chair.person.ask('poll:close', { pollId: id }))
}
async function talkInGroups({ meeting, chair }: Scene, text: string) {
  const own = group('第一组', { agendaItemId: meeting.agenda[1]!.id, siteIds: [meeting.sites[0]!.id] })
  const other = group('第二组', { siteIds: [meeting.sites[1]!.id] })
  const { id: breakoutId } = await openGroups(chair.person, meeting, { outsideIds: [], groups: [own, other] })
  value(await chair.person.ask('breakout:note', { groupId: own.id, text, version: 0 }))
  value(await chair.person.ask('breakout:close', { breakoutId }))
}
const open = async ({ meeting }: Scene) => {
  const editor = openEditor(app.url, secretary, meeting.id)
  await editor.loaded()
  return editor
}
/** The results in the document with the heading that they stand under, in order. */
function resultsIn(doc: Parameters<typeof bodyOf>[0]): [string, string][] {
  let heading = ''
  return bodyOf(doc)
    .toArray()
    .flatMap((block): [string, string][] => {
      if (!('nodeName' in block)) return []
      if (block.nodeName === 'heading') heading = String(block.get(0))
      return block.nodeName.endsWith('Result') ? [[heading, String(block.getAttribute('question') ?? block.getAttribute('text'))]] : []
    })
}

test('votes, polls and what groups wrote are in the open minutes as they end, each under its agenda item', async () => {
  const here = await scene()
  const editor = await open(here)
  await vote(here, '同意共测水质吗？')
  await eventually(() => expect(resultsIn(editor.doc)).toEqual([['界河水质', '同意共测水质吗？']]))
  value(await secretary.ask('agenda:go', { meetingId: here.meeting.id, agendaItemId: here.meeting.agenda[1]!.id }))
  await poll(here, '增开哪一班？')
  await talkInGroups(here, '第一组建议增开早班')
  await eventually(() =>
    expect(resultsIn(editor.doc)).toEqual([
      ['界河水质', '同意共测水质吗？'],
      ['渡口与公交', '增开哪一班？'],
      ['渡口与公交', '第一组建议增开早班'],
    ]),
  )
  expect(xmlOf(editor.doc)).toContain('outcome="carried"')
  editor.close()
})

test('what ended before anybody opened the minutes is in them when somebody does, once, and what a recorder has cited is not doubled', async () => {
  const here = await scene()
  await poll(here, '增开哪一班？')
  const early = await open(here)
  await eventually(() => expect(resultsIn(early.doc)).toEqual([['界河水质', '增开哪一班？']]))
  // Cited by hand while the vote's end was still on its way.
  const motion = {
    id: v7(),
    meetingId: here.meeting.id,
    question: '同意吗？',
    secret: false,
    majority: 'simple' as const,
    base: 'cast' as const,
  }
  const opened = value(await here.chair.person.ask('vote:open', motion))
  const cited = voteCitation({
    ...opened,
    closedAt: new Date().toISOString(),
    result: { yes: 0, no: 0, abstain: 0, present: 0, quorum: null, outcome: 'not-carried' },
  })
  insert(early.doc, 'voteResult', cited!)
  await early.saved()
  value(await here.chair.person.ask('vote:close', { voteId: opened.id }))
  await poll(here, '还要问什么？')
  await eventually(() => expect(resultsIn(early.doc).map(([, words]) => words)).toEqual(['增开哪一班？', '还要问什么？', '同意吗？']))
  early.close()
})

test('a result that a recorder has removed does not come back', async () => {
  const here = await scene()
  const editor = await open(here)
  await vote(here, '同意共测水质吗？')
  await eventually(() => expect(resultsIn(editor.doc)).toHaveLength(1))
  const body = bodyOf(editor.doc)
  body.delete(
    body.toArray().findIndex((block) => 'nodeName' in block && block.nodeName === 'voteResult'),
    1,
  )
  await editor.saved()
  await poll(here, '增开哪一班？')
  await eventually(() => expect(resultsIn(editor.doc)).toEqual([['界河水质', '增开哪一班？']]))
  editor.close()
})
