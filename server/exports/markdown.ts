import { attachmentMark, attachmentNames, type Cell, type Paper, type PaperBlock, plainText, type Run } from './paper.ts'

/** Writes a paper as Markdown (CommonMark with tables and footnotes as GitHub has them). */
export function renderMarkdown(paper: Paper): string {
  const notes: string[] = []
  const blocksOf = (blocks: readonly PaperBlock[]) => blocks.map((block) => blockOf(block, notes))
  const names = attachmentNames(paper)
  const parts = [
    [paper.urgency, paper.mark, paper.number]
      .filter((part) => part !== '')
      .map(escaped)
      .join('　'),
    `# ${escaped(paper.title)}`,
    ...(paper.recipients.length === 0 ? [] : [`${escaped(paper.recipients.join('、'))}：`]),
    ...blocksOf(paper.blocks),
    ...(names.length === 0 ? [] : [`附件：${names.map(escaped).join('\\\n')}`]),
    ...paper.attendance.map(({ name, text }) => `**${escaped(name)}**：${escaped(text)}`),
    ...(paper.signed ? [[...paper.signed.bodies, paper.signed.date].map(escaped).join('\\\n')] : []),
    ...(paper.remark === '' ? [] : [`（${escaped(paper.remark)}）`]),
    ...paper.attachments.flatMap((one, place) => [
      '---',
      `${attachmentMark(paper, place)}`,
      `## ${escaped(one.title)}`,
      ...blocksOf(one.blocks),
    ]),
    ...(paper.colophon ? ['---', ...colophonOf(paper.colophon)] : []),
  ]
  const feet = notes.map((note, place) => `[^${place + 1}]: ${escaped(note)}`)
  return `${joined([...parts, ...feet])}\n`
}

/** Items follow one another, everything else stands apart. */
const joined = (parts: readonly string[]) =>
  parts.map((part, place) => (place === 0 ? part : `${isItem(part) && isItem(parts[place - 1]!) ? '\n' : '\n\n'}${part}`)).join('')
const isItem = (part: string) => /^ *(- |\d+\. )/.test(part)

const colophonOf = ({ copiesTo, printedBy, printedOn }: NonNullable<Paper['colophon']>) => [
  ...(copiesTo.length === 0 ? [] : [`抄送：${escaped(copiesTo.join('，'))}。`]),
  `${escaped(printedBy)}　${escaped(printedOn)}印发`,
]

function blockOf(block: PaperBlock, notes: string[]): string {
  const runs = (list: readonly Run[]) => list.map((run) => runOf(run, notes)).join('')
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level + 1)} ${escaped(block.text)}`
    case 'paragraph':
      return runs(block.runs)
    case 'quote':
      return `> ${runs(block.runs).replaceAll('\n', '\n> ')}`
    case 'source':
      return `> ${escaped(block.text)}`
    case 'item':
      return `${'   '.repeat(block.depth)}${markerOf(block.marker)}${runs(block.runs)}`
    case 'field':
      return `**${escaped(block.name)}**：${escaped(block.text)}`
    case 'table':
      return tableOf(block)
    case 'image':
      return block.image
        ? `![${escaped(block.caption)}](data:image/${block.image.type === 'jpg' ? 'jpeg' : block.image.type};base64,${block.image.bytes.toString('base64')})`
        : `［图片：${escaped(block.caption)}］`
  }
}

const markerOf = (marker: string) => (marker === '' ? '   ' : marker === '·' ? '- ' : `${marker} `)

/** A cell that spans stands in its first place, with empty ones behind it: Markdown has no spans. */
function tableOf({ title, rows }: Extract<PaperBlock, { kind: 'table' }>): string {
  const grid = gridOf(rows)
  const [head = [], ...others] = grid
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const table = [line(head), line(head.map(() => '---')), ...others.map(line)].join('\n')
  return title === '' ? table : `**${escaped(title)}**\n\n${table}`
}

function gridOf(rows: readonly Cell[][]): string[][] {
  const grid: (string | undefined)[][] = rows.map(() => [])
  for (const [y, row] of rows.entries()) {
    for (const cell of row) {
      let x = 0
      while (grid[y]![x] !== undefined) x += 1
      for (let down = 0; down < cell.rows && y + down < rows.length; down += 1)
        for (let across = 0; across < cell.columns; across += 1)
          grid[y + down]![x + across] = down + across === 0 ? escaped(plainText(cell.runs)).replaceAll('\n', '<br>') : ''
    }
  }
  const width = Math.max(0, ...grid.map((row) => row.length))
  return grid.map((row) => Array.from({ length: width }, (_, x) => row[x] ?? ''))
}

function runOf({ text, bold, italic, strike, note }: Run, notes: string[]): string {
  const sign = `${strike ? '~~' : ''}${bold ? '**' : ''}${italic ? '*' : ''}`
  // Signs that touch a space do not count as emphasis.
  const [, before = '', inner = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(escaped(text)) ?? []
  const words = inner === '' ? before + after : `${before}${sign}${inner}${[...sign].reverse().join('')}${after}`
  return `${words.replaceAll('\n', '\\\n')}${note === undefined ? '' : `[^${notes.push(note)}]`}`
}

/** What would mean something to Markdown or be taken for HTML stands for itself. */
const escaped = (text: string) =>
  text
    .toWellFormed()
    .replace(/[\\`*_[\]<>~|#]/g, '\\$&')
    .replace(/^(\s*)([-+]|\d+\.)(?=\s)/gm, '$1\\$2')
