import { expect, test } from 'vitest'
import { termsOf, tsqueryOf, vectorOf } from '../../server/ledger/terms.ts'

test('Chinese is found by pairs of characters, other scripts by words', () => {
  expect(termsOf(['渡口加班船', 'Bus 12路', '镇'])).toEqual(['12', 'bus', '加班', '口加', '渡口', '班船', '船', '路', '镇'])
  expect(termsOf(['', '，。！', "'; drop table"])).toEqual(['drop', 'table'])
})

test('full width and half width, large and small letters are the same', () => {
  expect(termsOf(['ＢＵＳ２'])).toEqual(termsOf(['bus2']))
})

test.each([
  ['渡口', "'渡口'"],
  ['渡口加班', "'渡口' & '口加' & '加班'"],
  ['渡', "'渡':*"],
  ['渡口 bus', "'渡口' & 'bus':*"],
  ['〔2026〕12号', "'2026':* & '12':* & '号':*"],
  ['渡口渡口', "'渡口' & '口渡'"],
  ['？！', null],
  ["' & ! | :* \\", null],
])('%j is looked for as %s', (typed, query) => {
  expect(tsqueryOf(typed)).toBe(query)
})

test('whatever is typed of a text finds it', () => {
  const text = '两地在晚间各增开一班渡船，Nanxun 12 路接驳。'
  const terms = new Set(termsOf([text]))
  const characters = [...text]
  for (let from = 0; from < characters.length; from++)
    for (let to = from + 1; to <= characters.length; to++) {
      const query = tsqueryOf(characters.slice(from, to).join(''))
      const wanted = query?.split(' & ').map((part) => ({ term: part.slice(1, part.lastIndexOf("'")), prefix: part.endsWith(':*') })) ?? []
      for (const { term, prefix } of wanted) {
        // The middle of a word of another script begins nothing: that much has to be typed from its beginning.
        if (/^[a-z0-9]/.test(term)) continue
        expect(prefix ? [...terms].some((one) => one.startsWith(term)) : terms.has(term), `${term} of ${text}`).toBe(true)
      }
    }
  expect(vectorOf(['a', '渡口'])).toBe("'a' '渡口'")
})
