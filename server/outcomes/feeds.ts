import { Feed } from 'feed'
import { escapeHtml } from '../../shared/escape.ts'
import { type Outcome, outcomePath } from '../../shared/outcomes.ts'
import { type OutcomeLanguage, outcomeWords } from './words.ts'

export const feedForms = ['rss', 'atom', 'json'] as const
export type FeedForm = (typeof feedForms)[number]

export const feedTypes: Record<FeedForm, string> = {
  rss: 'application/rss+xml; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
}

type View = { language: OutcomeLanguage; origin: string; self: string }

/** The newest outcomes for readers of feeds: an entry comes again whenever a department moves. */
export function renderFeed(form: FeedForm, outcomes: readonly Outcome[], { language, origin, self }: View): string {
  const words = outcomeWords[language]
  const newest = outcomes
    .map(({ updatedAt }) => updatedAt)
    .toSorted()
    .at(-1)
  const feed = new Feed({
    id: `${origin}/public`,
    title: words.title,
    description: words.intro,
    link: `${origin}/public`,
    language,
    generator: words.product,
    copyright: '',
    ...(newest ? { updated: new Date(newest) } : {}),
    feedLinks: { [form]: new URL(self, origin).href },
  })
  for (const { id, number, title, body, state, issuedAt, updatedAt, departments } of outcomes) {
    const link = new URL(outcomePath(id), origin).href
    const says = `${words.states[state]} · ${departments.map(({ organization }) => organization).join('、')}`
    feed.addItem({
      id: link,
      guid: `${link}#${updatedAt}`,
      title: `${title}（${number}）`,
      link,
      description: says,
      content: `<p>${escapeHtml(says)}</p><p>${escapeHtml(body)}</p>`,
      date: new Date(updatedAt),
      published: new Date(issuedAt),
    })
  }
  return form === 'rss' ? feed.rss2() : form === 'atom' ? feed.atom1() : feed.json1()
}
