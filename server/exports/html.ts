import { escapeHtml } from '../../shared/escape.ts'
import { layout, linePitch } from './layout.ts'
import { attachmentMark, attachmentNames, type Cell, type Paper, type PaperBlock, type PaperImage, type Run } from './paper.ts'

/** Writes a paper as one page of HTML that needs nothing else: for the web, and laid out like the paper where it is printed. */
export const renderHtml = (paper: Paper): string => page(`${paper.mark} ${paper.title}`, paperBody(paper))

type AddressOf = (image: PaperImage) => string

/** The paper alone, for a page that has more on it. `addressOf` says where pictures come from; left out, the page carries them. */
export function paperBody(paper: Paper, addressOf: AddressOf = carried): string {
  const notes: string[] = []
  const { blocksOf } = createBlocks(notes, addressOf)
  return [
    '<header>',
    ...(paper.urgency === '' ? [] : [`<p class="urgency">${escaped(paper.urgency)}</p>`]),
    `<p class="mark">${escaped(paper.mark)}</p>`,
    `<p class="number">${escaped(paper.number)}</p>`,
    `<h1>${escaped(paper.title)}</h1>`,
    '</header>',
    '<main>',
    ...(paper.recipients.length === 0 ? [] : [`<p class="recipients">${escaped(paper.recipients.join('、'))}：</p>`]),
    ...blocksOf(paper.blocks),
    ...tailOf(paper),
    ...paper.attachments.flatMap((one, place) => [
      '<section class="attachment">',
      `<p class="attachment-mark">${attachmentMark(paper, place)}</p>`,
      `<h2 class="attachment-title">${escaped(one.title)}</h2>`,
      ...blocksOf(one.blocks),
      '</section>',
    ]),
    ...notesOf(notes),
    '</main>',
    ...(paper.colophon ? colophonOf(paper.colophon) : []),
  ].join('\n')
}

function createBlocks(notes: string[], addressOf: AddressOf) {
  const runsOf = (runs: readonly Run[]) => runs.map(runOf).join('')

  function runOf({ text, bold, italic, strike, underline, note }: Run): string {
    const tags = [bold && 'strong', italic && 'em', strike && 's', underline && 'u'].filter((tag) => typeof tag === 'string')
    const words = tags.reduce((inner, tag) => `<${tag}>${inner}</${tag}>`, escaped(text).replaceAll('\n', '<br>'))
    return note === undefined ? words : `${words}${noteMark(notes.push(note))}`
  }

  const cellOf = ({ runs, head, columns, rows }: Cell) => {
    const tag = head ? 'th' : 'td'
    return `<${tag}${columns > 1 ? ` colspan="${columns}"` : ''}${rows > 1 ? ` rowspan="${rows}"` : ''}>${runsOf(runs)}</${tag}>`
  }

  function blockOf(block: PaperBlock): string {
    switch (block.kind) {
      case 'heading':
        return `<h${block.level + 1}>${escaped(block.text)}</h${block.level + 1}>`
      case 'paragraph':
        return `<p>${runsOf(block.runs)}</p>`
      case 'quote':
        return `<blockquote>${runsOf(block.runs)}</blockquote>`
      case 'source':
        return `<p class="source">${escaped(block.text)}</p>`
      case 'item':
        return `<p class="item" style="--depth:${block.depth}"><span class="marker">${escaped(block.marker)}</span>${runsOf(block.runs)}</p>`
      case 'field':
        return `<p><b>${escaped(block.name)}：</b>${escaped(block.text).replaceAll('\n', '<br>')}</p>`
      case 'table':
        return tableOf(block)
      case 'image':
        return `<figure>${block.image ? pictureOf(block.image, addressOf(block.image), block.caption) : ''}<figcaption>${escaped(block.caption)}</figcaption></figure>`
    }
  }

  const tableOf = ({ title, rows }: Extract<PaperBlock, { kind: 'table' }>) =>
    `<table>${title === '' ? '' : `<caption>${escaped(title)}</caption>`}${rows.map((row) => `<tr>${row.map(cellOf).join('')}</tr>`).join('')}</table>`

  return { blocksOf: (blocks: readonly PaperBlock[]) => blocks.map(blockOf) }
}

const carried: AddressOf = ({ bytes, type }) => `data:image/${type === 'jpg' ? 'jpeg' : type};base64,${bytes.toString('base64')}`

const pictureOf = ({ width, height }: PaperImage, address: string, caption: string) =>
  `<img src="${escaped(address)}" ${sizeOf(width, height)} alt="${escaped(caption)}" style="width:${Math.round(width)}pt">`

/** The place is kept before the picture is there; one further down waits until somebody reads that far. */
const sizeOf = (width: number, height: number) => `width="${Math.round(width)}" height="${Math.round(height)}" loading="lazy"`

const noteMark = (number: number) => `<sup id="mark-${number}"><a href="#note-${number}">${number}</a></sup>`

const notesOf = (notes: readonly string[]) =>
  notes.length === 0
    ? []
    : [
        '<ol class="notes">',
        ...notes.map((note, place) => `<li id="note-${place + 1}">${escaped(note)} <a href="#mark-${place + 1}">↑</a></li>`),
        '</ol>',
      ]

function tailOf(paper: Paper): string[] {
  const names = attachmentNames(paper)
  return [
    ...(names.length === 0 ? [] : [`<p class="attachments">附件：${names.map(escaped).join('<br>')}</p>`]),
    ...paper.attendance.map(({ name, text }) => `<p class="attendance"><b>${escaped(name)}：</b>${escaped(text)}</p>`),
    ...(paper.signed ? [`<p class="signed">${[...paper.signed.bodies, paper.signed.date].map(escaped).join('<br>')}</p>`] : []),
    ...(paper.remark === '' ? [] : [`<p>（${escaped(paper.remark)}）</p>`]),
  ]
}

const colophonOf = ({ copiesTo, printedBy, printedOn }: NonNullable<Paper['colophon']>) => [
  '<footer>',
  ...(copiesTo.length === 0 ? [] : [`<p>抄送：${escaped(copiesTo.join('，'))}。</p>`]),
  `<p><span>${escaped(printedBy)}</span><span>${escaped(printedOn)}印发</span></p>`,
  '</footer>',
]

export const escaped = escapeHtml

const { margin, fonts, sizes } = layout
const family = (names: readonly string[], fallback: string) => `${names.map((name) => `'${name}'`).join(',')},${fallback}`
const serif = "'Noto Serif CJK SC','Source Han Serif SC','Songti SC',serif"
const sans = "'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif"

/** On a screen as wide as it can be read; on paper the figures of GB/T 9704-2012. */
export const paperStyle = `
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:#f7f8fa;color:#000;font:${sizes.body}pt/${linePitch.toFixed(2)}pt ${family(fonts.body, serif)};text-autospace:normal}
.paper{max-width:${layout.page.width}mm;margin:0 auto;background:#fff;padding:${margin.top}mm ${margin.right}mm ${margin.bottom}mm ${margin.left}mm}
.mark{margin:0;color:#${layout.red};font:${sizes.mark}pt/1.3 ${family(fonts.title, serif)};letter-spacing:2pt;text-align:center}
.urgency{font-family:${family(fonts.black, sans)};text-indent:0}
.number{margin:2em 0 0;padding-bottom:1mm;min-height:1.5em;border-bottom:1.5pt solid #${layout.red};text-align:center}
h1,.attachment-title{margin:2em 0 1em;font:normal ${sizes.title}pt/1.5 ${family(fonts.title, serif)};text-align:center;text-wrap:balance}
p,h2,h3,h4,h5,blockquote{margin:0;text-indent:2em;text-align:justify;overflow-wrap:anywhere}
h2,h3,h4,h5{font-size:inherit;line-height:inherit;font-weight:normal;break-after:avoid}
h2{font-family:${family(fonts.black, sans)}}
h3,blockquote,caption{font-family:${family(fonts.regular, serif)}}
h4{font-weight:bold}
b,th,.attachment-mark{font-family:${family(fonts.black, sans)};font-weight:normal}
blockquote{margin:0 2em;text-indent:0}
.mark,.number,.recipients,.attachment-mark,.item,.source,.attendance,.signed,.attachments{text-indent:0}
.source{padding-right:2em;font-size:${sizes.small}pt;text-align:right}
.item{padding-left:calc((var(--depth) + 1) * 2em + 1em)}
.marker{display:inline-block;width:1.25em;margin-left:-1.25em}
table{width:100%;border-collapse:collapse;font-size:${sizes.small}pt;line-height:1.5}
caption{text-align:left}
td,th{border:.5pt solid #000;padding:1pt 5pt;text-align:left;vertical-align:top}
figure{margin:0;text-align:center}
img{max-width:100%;height:auto}
figcaption{font-size:${sizes.small}pt}
.attachments{margin-top:1lh;padding-left:5em;text-indent:-3em}
.attendance{padding-left:5em;text-indent:-3em}
.signed{margin-top:1lh;padding-right:2em;text-align:right}
.attachment{break-before:page;margin-top:2lh}
.attachment-title{margin-top:1lh}
.notes{margin:1lh 0 0;padding:.5em 0 0 1.5em;border-top:.5pt solid #000;font-size:${sizes.note}pt;line-height:1.5}
a{color:inherit}
footer{margin-top:2lh;border-block:1pt solid #000;font-size:${sizes.small}pt}
footer p{display:flex;justify-content:space-between;gap:1em;padding:0 1em;text-indent:0}
footer p+p{border-top:.7pt solid #000}
@media (max-width:700px){.paper{padding:1.5rem 1rem}body{font-size:17px;line-height:1.8}h1,.attachment-title{font-size:1.4em}.mark{font-size:2em}.signed{padding-right:0}}
@media print{
@page{size:A4;margin:${margin.top}mm ${margin.right}mm ${margin.bottom}mm ${margin.left}mm;@bottom-right{content:"— " counter(page) " —";font-size:${sizes.small}pt}}
body{background:none}.paper{max-width:none;padding:0}.mark{margin-top:${layout.markDrop}mm}}
`

const page = (title: string, body: string) => `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${paperStyle}</style>
</head>
<body>
<div class="paper">
${body}
</div>
</body>
</html>
`
