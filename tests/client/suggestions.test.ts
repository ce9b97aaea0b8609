import { createInstance } from 'i18next'
import { expect, test } from 'vitest'
import { en } from '../../client/i18n/en.ts'
import { zhCN } from '../../client/i18n/zh-CN.ts'
import { categoryName } from '../../client/suggestions/categoryName.ts'
import { recounted, stancesIn } from '../../client/suggestions/counts.ts'
import { inRank, type Order, rankBy } from '../../client/suggestions/order.ts'
import { defaultCategories } from '../../shared/categories.ts'
import type { StanceCounts } from '../../shared/stances.ts'
import { type Suggestion, wholeSuggestion } from '../../shared/suggestions.ts'

const suggestion = (id: string, minute: number, more: Partial<Suggestion> = {}): Suggestion => ({
  ...wholeSuggestion('m', { id, text: id, createdAt: `2026-11-23T06:0${minute}:00.000Z`, version: 1 }),
  ...more,
})
const list = [
  suggestion('old', 1, { supportCount: 9, status: 'answered' }),
  suggestion('split', 2, { supportCount: 3 }),
  suggestion('new', 3, { supportCount: 5 }),
]
const counts = new Map<string, StanceCounts>([
  ['old', { suggestionId: 'old', agrees: 30, disagrees: 1, passes: 0 }],
  ['split', { suggestionId: 'split', agrees: 6, disagrees: 6, passes: 2 }],
])
const ids = (suggestions: Suggestion[]) => suggestions.map(({ id }) => id)

test.each<[Order, string[]]>([
  ['newest', ['new', 'split', 'old']],
  ['supported', ['old', 'new', 'split']],
  ['contested', ['split', 'old', 'new']],
  ['unanswered', ['new', 'split', 'old']],
])('sorted by %s', (order, expected) => {
  expect(ids(inRank(list, rankBy(order, list, counts)))).toEqual(expected)
})

test('what is pinned stands first, what came since the sorting next, and counts that change move nothing', () => {
  const rank = rankBy('supported', list, counts)
  const later = [...list.map((one) => (one.id === 'split' ? { ...one, supportCount: 99 } : one)), suggestion('fresh', 4)]
  expect(ids(inRank(later, rank))).toEqual(['fresh', 'old', 'new', 'split'])
  expect(ids(inRank([...later, suggestion('pinned', 0, { pinned: true })], rank))[0]).toBe('pinned')
})

test('new counts change what is known without a new version, and nothing that is not known', () => {
  const known = new Map(list.map((one) => [one.id, one]))
  const next = recounted(known, [
    { id: 'new', supports: 6 },
    { id: 'unknown', supports: 2 },
  ])
  expect(next.get('new')).toEqual({ ...list[2], supportCount: 6 })
  expect(next.size).toBe(3)
  expect(stancesIn([{ id: 'new', supports: 6 }])).toEqual([])
  expect(stancesIn([{ id: 'new', supports: 6, agrees: 1, disagrees: 2, passes: 3 }])).toEqual([
    { suggestionId: 'new', agrees: 1, disagrees: 2, passes: 3 },
  ])
})

test('every national category has its name in both languages, and a region’s own keeps its', () => {
  for (const [language, translation] of Object.entries({ 'zh-CN': zhCN, en })) {
    const i18n = createInstance()
    void i18n.init({ lng: language, resources: { [language]: { translation } }, initAsync: false })
    const names = [...defaultCategories, '渡口'].map((category) => categoryName(category, i18n.t))
    expect(names.slice(0, 1)).toEqual([language === 'en' ? 'Transport' : '交通出行'])
    expect(names.at(-1)).toBe('渡口')
    expect(new Set(names).size).toBe(names.length)
  }
})
