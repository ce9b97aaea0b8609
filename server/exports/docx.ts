import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip,
  Document,
  DocumentGridType,
  Footer,
  type IParagraphOptions,
  type IRunOptions,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import type { Paper, PaperBlock, Run } from './paper.ts'

/** Everything below is GB/T 9704-2012. 5.2.1: A4, head 37 mm, binding 28 mm, type area 156 × 225 mm, hence 26 mm and 35 mm. */
const page = {
  size: { width: convertMillimetersToTwip(210), height: convertMillimetersToTwip(297) },
  // 7.5: the page number stands 7 mm below the type area.
  margin: {
    top: convertMillimetersToTwip(37),
    right: convertMillimetersToTwip(26),
    bottom: convertMillimetersToTwip(35),
    left: convertMillimetersToTwip(28),
    footer: convertMillimetersToTwip(23),
  },
}

/** 5.2.3: 22 lines of 28 characters fill the type area. In twips: 225 mm / 22. */
const linePitch = 579
/**
 * 156 mm / 28 is 15.79 pt, against a character of 16 pt: in twips, rounded so that 28 fit. Said of the letters and not as a grid of characters, since
 * LibreOffice gives a letter that is wider than its cell two cells.
 */
const characterSpacing = -5

/** Half points. 二号 22 pt, 三号 16 pt, 四号 14 pt. */
const sizes = { mark: 72, title: 44, body: 32, small: 28 } as const

const font = (eastAsia: string) => ({ eastAsia, ascii: 'Times New Roman', hAnsi: 'Times New Roman', cs: 'Times New Roman' })
const fonts = {
  body: font('仿宋_GB2312'),
  title: font('方正小标宋简体'),
  black: font('黑体'),
  regular: font('楷体_GB2312'),
  pageNumber: { eastAsia: '宋体', ascii: '宋体', hAnsi: '宋体', cs: '宋体' },
}
const red = 'E60012'
/** Two characters of 16 pt, in twips. */
const indent = 640
/** Exactly one line of the grid, whatever stands in it. */
const gridLine = { line: linePitch, lineRule: LineRuleType.EXACT }

/** Writes a paper as a DOCX file. */
export function renderDocx(paper: Paper): Promise<Buffer> {
  const document = new Document({
    title: `${paper.mark} ${paper.title}`,
    creator: '',
    evenAndOddHeaderAndFooters: true,
    styles: {
      default: {
        document: { run: { font: fonts.body, size: sizes.body, characterSpacing, language: { eastAsia: 'zh-CN', value: 'en-US' } } },
      },
    },
    sections: [
      {
        properties: { page, grid: { type: DocumentGridType.LINES, linePitch } },
        footers: { default: pageFooter(AlignmentType.RIGHT), even: pageFooter(AlignmentType.LEFT) },
        children: [...head(paper), ...paper.blocks.flatMap(partsOf)],
      },
    ],
  })
  return Packer.toBuffer(document)
}

/** 7.5: 四号 half-width, a dash on each side, outside edge, one character in. */
function pageFooter(alignment: 'left' | 'right') {
  const run = (children: IRunOptions['children']) => new TextRun({ children: children ?? [], font: fonts.pageNumber, size: sizes.small })
  const one = 280
  return new Footer({
    children: [
      new Paragraph({
        alignment,
        indent: alignment === 'left' ? { left: one } : { right: one },
        children: [run(['— ', PageNumber.CURRENT, ' —'])],
      }),
    ],
  })
}

/** 10.3: the mark of minutes is centred and red; 7.3.1: the title is 二号小标宋, centred, below a red line. */
const head = (paper: Paper) => [
  new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { after: 240 },
    border: { bottom: { style: BorderStyle.SINGLE, size: 12, color: red, space: 6 } },
    children: [new TextRun({ text: paper.mark, font: fonts.title, size: sizes.mark, color: red })],
  }),
  new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { before: linePitch, after: linePitch },
    children: [new TextRun({ text: paper.title, font: fonts.title, size: sizes.title })],
  }),
]

/** 7.3.3: the first level 黑体, the second 楷体, the third and fourth 仿宋. */
const headingRuns: IRunOptions[] = [{ font: fonts.black }, { font: fonts.regular }, { bold: true }, {}]

type TextBlock = Exclude<PaperBlock, { kind: 'table' }>

const partsOf = (block: PaperBlock): (Paragraph | Table)[] => (block.kind === 'table' ? tableOf(block) : [paragraphOf(block)])

/** A table as wide as the type area, below its title; its head stands on every page that it reaches. */
function tableOf({ title, head, rows }: Extract<PaperBlock, { kind: 'table' }>): (Paragraph | Table)[] {
  const cell = (text: string, look: IRunOptions) =>
    new TableCell({
      margins: { left: 100, right: 100 },
      children: [new Paragraph({ children: [new TextRun({ ...look, text: printable(text), size: sizes.small })] })],
    })
  const row = (cells: string[], look: IRunOptions, tableHeader: boolean) =>
    new TableRow({ tableHeader, cantSplit: true, children: cells.map((text) => cell(text, look)) })
  return [
    new Paragraph({ spacing: gridLine, keepNext: true, children: [new TextRun({ text: title, font: fonts.regular })] }),
    new Table({
      width: { size: 100, type: WidthType.PERCENTAGE },
      rows: [row(head, { font: fonts.black }, true), ...rows.map((cells) => row(cells, {}, false))],
    }),
  ]
}

function paragraphOf(block: TextBlock): Paragraph {
  const children = runsOf(block)
  return new Paragraph({ spacing: gridLine, alignment: AlignmentType.BOTH, ...shapeOf(block), children })
}

function shapeOf(block: TextBlock): IParagraphOptions {
  switch (block.kind) {
    case 'heading':
      return { indent: { firstLine: indent }, outlineLevel: block.level - 1, keepNext: true }
    case 'quote':
      return { indent: { left: indent, right: indent }, keepNext: true }
    case 'source':
      return { indent: { right: indent }, alignment: AlignmentType.RIGHT }
    case 'item':
      return { indent: { left: indent * (block.depth + 1) + indent / 2, hanging: indent / 2 } }
    case 'paragraph':
    case 'field':
      return { indent: { firstLine: indent } }
  }
}

function runsOf(block: TextBlock): TextRun[] {
  switch (block.kind) {
    case 'heading':
      return [new TextRun({ ...headingRuns[block.level - 1], text: block.text })]
    case 'source':
      return [new TextRun({ text: block.text, size: sizes.small })]
    case 'field':
      return [new TextRun({ text: `${block.name}：`, font: fonts.black }), ...linesOf({ text: block.text })]
    case 'item':
      return [new TextRun({ text: block.marker === '' ? '' : `${block.marker} ` }), ...block.runs.flatMap((run) => linesOf(run))]
    case 'quote':
      return block.runs.flatMap((run) => linesOf(run, { font: fonts.regular }))
    case 'paragraph':
      return block.runs.flatMap((run) => linesOf(run))
  }
}

/** A line break inside a run is an element of its own. */
function linesOf(run: Run, look: IRunOptions = {}): TextRun[] {
  const style: IRunOptions = {
    ...look,
    bold: run.bold ?? false,
    italics: run.italic ?? false,
    strike: run.strike ?? false,
    ...(run.underline && { underline: {} }),
  }
  return run.text.split('\n').map((text, place) => new TextRun({ ...style, text: printable(text), ...(place > 0 && { break: 1 }) }))
}

/** XML 1.0 cannot hold most control characters or halves of surrogate pairs; one of them would make the file unreadable. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is to be removed.
const printable = (text: string) => text.toWellFormed().replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
