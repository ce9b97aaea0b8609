import { expect, test } from 'vitest'
import { phone as en } from '../../client/i18n/en/phone.ts'
import { phone as zh } from '../../client/i18n/zh-CN/phone.ts'
import { momentOf, shortMomentOf } from '../../client/phone/dates.ts'
import { createTranslate } from '../../client/phone/words.ts'
import { formatReceipt, readReceipt, receiptPattern } from '../../shared/suggestion-rules.ts'

const placesIn = (words: string) => [...words.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()

test('both languages fill in the same values', () => {
  for (const [group, words] of Object.entries(zh))
    for (const [key, sentence] of Object.entries(words)) {
      const other = (en as Record<string, Record<string, string>>)[group]?.[key]
      expect({ key, places: placesIn(other ?? '') }).toEqual({ key, places: placesIn(sentence) })
    }
})

test('values are put where the sentence wants them', () => {
  expect(createTranslate('zh-CN')('meeting.agendaPlace', { n: 2, m: 3 })).toBe('议程第 2 项，共 3 项')
  expect(createTranslate('en')('meeting.agendaPlace', { n: 2, m: 3 })).toBe('Agenda item 2 of 3')
})

test('dates are written as the hall writes them', () => {
  const at = new Date(2026, 10, 23, 14, 0).toISOString()
  expect(momentOf(at, 'zh-CN')).toBe('2026年11月23日 周一 14:00')
  expect(momentOf(at, 'en')).toBe('Mon 23 Nov 2026 14:00')
  expect(shortMomentOf(at, 'zh-CN', new Date(2026, 10, 23, 18, 0))).toBe('14:00')
  expect(shortMomentOf(at, 'zh-CN', new Date(2026, 10, 24, 9, 0))).toBe('2026年11月23日 周一 14:00')
})

test.each(['7KQ2-M9ZX-W4TB', '7kq2 m9zx w4tb', ' 7KQ2M9ZXW4TB '])('the receipt %j is read as it was meant', (typed) => {
  expect(formatReceipt(readReceipt(typed))).toBe('7KQ2-M9ZX-W4TB')
})

test('letters that look like digits are read as digits, and what is no receipt is told apart', () => {
  expect(readReceipt('oIlO-7777-7777')).toBe('011077777777')
  expect(receiptPattern.test(readReceipt('7KQ2-M9ZX-W4T'))).toBe(false)
  expect(receiptPattern.test(readReceipt('UUUU-UUUU-UUUU'))).toBe(false)
})
