import { AlignmentType, BorderStyle, convertMillimetersToTwip, Footer, type IRunOptions, PageNumber, Paragraph, TextRun } from 'docx'
import { layout, signatureIndents } from '../layout.ts'
import { attachmentNames, type Paper } from '../paper.ts'
import { titleLines } from '../title-lines.ts'
import { characters, exactly, fonts, gridLine, halfPoints, indent, offGrid, pitch, printable, small, typeAreaWidth } from './look.ts'

const { sizes, red } = layout

const line = (children: TextRun[] = [], options: ConstructorParameters<typeof Paragraph>[0] & object = {}) =>
  new Paragraph({ spacing: gridLine, ...options, children })

/** 7.2, 10.3: the mark, the number and the red line below them; 7.3.1, 7.3.2: the title and to whom it goes. */
export const headOf = (paper: Paper): Paragraph[] => [
  // 7.2.3: 三号黑体 in the first line, from the edge; the mark below keeps its place.
  ...(paper.urgency === '' ? [] : [line([new TextRun({ text: printable(paper.urgency), font: fonts.black })])]),
  new Paragraph({
    style: offGrid,
    alignment: AlignmentType.CENTER,
    spacing: { before: convertMillimetersToTwip(layout.markDrop) - (paper.urgency === '' ? 0 : pitch), ...exactly(sizes.mark) },
    children: [
      new TextRun({ text: printable(paper.mark), font: fonts.title, size: halfPoints(sizes.mark), color: red, characterSpacing: 40 }),
    ],
  }),
  // 7.2.5: two empty lines, and the number in the middle.
  ...(paper.number === '' ? [] : [line(), line()]),
  new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: gridLine,
    border: { bottom: { style: BorderStyle.SINGLE, size: 12, color: red, space: ruleSpace } },
    children: [new TextRun({ text: printable(paper.number) })],
  }),
  line(),
  line(),
  ...titleOf(paper.title),
  line(),
  ...(paper.recipients.length === 0 ? [] : [line([new TextRun({ text: printable(`${paper.recipients.join('、')}：`) })])]),
]

/** In points, from the foot of the number's line, whose letters stand in the middle of it. */
const ruleSpace = Math.round((layout.ruleDrop * 72) / 25.4 - (pitch / 20 - sizes.body) / 2)

/** 7.3.1: 二号小标宋, centred, each line whole in its sense. */
const titleOf = (title: string) =>
  titleLines(title, Math.floor(typeAreaWidth / (sizes.title * 20))).map(
    (text) =>
      new Paragraph({
        alignment: AlignmentType.CENTER,
        style: offGrid,
        spacing: gridLine,
        keepNext: true,
        children: [new TextRun({ text: printable(text), font: fonts.title, size: halfPoints(sizes.title) })],
      }),
  )

/** 7.3.7: an attachment begins a page; its mark in the first line, its title in the third. */
export const attachmentHead = (mark: string, title: string): Paragraph[] => [
  line([new TextRun({ text: mark, font: fonts.black })], { pageBreakBefore: true }),
  line(),
  ...titleOf(title),
  line(),
]

/** What stands behind the text: 7.3.4 the attachments' names, 10.3 who was there, 7.3.5 names and date, 7.3.6 a remark. */
export const tailOf = (paper: Paper): Paragraph[] => [
  ...(paper.attachments.length === 0 ? [] : [line(), ...attachmentLines(attachmentNames(paper))]),
  ...(paper.attendance.length === 0 ? [] : [line()]),
  ...paper.attendance.map(({ name, text }) =>
    line([new TextRun({ text: `${name}：`, font: fonts.black }), new TextRun({ text: printable(text) })], {
      indent: { left: characters(5), hanging: characters(3) },
    }),
  ),
  ...(paper.signed ? [line([], { keepNext: true }), ...signatureLines(paper.signed)] : []),
  ...(paper.remark === '' ? [] : [line([new TextRun({ text: printable(`（${paper.remark}）`) })], { indent: { firstLine: indent } })]),
]

function attachmentLines(names: readonly string[]): Paragraph[] {
  // The number and its dot take three quarters of a character.
  const number = names.length > 1 ? 0.75 : 0
  return names.map((name, place) => {
    const hanging = place === 0 ? 3 + number : number
    return line([new TextRun({ text: printable(place === 0 ? `附件：${name}` : name) })], {
      indent: { left: characters(5 + number), hanging: characters(hanging) },
    })
  })
}

function signatureLines({ bodies, date }: NonNullable<Paper['signed']>): Paragraph[] {
  const indents = signatureIndents(bodies.at(-1) ?? '', date)
  const at = (text: string, right: number, keepNext: boolean) =>
    line([new TextRun({ text: printable(text) })], { alignment: AlignmentType.RIGHT, indent: { right: characters(right) }, keepNext })
  return [...bodies.map((body, place) => at(body, place === bodies.length - 1 ? indents.body : 2, true)), at(date, indents.date, false)]
}

/** 7.5: 四号 half-width, a dash on each side; odd pages at the right, even ones at the left, one character in. */
export function pageFooter(alignment: 'left' | 'right'): Footer {
  const run = (children: IRunOptions['children']) => new TextRun({ children: children ?? [], font: fonts.pageNumber, ...small })
  const one = sizes.small * 20
  return new Footer({
    children: [
      new Paragraph({
        alignment,
        spacing: exactly(sizes.small),
        indent: alignment === 'left' ? { left: one } : { right: one },
        children: [run(['— ', PageNumber.CURRENT, ' —'])],
      }),
    ],
  })
}
