import { exportForms } from '../../../shared/exports.ts'
import { type PublishedEdition, publishedPath } from '../../../shared/minutes-published.ts'
import { escaped, paperBody, paperStyle } from '../html.ts'
import type { Paper } from '../paper.ts'
import { pathOf, type Reading } from './service.ts'
import { readingStyle } from './style.ts'
import { type ReadingLanguage, type ReadingWords, readingMoment, readingWords } from './words.ts'

type View = { language: ReadingLanguage; nonce: string }

/** An edition for everybody to read: no script, all of it in the first answer but the pictures. */
export function readingPage(reading: Reading, view: View): string {
  const { language } = view
  const words = readingWords[language]
  const { paper, edition } = reading
  const path = pathOf(reading)
  const parts = [
    ...noticeOf(reading, language),
    `<article class="paper" lang="zh-CN">${paperBody(paper, ({ photoId }) => `${path}/pictures/${photoId}`)}</article>`,
    '<div class="about">',
    ...signaturesOf(reading, language),
    ...filesOf(reading, words),
    ...editionsOf(reading, language),
    ...verifyOf(reading, words),
    `<p class="soft">${words.print}</p>`,
    '</div>',
  ]
  const state = edition === reading.inForce ? words.published : words.replaced
  return frame({ title: titleOf(paper), state: `${words.edition(edition.edition)} · ${state}`, path, body: parts.join('\n') }, view)
}

/** Says why there is nothing to read. */
export function emptyPage(words: { title: string; text: string; link?: { path: string; name: string } }, path: string, view: View): string {
  const link = words.link ? `<p><a href="${words.link.path}">${escaped(words.link.name)}</a></p>` : ''
  const body = `<div class="about"><section><h1>${escaped(words.title)}</h1><p>${escaped(words.text)}</p>${link}</section></div>`
  return frame({ title: words.title, state: '', path, body }, view)
}

const titleOf = ({ mark, title }: Paper) => `${title} · ${mark}`

/** That this is not what holds now, and what does. Never a silent change. */
function noticeOf({ meeting, edition, inForce }: Reading, language: ReadingLanguage): string[] {
  if (edition === inForce || edition.openedAt === null) return []
  const words = readingWords[language]
  const said = inForce ? words.replacedBy(inForce.edition) : words.opened(readingMoment(edition.openedAt, language))
  return [
    `<section class="notice" role="note"><strong>${words.replaced}</strong>`,
    `<p>${escaped(said)}</p>`,
    `<p>${escaped(words.because(edition.openReason ?? ''))}</p>`,
    ...(inForce ? [`<p><a href="${publishedPath(meeting.code, inForce.edition)}?lang=${language}">${words.readInForce}</a></p>`] : []),
    '</section>',
  ]
}

function signaturesOf({ meeting, edition, signatures }: Reading, language: ReadingLanguage): string[] {
  const words = readingWords[language]
  const regionOf = (code: string) => meeting.regions.find((region) => region.code === code)?.path.join(' · ') ?? code
  return [
    `<section><h2>${words.signatures}</h2><ul class="signatures">`,
    ...signatures.map(
      ({ regionCode, name, signedAt }) =>
        `<li><span>${escaped(regionOf(regionCode))}</span><strong>${escaped(name)}</strong><time datetime="${signedAt}">${readingMoment(signedAt, language)}</time></li>`,
    ),
    `</ul><p>${words.sameHash}</p>`,
    `<details><summary>${words.hash} <code>${edition.contentHash.slice(0, 16)}…</code></summary>`,
    `<p>${words.whole} <code>${edition.contentHash}</code></p></details>`,
    `<p class="on-paper">${words.hash} <code>${edition.contentHash}</code></p></section>`,
  ]
}

/** In the order in which forms are offered everywhere; what was signed stands last. */
function filesOf(reading: Reading, words: ReadingWords): string[] {
  const path = pathOf(reading)
  const named = { docx: words.docx, pdf: words.pdf, html: words.html, json: words.document }
  const link = (href: string, name: string) => `<li><a href="${href}" download>${escaped(name)}</a></li>`
  const forms = exportForms.flatMap((form) => reading.forms.filter((one) => one === form))
  return [
    `<section class="files"><h2>${words.take}</h2><ul>`,
    ...forms.map((form) => link(`${path}/minutes.${form}`, named[form])),
    ...(reading.bundle ? [link(reading.bundle, words.bundle)] : []),
    '</ul></section>',
  ]
}

function editionsOf({ meeting, edition, editions, inForce }: Reading, language: ReadingLanguage): string[] {
  const words = readingWords[language]
  const line = (one: PublishedEdition) => {
    const name = words.edition(one.edition)
    const self = one.edition === edition.edition
    const link = `<a href="${publishedPath(meeting.code, one.edition)}?lang=${language}"${self ? ' aria-current="page"' : ''}>${name}</a>`
    return `<li>${link} <time datetime="${one.lockedAt}">${readingMoment(one.lockedAt, language)}</time> <span class="soft">${one === inForce ? words.inForce : words.replaced}</span></li>`
  }
  return editions.length < 2 ? [] : [`<section><h2>${words.editions}</h2><ul class="editions">`, ...editions.map(line), '</ul></section>']
}

const verifyOf = ({ edition, fingerprint }: Reading, words: ReadingWords): string[] => [
  `<section class="verify"><h2>${words.verify}</h2>`,
  `<p>${words.verifyText}</p><pre>sha256sum ${words.file}
${edition.contentHash}</pre>`,
  `<p>${words.verifyBundle}</p><pre>npm run verify -- minutes.zip --key ${fingerprint}</pre>`,
  '</section>',
]

type Framed = { title: string; state: string; path: string; body: string }

const frame = ({ title, state, path, body }: Framed, { language, nonce }: View) => {
  const words = readingWords[language]
  const other: ReadingLanguage = language === 'en' ? 'zh-CN' : 'en'
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="referrer" content="same-origin">
<meta property="og:title" content="${escaped(title)}">
<meta property="og:type" content="article">
<link rel="icon" href="/icon.svg">
<title>${escaped(title)}</title>
<style nonce="${nonce}">${paperStyle}${readingStyle}</style>
</head>
<body class="reading">
<nav class="top"><strong>议事</strong><span>${escaped(state)}</span><a href="${escaped(path)}?lang=${other}" lang="${other}" hreflang="${other}">${words.other}</a></nav>
${body}
</body>
</html>
`
}
