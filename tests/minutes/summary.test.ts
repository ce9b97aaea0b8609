import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { suggestionSummary } from '../../shared/minutes-summary.ts'
import type { Voice, VoiceCard } from '../../shared/voice.ts'

const card = (text: string, changes: Partial<VoiceCard> = {}): VoiceCard => ({
  id: v7(),
  text,
  status: 'published',
  createdAt: new Date().toISOString(),
  supports: 0,
  agrees: 0,
  disagrees: 0,
  theme: null,
  ...changes,
})
const theme = (name: string, publicSize: number, best: VoiceCard[]) => ({
  id: v7(),
  name,
  size: publicSize,
  publicSize,
  supports: 7,
  heat: 1,
  series: [],
  best,
})
const voice = (changes: Partial<Voice>): Voice => ({
  at: new Date().toISOString(),
  results: true,
  wallThemes: [],
  setAside: 0,
  totals: { people: 30, suggestions: 12, pending: 1, answered: 2, merged: 0, hidden: 1, supports: 41, stances: 90, unanswered: 8 },
  perMinute: { suggestions: [], supports: [] },
  top: [],
  newest: [],
  hot: [],
  contested: [],
  agreed: [],
  unanswered: [],
  bySite: [],
  byRegion: [],
  byCategory: [],
  themes: [],
  ...changes,
})

test('the draft gives the numbers, each theme with its best words, what is agreed on, what divides and what waits', () => {
  const summary = suggestionSummary(
    voice({
      themes: [theme('早班船', 5, [card('加一班\n早班船', { supports: 6 }), card('五点半就要有船')])],
      agreed: [card('装路灯', { agrees: 20, disagrees: 1 })],
      contested: [card('渡船收费', { agrees: 9, disagrees: 10 })],
      unanswered: [card('修候船亭')],
    }),
  )
  expect(summary).toEqual([
    '会议期间，共有30人参与，提出意见建议12条，获支持41人次，表态90次；已答复2条，尚未答复8条。',
    '关于“早班船”（5条，7人次支持）：“加一班 早班船”（6人支持）；“五点半就要有船”。',
    '赞成较多的意见有：“装路灯”（赞成20，反对1）。',
    '分歧较大的意见有：“渡船收费”（赞成9，反对10）。',
    '尚未答复的意见有：“修候船亭”。',
  ])
})

test('what is not public is not quoted, and where nobody wrote there is nothing to say', () => {
  const hidden = [card('某人电话', { status: 'hidden' }), card('还没看过', { status: 'pending' })]
  const quoting = suggestionSummary(voice({ themes: [theme('其他', 1, hidden), theme('没有公开的', 0, hidden)], unanswered: hidden }))
  expect(quoting).toHaveLength(1)
  expect(suggestionSummary({ ...voice({}), totals: { ...voice({}).totals, suggestions: 0 } })).toEqual([])
})
