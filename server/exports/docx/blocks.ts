import {
  AlignmentType,
  FootnoteReferenceRun,
  ImageRun,
  type IParagraphOptions,
  type IRunOptions,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import { layout } from '../layout.ts'
import type { Cell, PaperBlock, PaperImage, Run } from '../paper.ts'
import { exactly, fonts, gridLine, halfPoints, indent, offGrid, printable, small } from './look.ts'

type TextBlock = Exclude<PaperBlock, { kind: 'table' | 'image' }>
type TableBlock = Extract<PaperBlock, { kind: 'table' }>
type ImageBlock = Extract<PaperBlock, { kind: 'image' }>

/** Writes blocks, and gathers the words for the foot of their pages. */
export function createBlocks() {
  const notes: string[] = []

  function partsOf(block: PaperBlock): (Paragraph | Table)[] {
    if (block.kind === 'table') return tableOf(block)
    if (block.kind === 'image') return imageOf(block)
    return [new Paragraph({ spacing: gridLine, alignment: AlignmentType.BOTH, ...shapeOf(block), children: runsOf(block) })]
  }

  /** 8: a table as wide as the type area, below its title; its head stands on every page that it reaches. */
  function tableOf({ title, rows }: TableBlock): (Paragraph | Table)[] {
    const caption = new Paragraph({
      spacing: gridLine,
      keepNext: true,
      children: [new TextRun({ text: printable(title), font: fonts.regular })],
    })
    const heads = rows.findIndex((row) => !row.every(({ head }) => head))
    const table = new Table({
      width: { size: 100, type: WidthType.PERCENTAGE },
      rows: rows.map((row, place) => new TableRow({ tableHeader: place < heads, cantSplit: true, children: row.map(cellOf) })),
    })
    // Two tables without anything between them would become one.
    const after = new Paragraph({ style: offGrid, spacing: exactly(layout.sizes.small) })
    return [...(title === '' ? [] : [caption]), ...(rows.length > 0 ? [table, after] : [])]
  }

  function cellOf({ runs, head, columns, rows }: Cell): TableCell {
    const look = { ...small, ...(head && { font: fonts.black }) }
    return new TableCell({
      margins: { left: 100, right: 100 },
      columnSpan: columns,
      rowSpan: rows,
      children: [new Paragraph({ style: offGrid, spacing: exactly(20), children: runs.flatMap((run) => linesOf(run, look)) })],
    })
  }

  function imageOf({ image, caption }: ImageBlock): Paragraph[] {
    const below = [new TextRun({ ...small, text: printable(image ? caption : `［图片：${caption}］`) })]
    const words = new Paragraph({ spacing: gridLine, alignment: AlignmentType.CENTER, children: below })
    if (!image) return [words]
    const picture = new Paragraph({
      style: offGrid,
      alignment: AlignmentType.CENTER,
      keepNext: caption !== '',
      children: [pictureOf(image, caption)],
    })
    return caption === '' ? [picture] : [picture, words]
  }

  function runsOf(block: TextBlock): (TextRun | FootnoteReferenceRun)[] {
    switch (block.kind) {
      case 'heading':
        return [new TextRun({ ...headingRuns[block.level - 1], text: printable(block.text) })]
      case 'source':
        return [new TextRun({ ...small, text: printable(block.text) })]
      case 'field':
        return [new TextRun({ text: `${printable(block.name)}：`, font: fonts.black }), ...linesOf({ text: block.text })]
      case 'item':
        return [new TextRun({ text: block.marker === '' ? '' : `${block.marker} ` }), ...block.runs.flatMap((run) => linesOf(run))]
      case 'quote':
        return block.runs.flatMap((run) => linesOf(run, { font: fonts.regular }))
      case 'paragraph':
        return block.runs.flatMap((run) => linesOf(run))
    }
  }

  /** A line break inside a run is an element of its own. */
  function linesOf(run: Run, look: IRunOptions = {}): (TextRun | FootnoteReferenceRun)[] {
    const style: IRunOptions = {
      ...look,
      bold: run.bold ?? false,
      italics: run.italic ?? false,
      strike: run.strike ?? false,
      ...(run.underline && { underline: {} }),
    }
    const lines = run.text
      .split('\n')
      .map((text, place) => new TextRun({ ...style, text: printable(text), ...(place > 0 && { break: 1 }) }))
    return run.note === undefined ? lines : [...lines, new FootnoteReferenceRun(notes.push(run.note))]
  }

  return {
    partsOf,
    /** What the blocks written so far say at the foot of their pages, by number. */
    footnotes: () => Object.fromEntries(notes.map((note, place) => [place + 1, { children: [noteOf(note)] }])),
  }
}

const noteOf = (text: string) =>
  new Paragraph({ style: offGrid, children: [new TextRun({ text: printable(text), size: halfPoints(layout.sizes.note) })] })

/** A pixel, of which there are 96 to the inch, is three quarters of a point. */
const pictureOf = ({ bytes, type, width, height }: PaperImage, caption: string) =>
  new ImageRun({
    type,
    data: bytes,
    transformation: { width: Math.round((width * 4) / 3), height: Math.round((height * 4) / 3) },
    altText: { name: caption || 'image', description: caption, title: caption },
  })

/** 7.3.3: the first level 黑体, the second 楷体, the third and fourth 仿宋. */
const headingRuns: IRunOptions[] = [{ font: fonts.black }, { font: fonts.regular }, { bold: true }, {}]

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
