import type { Voice, VoiceCard } from './voice.ts'

const mostThemes = 6
const mostOfEach = 3

/**
 * A draft of what people put in, from the numbers, the themes and the stances: sentences for a recorder to correct, in Chinese as the minutes
 * are. Nothing in it is made up: every suggestion is quoted, and only what is public.
 */
export function suggestionSummary({ totals, themes, agreed, contested, unanswered }: Voice): string[] {
  if (totals.suggestions === 0) return []
  return [
    `会议期间，共有${totals.people}人参与，提出意见建议${totals.suggestions}条，获支持${totals.supports}人次，表态${totals.stances}次；已答复${totals.answered}条，尚未答复${totals.unanswered}条。`,
    ...themes
      .filter(({ publicSize }) => publicSize > 0)
      .slice(0, mostThemes)
      .flatMap(({ name, publicSize, supports, best }) => {
        const quotes = quoted(best, ({ supports: count }) => (count > 0 ? `（${count}人支持）` : ''))
        return quotes === '' ? [] : `关于“${name}”（${publicSize}条，${supports}人次支持）：${quotes}。`
      }),
    ...sentence('赞成较多的意见有：', agreed, stanceWords),
    ...sentence('分歧较大的意见有：', contested, stanceWords),
    ...sentence('尚未答复的意见有：', unanswered, () => ''),
  ]
}

const stanceWords = ({ agrees = 0, disagrees = 0 }: VoiceCard) => `（赞成${agrees}，反对${disagrees}）`
const isPublic = ({ status }: VoiceCard) => status === 'published' || status === 'answered'

function sentence(beginning: string, cards: readonly VoiceCard[], behind: (card: VoiceCard) => string): string[] {
  const quotes = quoted(cards, behind)
  return quotes === '' ? [] : [`${beginning}${quotes}。`]
}

const quoted = (cards: readonly VoiceCard[], behind: (card: VoiceCard) => string) =>
  cards
    .filter(isPublic)
    .slice(0, mostOfEach)
    .map((card) => `“${card.text.replace(/\s+/g, ' ').trim()}”${behind(card)}`)
    .join('；')
