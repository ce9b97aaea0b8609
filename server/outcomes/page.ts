import { escapeHtml } from '../../shared/escape.ts'
import { evaluationGrades, fewestShown, questions } from '../../shared/evaluation-rules.ts'
import { longDay } from '../../shared/long-day.ts'
import { type Outcome, type OutcomeFilter, outcomePath, outcomeStates, type PublicJudgement } from '../../shared/outcomes.ts'
import { outcomeStyle } from './style.ts'
import { type OutcomeLanguage, type OutcomeWords, outcomeWords } from './words.ts'

export type View = { language: OutcomeLanguage; nonce: string }
export type Filter = Partial<Record<keyof OutcomeFilter, string>>
type Region = { code: string; path: string[] }
type Listed = { outcomes: Outcome[]; next: string | null; filter: Filter; regions: Region[]; thisYear: number }

const listPath = '/public'
const mostQuoted = 40
const e = escapeHtml

/** An address with what is not empty of these. */
export function addressWith(path: string, values: Record<string, string | undefined>): string {
  const given = Object.entries(values).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '')
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}

/** The list with its filters: a form that needs no script. */
export function listPage({ outcomes, next, filter, regions, thisYear }: Listed, view: View): string {
  const { language } = view
  const words = outcomeWords[language]
  const narrowed = Object.entries(filter).some(([name, value]) => name !== 'after' && value !== '')
  const body = [
    `<h1>${words.title}</h1><p class="soft">${words.intro}</p>`,
    `<section aria-label="${words.search}">${filterForm(filter, regions, thisYear, view)}</section>`,
    outcomes.length === 0
      ? `<section><p>${narrowed || filter.after ? words.none : words.noneYet}</p></section>`
      : `<ul class="list">${outcomes.map((outcome) => itemOf(outcome, view)).join('\n')}</ul>`,
    `<nav class="pages" aria-label="${words.title}">${[
      ...(filter.after ? [link(addressWith(listPath, { ...filter, after: '', lang: language }), words.first)] : []),
      ...(next ? [link(addressWith(listPath, { ...filter, after: next, lang: language }), words.next)] : []),
    ].join('')}</nav>`,
    `<nav class="feeds" aria-label="${words.follow}"><span class="soft">${words.follow}</span>${feedLinks(filter)
      .map(({ href, name }) => link(href, name))
      .join('')}</nav>`,
  ]
  return frame({ title: words.title, path: addressWith(listPath, filter), body: body.join('\n'), feeds: feedLinks(filter) }, view)
}

const feedForms = [
  { ending: 'rss', name: 'RSS', type: 'application/rss+xml' },
  { ending: 'atom', name: 'Atom', type: 'application/atom+xml' },
  { ending: 'json', name: 'JSON Feed', type: 'application/feed+json' },
] as const
const feedLinks = (filter: Filter) =>
  feedForms.map(({ ending, name, type }) => ({ href: addressWith(`${listPath}/feed.${ending}`, { ...filter, after: '' }), name, type }))

function filterForm(filter: Filter, regions: Region[], thisYear: number, { language }: View): string {
  const words = outcomeWords[language]
  const option = (value: string, name: string, chosen: string | undefined) =>
    `<option value="${e(value)}"${value === (chosen ?? '') ? ' selected' : ''}>${e(name)}</option>`
  const select = (name: string, label: string, chosen: string | undefined, options: [string, string][]) =>
    `<label>${label}<select name="${name}">${[['', words.any] as [string, string], ...options].map(([value, text]) => option(value, text, chosen)).join('')}</select></label>`
  const input = (name: string, label: string, value: string | undefined, max: number) =>
    `<label>${label}<input name="${name}" value="${e(value ?? '')}" maxlength="${max}"></label>`
  const years = Array.from({ length: 6 }, (_, back) => String(thisYear - back))
  return [
    `<form action="${listPath}" method="get"><input type="hidden" name="lang" value="${language}">`,
    select(
      'region',
      words.region,
      filter.region,
      regions.map(({ code, path }) => [code, path.join(' · ')]),
    ),
    select(
      'state',
      words.state,
      filter.state,
      outcomeStates.map((state) => [state, words.states[state]]),
    ),
    select(
      'year',
      words.year,
      filter.year,
      years.map((year) => [year, year]),
    ),
    input('department', words.department, filter.department, 40),
    input('words', words.words, filter.words, 60),
    `<div class="press"><button>${words.find}</button>${link(addressWith(listPath, { lang: language }), words.clear)}</div></form>`,
  ].join('\n')
}

const link = (href: string, name: string) => `<a href="${e(href)}">${e(name)}</a>`
const dated = (at: string, name: string, language: OutcomeLanguage) =>
  `<span>${name} <time datetime="${at}">${longDay(at, language)}</time></span>`
const stateTag = (state: Outcome['state'], words: OutcomeWords) => `<span class="state state-${state}">${words.states[state]}</span>`

function itemOf({ id, number, title, state, issuedAt, departments, meeting }: Outcome, { language }: View): string {
  const words = outcomeWords[language]
  return [
    `<li><h2>${link(addressWith(outcomePath(id), { lang: language }), title)}</h2>`,
    `<p class="line">${stateTag(state, words)}<span class="soft">${e(number)}</span>${dated(issuedAt, words.issued, language)}</p>`,
    `<p class="soft">${e(departments.map(({ organization }) => organization).join('、'))} · ${e(meeting.title)}</p></li>`,
  ].join('')
}

/** One recommendation, from what people said to what the departments replied. */
export function outcomePage(outcome: Outcome, view: View): string {
  const { language } = view
  const words = outcomeWords[language]
  const { number, title, body, state, issuedAt, meeting, minutesPath, suggestions, passages, departments, replyWithheld } = outcome
  const quotes = (texts: string[]) => texts.map((text) => `<li class="quote">${e(text)}</li>`).join('')
  const parts = [
    `<p>${link(addressWith(listPath, { lang: language }), words.back)}</p>`,
    `<h1>${e(title)}</h1><p class="line">${stateTag(state, words)}<span class="soft">${e(number)}</span>${dated(issuedAt, words.issued, language)}</p>`,
    `<section><h2>${words.suggestions}</h2>${suggestions.length === 0 ? `<p class="soft">${words.noSuggestions}</p>` : `<ol class="numbered">${quotes(suggestions)}</ol>`}</section>`,
    `<section><h2>${words.meeting}</h2><p>${e(meeting.title)}</p><p class="soft">${e(meeting.regions.map((path) => path.join(' · ')).join('；'))}</p>`,
    passages.length === 0 ? '' : `<h3>${words.passages}</h3><ul>${quotes(passages)}</ul>`,
    minutesPath === null ? '' : `<p>${link(addressWith(minutesPath, { lang: language }), words.minutes)}</p>`,
    '</section>',
    `<section><h2>${words.recommendation}</h2><p class="text">${e(body)}</p></section>`,
    `<section><h2>${words.handling}</h2>${replyWithheld ? `<p role="note">${words.withheld}</p>` : ''}`,
    `<ul class="departments">${departments.map((department) => departmentOf(department, outcome, view)).join('\n')}</ul></section>`,
  ]
  return frame({ title: `${title} · ${number}`, path: outcomePath(outcome.id), body: parts.join('\n') }, view)
}

function departmentOf(department: Outcome['departments'][number], { suggestions, replyWithheld }: Outcome, { language }: View): string {
  const words = outcomeWords[language]
  const { organization, regionPath, state, issuedAt, signedAt, replyDueAt, repliedAt, reply, judgements } = department
  const item = ({ suggestion, outcome, grade, text }: NonNullable<typeof reply>['items'][number]) =>
    [
      `<li><h3>${words.outcomes[outcome]} · ${words.grades[grade]}</h3>`,
      `<p class="soft">${suggestion === null ? words.onHidden : words.onSuggestion(suggestions.indexOf(suggestion) + 1, shortened(suggestion))}</p>`,
      text === '' ? '' : `<p class="text">${e(text)}</p>`,
      '</li>',
    ].join('')
  return [
    `<li><h3>${e(organization)}</h3><p class="soft">${e(regionPath.join(' · '))}</p>`,
    `<p class="line">${stateTag(state, words)}${dated(issuedAt, words.issued, language)}`,
    signedAt === null ? '' : dated(signedAt, words.signed, language),
    repliedAt === null ? dated(replyDueAt, words.due, language) : dated(repliedAt, words.replied, language),
    '</p>',
    reply ? `<p class="text">${e(reply.text)}</p><ul class="items">${reply.items.map(item).join('')}</ul>` : '',
    !reply && !replyWithheld ? `<p class="soft">${words.waits}</p>` : '',
    ...judgements.map((judgement) => judgementOf(judgement, language)),
    '</li>',
  ].join('')
}

/** How it was judged: a row for each side. */
function judgementOf({ round, closedAt, conclusion, sides }: PublicJudgement, language: OutcomeLanguage): string {
  const { judged } = outcomeWords[language]
  const cell = (text: string | number) => `<td>${text}</td>`
  const rows = sides.map(({ side, evaluators, given, figures }) => {
    // Why there are no figures stands with the side: on a phone the columns lie out of sight.
    const why = figures ? '' : ` <span>${given === 0 ? judged.nobody : judged.few(fewestShown)}</span>`
    const head = `<th scope="row">${judged.sides[side]} <span class="soft">${judged.turnout(given, evaluators)}</span>${why}</th>`
    if (!figures) return `<tr>${head}<td colspan="6"></td></tr>`
    const { grades, means } = figures
    const figuresOf = [
      ...evaluationGrades.map((grade) => cell(grades[grade])),
      ...questions.map((question) => cell(means[question]?.toFixed(1) ?? '—')),
    ]
    return `<tr>${head}${figuresOf.join('')}</tr>`
  })
  const heads = [...evaluationGrades.map((grade) => judged.grades[grade]), ...questions.map((question) => judged.questions[question])]
  return [
    `<div class="judged"><h4>${round > 1 ? judged.second : judged.first}</h4>`,
    `<p class="line"><span>${judged.conclusions[conclusion]}</span>${dated(closedAt, judged.closed, language)}</p>`,
    `<div class="wide" role="region" tabindex="0" aria-label="${judged.figures}"><table><thead><tr><th scope="col">${judged.side}</th>`,
    `${heads.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`,
    `<p class="soft">${judged.marks}</p></div>`,
  ].join('')
}

/** The whole of it stands above. */
const shortened = (text: string) => e(text.length > mostQuoted ? `${text.slice(0, mostQuoted)}…` : text)

/** Says why there is nothing to read. */
export function nothingPage(title: string, text: string, path: string, view: View): string {
  const words = outcomeWords[view.language]
  const body = `<section><h1>${e(title)}</h1><p>${e(text)}</p><p>${link(addressWith(listPath, { lang: view.language }), words.back)}</p></section>`
  return frame({ title, path, body }, view)
}

type Framed = { title: string; path: string; body: string; feeds?: { href: string; name: string; type: string }[] }

function frame({ title, path, body, feeds = [] }: Framed, { language, nonce }: View): string {
  const words = outcomeWords[language]
  const other: OutcomeLanguage = language === 'en' ? 'zh-CN' : 'en'
  const [bare, query = ''] = path.split('?') as [string, string?]
  const turned = addressWith(bare, { ...Object.fromEntries(new URLSearchParams(query)), lang: other })
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="referrer" content="same-origin">
<meta property="og:title" content="${e(title)}">
<meta property="og:type" content="article">
<link rel="icon" href="/icon.svg">
${feeds.map(({ href, name, type }) => `<link rel="alternate" type="${type}" title="${name}" href="${e(href)}">`).join('\n')}
<title>${e(title)}</title>
<style nonce="${nonce}">${outcomeStyle}</style>
</head>
<body>
<nav class="top"><strong>${words.product}</strong><span></span><a href="${e(turned)}" lang="${other}" hreflang="${other}">${words.other}</a></nav>
<main>
${body}
</main>
</body>
</html>
`
}
