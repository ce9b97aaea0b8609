import {
  BorderStyle,
  HorizontalPositionAlign,
  HorizontalPositionRelativeFrom,
  Paragraph,
  Tab,
  TabStopType,
  TextRun,
  TextWrappingType,
  VerticalPositionAlign,
  VerticalPositionRelativeFrom,
} from 'docx'
import { ShapeRun } from 'docx/shapes'
import { layout, linesOfWidth } from '../layout.ts'
import type { Paper } from '../paper.ts'
import { exactly, offGrid, printable, small, typeAreaWidth } from './look.ts'

const { outer, inner } = layout.colophonRules
const one = layout.sizes.small * 20
const lineHeight = layout.sizes.small * 1.75

/**
 * 7.4: at the foot of the last page, between a strong line above and one below, with a fine one between its rows. In a text box:
 * a table that floats and a frame of several paragraphs stay where they are in LibreOffice.
 */
export function colophonOf({ copiesTo, printedBy, printedOn }: NonNullable<Paper['colophon']>): Paragraph {
  const copies = copiesTo.length === 0 ? [] : brokenAt(`抄送：${copiesTo.join('，')}。`)
  const rows = [
    ...(copies.length === 0 ? [] : [row(copies, outer, inner)]),
    // 7.4.3: one character in from either side.
    row([[new Tab(), printedBy, new Tab(), `${printedOn}印发`]], copies.length === 0 ? outer : 0, outer),
  ]
  const box = new ShapeRun({
    type: 'rectangle',
    transformation: { width: Math.round((typeAreaWidth / 1440) * 96), height: Math.round((heightOf(copies.length + 1) * 96) / 72) },
    floating: {
      horizontalPosition: { relative: HorizontalPositionRelativeFrom.MARGIN, align: HorizontalPositionAlign.LEFT },
      verticalPosition: { relative: VerticalPositionRelativeFrom.MARGIN, align: VerticalPositionAlign.BOTTOM },
      wrap: { type: TextWrappingType.TOP_AND_BOTTOM },
    },
    fill: 'none',
    line: 'none',
    textOptions: { margins: { top: 0, right: 0, bottom: 0, left: 0 }, verticalAlignment: 'bottom' },
    children: rows,
  })
  return new Paragraph({ style: offGrid, spacing: exactly(1), children: [box] })
}

/** In points, with the three lines and a point between each of them and the words. */
const heightOf = (lines: number) => lines * lineHeight + 6

/** 7.4.2: one character in from either side, further lines behind the colon. Broken by hand, since an indented paragraph's lines would be indented too. */
function brokenAt(text: string): (string | Tab)[][] {
  const [first, ...others] = linesOfWidth(text, Math.floor(typeAreaWidth / one) - 2, 3)
  return [[new Tab(), first ?? ''], ...others.map((line) => [new Tab(), new Tab(), line])]
}

/** Between two lines: a paragraph with its words set at the tabs. */
const row = (lines: (string | Tab)[][], above: number, below: number) =>
  new Paragraph({
    style: offGrid,
    spacing: exactly(lineHeight),
    tabStops: [
      { type: TabStopType.LEFT, position: one },
      ...(lines.length > 1 ? [{ type: TabStopType.LEFT, position: one * 4 }] : []),
      { type: TabStopType.RIGHT, position: typeAreaWidth - one },
    ],
    border: { ...(above > 0 && { top: rule(above) }), ...(below > 0 && { bottom: rule(below) }) },
    children: lines.map(
      (parts, place) =>
        new TextRun({
          ...small,
          ...(place > 0 && { break: 1 }),
          children: parts.map((part) => (typeof part === 'string' ? printable(part) : part)),
        }),
    ),
  })

/** In eighths of a point, as borders are. */
const rule = (millimetres: number) => ({
  style: BorderStyle.SINGLE,
  size: Math.round((millimetres / 25.4) * 72 * 8),
  color: '000000',
  space: 1,
})
