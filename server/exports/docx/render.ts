import { AlignmentType, Document, DocumentGridType, Packer } from 'docx'
import { layout } from '../layout.ts'
import { attachmentMark, type Paper } from '../paper.ts'
import { createBlocks } from './blocks.ts'
import { colophonOf } from './colophon.ts'
import { attachmentHead, headOf, pageFooter, tailOf } from './frame.ts'
import { characterSpacing, fonts, fontTable, halfPoints, offGridStyle, page, pitch } from './look.ts'

/** Writes a paper as a DOCX file in the layout of GB/T 9704-2012. */
export function renderDocx(paper: Paper): Promise<Buffer> {
  const blocks = createBlocks()
  const children = [
    ...headOf(paper),
    ...paper.blocks.flatMap(blocks.partsOf),
    ...tailOf(paper),
    ...paper.attachments.flatMap((one, place) => [
      ...attachmentHead(attachmentMark(paper, place), one.title),
      ...one.blocks.flatMap(blocks.partsOf),
    ]),
    ...(paper.colophon ? [colophonOf(paper.colophon)] : []),
  ]
  const document = new Document({
    title: `${paper.mark} ${paper.title}`,
    creator: '',
    evenAndOddHeaderAndFooters: true,
    externalStyles: offGridStyle,
    styles: {
      default: {
        document: {
          run: { font: fonts.body, size: halfPoints(layout.sizes.body), characterSpacing, language: { eastAsia: 'zh-CN', value: 'en-US' } },
        },
      },
    },
    footnotes: blocks.footnotes(),
    sections: [
      {
        properties: { page, grid: { type: DocumentGridType.LINES, linePitch: pitch } },
        footers: { default: pageFooter(AlignmentType.RIGHT), even: pageFooter(AlignmentType.LEFT) },
        children,
      },
    ],
  })
  return Packer.toBuffer(document, undefined, [{ path: 'word/fontTable.xml', data: fontTable }])
}
