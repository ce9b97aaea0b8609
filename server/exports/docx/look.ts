import { convertMillimetersToTwip, type IRunOptions, LineRuleType } from 'docx'
import { layout, linePitch } from '../layout.ts'

/** GB/T 9704-2012 in the units of a DOCX file: twips (a twentieth of a point) for lengths, half points for type. */

const margin = layout.margin
const millimetres = convertMillimetersToTwip

export const page = {
  size: { width: millimetres(layout.page.width), height: millimetres(layout.page.height) },
  margin: {
    top: millimetres(margin.top),
    right: millimetres(margin.right),
    bottom: millimetres(margin.bottom),
    left: millimetres(margin.left),
    // 7.5: the dashes, which stand in the middle of a line of 14 points, begin 7 mm below the type area.
    footer: millimetres(margin.bottom - layout.pageNumberDrop) - (layout.sizes.small * 20) / 2,
  },
}
export const typeAreaWidth = millimetres(layout.typeArea.width)

export const pitch = Math.floor(linePitch * 20)

/**
 * 156 mm / 28 is 15.79 pt, against a character of 16 pt: in twips, rounded so that 28 fit. Said of the letters and not as a grid of characters, since
 * LibreOffice gives a letter that is wider than its cell two cells.
 */
export const characterSpacing = -5

/** Two characters of 16 pt. */
export const characters = (count: number) => Math.round(count * layout.sizes.body * 20)
export const indent = characters(2)

export const halfPoints = (points: number) => points * 2

const font = ([name]: readonly [string, ...string[]]) => ({
  eastAsia: name,
  ascii: 'Times New Roman',
  hAnsi: 'Times New Roman',
  cs: 'Times New Roman',
})
const { fonts: names, sizes } = layout
const song = names.pageNumber[0]

export const fonts = {
  body: font(names.body),
  title: font(names.title),
  black: font(names.black),
  regular: font(names.regular),
  pageNumber: { eastAsia: song, ascii: song, hAnsi: song, cs: song },
} as const satisfies Record<string, IRunOptions['font']>

/** The style of paragraphs that do not keep to the grid; LibreOffice gives what is higher than a line two of them, whatever their spacing. */
export const offGrid = 'OffGrid'
export const offGridStyle = `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:style w:type="paragraph" w:customStyle="1" w:styleId="${offGrid}"><w:name w:val="${offGrid}"/><w:pPr><w:snapToGrid w:val="0"/></w:pPr></w:style>
</w:styles>`

/** Exactly one line of the grid, whatever stands in it. */
export const gridLine = { line: pitch, lineRule: LineRuleType.EXACT }
/** As high as its type of so many points. */
export const exactly = (points: number) => ({ line: points * 20, lineRule: LineRuleType.EXACT })

export const small: IRunOptions = { size: halfPoints(sizes.small) }

/** `word/fontTable.xml`: what to take where a font is not installed. The first of a name's others that is there is used. */
export const fontTable = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${Object.values(names)
  .map(
    ([name, ...others]) =>
      `<w:font w:name="${name}"><w:altName w:val="${others.join(',')}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>`,
  )
  .join('')}</w:fonts>`

/** XML 1.0 cannot hold most control characters or halves of surrogate pairs; one of them would make the file unreadable. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is to be removed.
export const printable = (text: string) => text.toWellFormed().replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
