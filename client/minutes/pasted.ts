import { rename, styleOf } from './officeStyle.ts'
import { listsFrom } from './pastedLists.ts'

/**
 * What is pasted from Word, WPS and others, as the minutes take it: headings, lists, tables, bold and notes stay, and nothing of fonts,
 * sizes and other styles. What comes from the minutes themselves stays as it is.
 *
 * The format is Word's own, as it lies on the clipboard ("Microsoft Office HTML and XML Reference", 2000): styles that begin with
 * `mso-` say what HTML cannot.
 */
export function cleanPasted(html: string): string {
  if (html.includes('data-pm-slice')) return html
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  for (const junk of [...body.querySelectorAll('style, script, meta, link, title, xml, img, object')]) junk.remove()
  for (const element of [...body.querySelectorAll('*')]) if (element.localName.includes(':')) element.replaceWith(...element.childNodes)
  joinLines(body)
  notes(body)
  headings(body)
  listsFrom(body)
  marks(body)
  for (const row of body.querySelectorAll('thead tr')) for (const cell of [...row.querySelectorAll('td')]) rename(cell, 'th')
  for (const element of body.querySelectorAll('*')) keepAttributes(element)
  return body.innerHTML
}

const wide = '[\\u2e80-\\u9fff\\uf900-\\ufaff\\uff00-\\uffef]'
const wideBreak = new RegExp(`(?<=${wide})[ \\t]*\\r?\\n\\s*(?=${wide})`, 'g')

/** The source is broken into lines anywhere; between Chinese characters that is no space. Indents are made by the page. */
function joinLines(body: HTMLElement) {
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT)
  for (let text = walker.nextNode(); text; text = walker.nextNode())
    text.nodeValue = (text.nodeValue ?? '').replace(wideBreak, '').replace(/\s*\r?\n\s*/g, ' ')
  for (const block of body.querySelectorAll('p, h1, h2, h3, h4, h5, h6')) {
    const first = body.ownerDocument.createTreeWalker(block, NodeFilter.SHOW_TEXT).nextNode()
    if (first) first.nodeValue = (first.nodeValue ?? '').replace(/^[\s\u3000\u00a0]+/, '')
  }
}

/** A note's text lies at the end of what is copied, and a link leads to it: `#_ftn1` to `#ftn1`. */
function notes(body: HTMLElement) {
  for (const link of [...body.querySelectorAll('a[href*="#_ftn"], a[href*="#_edn"]')]) {
    const id = link.getAttribute('href')?.split('#_')[1]
    const note = id && !id.startsWith('ftnref') && !id.startsWith('ednref') ? body.querySelector(`[id="${CSS.escape(id)}"]`) : null
    if (!note || note.contains(link)) continue
    for (const back of [...note.querySelectorAll('a[href*="ref"]')]) back.remove()
    const mark = body.ownerDocument.createElement('sup')
    mark.setAttribute('data-footnote', (note.textContent ?? '').replace(/\s+/g, ' ').trim())
    link.replaceWith(mark)
  }
  for (const list of [...body.querySelectorAll('div')]) if (/^(foot|end)note(-list)?$/.test(styleOf(list, 'mso-element'))) list.remove()
}

/** Deeper levels than the minutes have become the deepest that they have. */
function headings(body: HTMLElement) {
  for (const paragraph of [...body.querySelectorAll('p')]) {
    const level = Number(styleOf(paragraph, 'mso-outline-level'))
    if (paragraph.classList.contains('MsoTitle')) rename(paragraph, 'h1')
    else if (level >= 1) rename(paragraph, `h${Math.min(level, 3)}`)
  }
  for (const heading of [...body.querySelectorAll('h4, h5, h6')]) rename(heading, 'h3')
  for (const heading of body.querySelectorAll('h1, h2, h3')) {
    // The number of a numbered heading: papers number headings themselves.
    for (const marker of [...heading.querySelectorAll('span')]) if (styleOf(marker, 'mso-list') === 'ignore') marker.remove()
    heading.setAttribute('style', '')
  }
}

const marksByStyle: [property: string, is: RegExp, name: string][] = [
  ['font-weight', /^(bold|bolder|[6-9]00)$/, 'strong'],
  ['font-style', /^italic$/, 'em'],
  ['text-decoration', /underline/, 'u'],
  ['text-decoration', /line-through/, 's'],
]

/** What a style alone says becomes an element; a heading is bold already. */
function marks(body: HTMLElement) {
  for (const span of [...body.querySelectorAll('span')]) {
    if (span.closest('h1, h2, h3')) continue
    for (const [property, is, name] of marksByStyle) {
      if (!is.test(styleOf(span, property))) continue
      const mark = body.ownerDocument.createElement(name)
      mark.append(...span.childNodes)
      span.append(mark)
    }
  }
  for (const bold of [...body.querySelectorAll('h1 b, h1 strong, h2 b, h2 strong, h3 b, h3 strong')]) bold.replaceWith(...bold.childNodes)
}

const kept = ['colspan', 'rowspan', 'start', 'data-footnote']

function keepAttributes(element: Element) {
  for (const { name } of [...element.attributes]) if (!kept.includes(name)) element.removeAttribute(name)
}
