import { styleOf } from './officeStyle.ts'

type Item = { level: number; ordered: boolean; start: number; paragraph: Element }

/** Word's lists are paragraphs that say which list and level they belong to (`mso-list:l0 level2 lfo1`): they become real ones. */
export function listsFrom(body: HTMLElement): void {
  for (const run of runsOf([...body.querySelectorAll('p')].filter(isItem))) {
    const place = body.ownerDocument.createElement('div')
    run[0]!.before(place)
    place.replaceWith(listOf(run.map(itemOf), 1))
  }
}

const isItem = (paragraph: Element) => /\blevel\d/.test(styleOf(paragraph, 'mso-list'))

/** Those that stand one after the other, with nothing between them. */
function runsOf(paragraphs: Element[]): Element[][] {
  const runs: Element[][] = []
  for (const paragraph of paragraphs) {
    const last = runs.at(-1)
    if (last && last.at(-1) === paragraph.previousElementSibling) last.push(paragraph)
    else runs.push([paragraph])
  }
  return runs
}

function itemOf(paragraph: Element): Item {
  const level = Number(/\blevel(\d)/.exec(styleOf(paragraph, 'mso-list'))?.[1] ?? 1)
  const marker = [...paragraph.querySelectorAll('span')].find((span) => styleOf(span, 'mso-list') === 'ignore')
  const words = (marker?.textContent ?? '').replace(/[\s\u00a0]/g, '')
  marker?.remove()
  paragraph.removeAttribute('style')
  return { level, ordered: isNumber(words), start: Number(/\d+/.exec(words)?.[0] ?? 1), paragraph }
}

/** Bullets are letters of symbol fonts (`o`, `l`, `n`, `Ø`): a letter alone is a bullet, one with a sign behind it a number. */
const isNumber = (marker: string) =>
  /^(\d+|[一二三四五六七八九十]+|[\u2460-\u2473])[.．、)）]?$/.test(marker) ||
  /^[(（]?(\d+|[a-z]{1,4}|[一二三四五六七八九十]+)[.．、)）]$/i.test(marker)

function listOf(items: Item[], level: number): Element {
  const { ownerDocument } = items[0]!.paragraph
  const own = items.find((item) => item.level <= level) ?? items[0]!
  const list = ownerDocument.createElement(own.ordered ? 'ol' : 'ul')
  if (own.ordered && own.start > 1) list.setAttribute('start', String(own.start))
  let deeper: Item[] = []
  const nest = () => {
    if (deeper.length === 0) return
    const inner = listOf(deeper, level + 1)
    if (list.lastElementChild) list.lastElementChild.append(inner)
    else list.append(wrapped(inner, 'li'))
    deeper = []
  }
  for (const item of items) {
    if (item.level > level) {
      deeper.push(item)
      continue
    }
    nest()
    list.append(wrapped(item.paragraph, 'li'))
  }
  nest()
  return list
}

function wrapped(element: Element, name: string): Element {
  const wrapper = element.ownerDocument.createElement(name)
  wrapper.append(element)
  return wrapper
}
