import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { renderDocx } from '../../server/exports/docx/render.ts'
import { renderHtml } from '../../server/exports/html.ts'
import { linesOfWidth, signatureIndents } from '../../server/exports/layout.ts'
import { renderMarkdown } from '../../server/exports/markdown.ts'
import { blocksOfAll } from '../../server/exports/minutes-blocks.ts'
import { chineseNumeral, numberHeadings, type PaperBlock, plainPaper } from '../../server/exports/paper.ts'
import { titleLines } from '../../server/exports/title-lines.ts'
import { pixel, samplePaper } from './sample-paper.ts'

test.each([
  [1, '一'],
  [9, '九'],
  [10, '十'],
  [11, '十一'],
  [20, '二十'],
  [99, '九十九'],
])('%i is written %s', (value, written) => expect(chineseNumeral(value)).toBe(written))

test('headings are numbered by level, and those that their author numbered stay', () => {
  const heading = (level: 1 | 2 | 3, text: string): PaperBlock => ({ kind: 'heading', level, text })
  const numbered = numberHeadings([
    heading(1, '甲'),
    heading(2, '乙'),
    heading(2, '丙'),
    heading(3, '丁'),
    heading(1, '二、戊'),
    heading(2, '己'),
    heading(1, '庚'),
  ])
  expect(numbered.map((block) => 'text' in block && block.text)).toEqual([
    '一、甲',
    '（一）乙',
    '（二）丙',
    '1.丁',
    '二、戊',
    '（一）己',
    '三、庚',
  ])
})

test.each([
  // GB/T 9704-2012, 7.3.5.2: the date begins two characters behind the name, and never ends nearer than two to the edge.
  ['政协湖州市南浔区委员会', '2026年11月23日', { body: 2, date: 4 }],
  ['区政协', '2026年11月23日', { body: 8, date: 2 }],
])('%s and %s stand where the standard has them', (body, date, indents) => expect(signatureIndents(body, date)).toEqual(indents))

test('a long title is broken between words into lines of about one length', () => {
  expect(titleLines('界河水质', 20)).toEqual(['界河水质'])
  const title = '关于界河水质联合治理与渡口公交接驳延时运行的联合协商会议纪要'
  const lines = titleLines(title, 20)
  expect(lines.join('')).toBe(title)
  expect(lines).toHaveLength(2)
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(20)
  expect(titleLines('一河两岸共管共行：南浔·吴江毗邻地区联合协商会', 20)).toEqual(['一河两岸共管共行：', '南浔·吴江毗邻地区联合协商会'])
  expect(titleLines('议'.repeat(10_000), 20).every((line) => line.length <= 20)).toBe(true)
})

test('no line begins with a mark that closes', () => {
  expect(linesOfWidth('一二三四。五六', 4, 0)).toEqual(['一二三四。', '五六'])
  expect(linesOfWidth('一二三四五六', 4, 2)).toEqual(['一二三四', '五六'])
})

const wordsOfDocx = async () => {
  const files = unzipSync(await renderDocx(samplePaper))
  return Object.keys(files)
    .filter((name) => /^word\/(document|footnotes)\.xml$/.test(name))
    .map((name) => strFromU8(files[name]!).replace(/<[^>]+>/g, ''))
    .join('')
}

test.each([
  ['DOCX', wordsOfDocx],
  ['HTML', () => renderHtml(samplePaper).replace(/<[^>]+>/g, '')],
  ['Markdown', () => renderMarkdown(samplePaper).replace(/\\|\*\*/g, '')],
])('everything of a paper stands in its %s', async (_, render) => {
  const words = (await render()).replace(/\s/g, '')
  for (const part of [
    samplePaper.mark,
    samplePaper.number,
    samplePaper.title,
    '南浔区人民政府、吴江区人民政府：',
    '时间：2026年11月23日14:00',
    '（1）取样',
    '今冬',
    '清淤范围以两地水利部门的图为准。',
    '结果互相通报',
    '渡口晚上太黑，请装路灯',
    '太浦河',
    '断面位置图',
    '已删除的图',
    '附件：1.发言时间统计',
    '附件2',
    '列席：',
    '政协苏州市吴江区委员会',
    '2026年11月23日',
    '（此件公开发布）',
    '抄送：湖州市政协办公室，苏州市政协办公室，长三角生态绿色一体化发展示范区执行委员会。',
    '2026年11月24日印发',
  ]) {
    // The title and the copies are broken into lines.
    expect(words.replaceAll('"', ''), part).toContain(part)
  }
})

test('what people wrote is words on the page and in Markdown, never markup', () => {
  const nasty = '<img src=x onerror=alert(1)> **不** [链](javascript:x)\n# 标题'
  const paper = plainPaper({
    mark: nasty,
    title: nasty,
    blocks: [
      { kind: 'paragraph', runs: [{ text: nasty }] },
      { kind: 'field', name: nasty, text: nasty },
    ],
  })
  expect(renderHtml(paper)).not.toMatch(/<img|onerror=alert\(1\)>/)
  const markdown = renderMarkdown(paper)
  expect(markdown).not.toMatch(/(^|[^\\])<img|[^\\]\*\*不|[^\\]\[链/)
  expect(markdown).not.toMatch(/^# 标题/m)
})

test('what no XML can hold is left out of a DOCX file, which stays readable', async () => {
  const paper = plainPaper({ mark: '纪\u0000要', title: '\ud800', blocks: [{ kind: 'paragraph', runs: [{ text: 'a\u0007b<&>' }] }] })
  expect(strFromU8(unzipSync(await renderDocx(paper))['word/document.xml']!)).toMatch(/纪要.*ab&lt;&amp;&gt;/s)
})

test('every block of the minutes reaches the paper, and one that is not known keeps its words', () => {
  const text = (words: string) => ({ type: 'text', text: words })
  const paragraph = (words: string) => ({ type: 'paragraph', content: [text(words)] })
  const photoId = '0191d7a0-0000-7000-8000-000000000000'
  const image = { bytes: pixel, type: 'png' as const, width: 10, height: 10 }
  const blocks = blocksOfAll(
    [
      { type: 'decision', content: [text('今冬完成')] },
      { type: 'recommendationPassage', content: [text('装路灯'), { type: 'footnote', attrs: { text: '十二盏' } }] },
      {
        type: 'table',
        content: [
          { type: 'tableRow', content: [{ type: 'tableHeader', attrs: { colspan: 2 }, content: [paragraph('位置')] }] },
          {
            type: 'tableRow',
            content: [
              { type: 'tableCell', content: [paragraph('甲'), paragraph('乙')] },
              { type: 'tableCell', content: [] },
            ],
          },
        ],
      },
      { type: 'image', attrs: { photoId, width: 10, height: 10, caption: '渡口' } },
      { type: 'paragraph' },
      { type: 'ofALaterVersion', content: [paragraph('还在')] },
      {
        type: 'bulletList',
        content: [
          {
            type: 'listItem',
            content: [paragraph('一'), { type: 'orderedList', content: [{ type: 'listItem', content: [paragraph('二')] }] }],
          },
        ],
      },
    ],
    { pictures: new Map([[photoId, image]]), standings: new Map() },
  )
  expect(blocks).toMatchObject([
    { kind: 'paragraph', runs: [{ text: '议定：' }, { text: '今冬完成' }] },
    { kind: 'paragraph', runs: [{ text: '建议：' }, { text: '装路灯' }, { text: '', note: '十二盏' }] },
    {
      kind: 'table',
      rows: [
        [{ head: true, columns: 2, rows: 1 }],
        [{ head: false, runs: [{ text: '甲' }, { text: '\n' }, { text: '乙' }] }, { runs: [] }],
      ],
    },
    { kind: 'image', image, caption: '渡口' },
    { kind: 'paragraph', runs: [{ text: '还在' }] },
    { kind: 'item', marker: '·', depth: 0 },
    { kind: 'item', marker: '1.', depth: 1 },
  ])
})
