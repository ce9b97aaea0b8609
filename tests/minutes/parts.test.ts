import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import type { MinutesNode } from '../../shared/minutes.ts'
import { headFields } from '../../shared/minutes-nodes.ts'
import { isExcused, type MissingPart, missingParts } from '../../shared/minutes-parts.ts'

const text = (words: string): MinutesNode => ({ type: 'text', text: words })
const words = (type: string, say: string): MinutesNode => ({ type, ...(say !== '' && { content: [text(say)] }) })
const heading = (title: string, agendaItemId?: string): MinutesNode => ({
  type: 'heading',
  attrs: { level: 2, agendaItemId },
  content: [text(title)],
})
const head = (...empty: string[]): MinutesNode => ({
  type: 'meetingHead',
  content: headFields.map((name) => ({ ...words('meetingField', empty.includes(name) ? '' : '有'), attrs: { name } })),
})
const vote = (outcome: string): MinutesNode => ({
  type: 'voteResult',
  attrs: {
    voteId: v7(),
    question: '是否共测',
    secret: false,
    majority: 'simple',
    base: 'cast',
    yes: 2,
    no: 1,
    abstain: 0,
    present: 3,
    quorum: 5,
    outcome,
    closedAt: new Date().toISOString(),
  },
})

const item = { id: v7(), title: '界河水质', minutes: 30 }
const missing = (...content: MinutesNode[]) => missingParts({ type: 'doc', content }, { agenda: [item] }).map(({ kind }) => kind)
const section = heading('改过的标题', item.id)
const said = words('paragraph', '双方谈了水质')

test.each<[string, MinutesNode[], string[]]>([
  ['empty minutes', [], ['head', 'section']],
  [
    'a head that says nothing of those present, the chair and the quorum',
    [head('present', 'chair', 'quorum'), section, said, vote('carried')],
    ['attendance', 'chair', 'quorum'],
  ],
  ['a section with nothing in it', [head(), section, words('paragraph', ' '), heading('下一项')], ['discussion']],
  ['a section without a decision', [head(), section, said, heading('下一项'), words('decision', '不属于它')], ['decision']],
  ['an empty decision', [head(), section, said, words('decision', '')], ['decision']],
  ['a vote without a quorum', [head(), section, said, vote('no-quorum')], ['decision']],
  ['a decision', [head(), section, said, words('decision', '每月共测')], []],
  ['a vote that did not carry', [head(), section, vote('not-carried')], []],
  ['a recommendation', [head(), section, words('recommendationPassage', '建议共测')], []],
  ['a decision below a heading of its own', [head(), section, { ...heading('议定'), attrs: { level: 3 } }, words('decision', '共测')], []],
  ['a section known by its title alone', [head(), heading(item.title), words('decision', '共测')], []],
])('what is missing with %s', (_what, content, kinds) => expect(missing(...content)).toEqual(kinds))

test.each<[MissingPart['kind'], MissingPart['kind'], boolean]>([
  ['section', 'decision', true],
  ['discussion', 'decision', true],
  ['decision', 'decision', true],
  ['decision', 'discussion', false],
  ['chair', 'chair', true],
  ['chair', 'attendance', false],
])('whoever goes without the %s goes without the %s: %s', (excused, part, is) => {
  const isOfItem = (kind: MissingPart['kind']) => ['section', 'discussion', 'decision'].includes(kind)
  const partOf = (kind: MissingPart['kind'], agendaItemId = item.id) =>
    ({ kind, ...(isOfItem(kind) && { agendaItemId, title: item.title }) }) as MissingPart
  expect(isExcused(partOf(part), [partOf(excused)])).toBe(is)
  if (excused === 'section') expect(isExcused(partOf(part), [partOf(excused, v7())])).toBe(false)
})
