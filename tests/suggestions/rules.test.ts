import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { chosenFrom } from '../../server/suggestions/categories.ts'
import { isLate } from '../../server/suggestions/lateness.ts'
import { followersOf } from '../../server/suggestions/merging.ts'
import { defaultCategories } from '../../shared/categories.ts'

const now = new Date('2026-11-23T06:00:00.000Z')
const idAt = (secondsFromNow: number) => v7({ msecs: now.getTime() + secondsFromNow * 1_000 })
const [older, old, newer, future, far] = [idAt(-20), idAt(-10), idAt(-5), idAt(30), idAt(3_600)]

test.each<[string, string[], string, boolean]>([
  ['the first command', [], old, false],
  ['a newer one', [old], newer, false],
  ['the same one again', [old], old, true],
  ['an older one that comes late', [newer], old, true],
  ['one older than the newest of several', [older, newer], old, true],
  ['one older than what a clock a little ahead has made', [future], newer, true],
  ['one after a clock that was an hour ahead is set right', [far], newer, false],
  ['the same one again of a clock that is an hour ahead', [far], far, true],
])('%s: late is %#', (_, followed, commandId, late) => {
  expect(isLate(followed, commandId, now)).toBe(late)
})

test.each<[string, Record<string, string>, string, string[]]>([
  ['nothing follows what nothing was merged into', { b: 'a' }, 'b', []],
  ['what was merged by hand follows', { b: 'a', c: 'a' }, 'a', ['b', 'c']],
  ['and what was merged into that', { b: 'a', c: 'b', d: 'c', e: 'a' }, 'b', ['c', 'd']],
])('%s', (_, merges, rootId, followers) => {
  const rows = Object.entries(merges).map(([id, mergedDirectlyId]) => ({ id, mergedDirectlyId }))
  expect(followersOf(rootId, rows)).toEqual(followers)
})

const nanxun = ['33', '3305', '330503']
const wujiang = ['32', '3205', '320509']
test.each<[string, string[][], Record<string, string[]>, { categories: readonly string[]; fixed: boolean }]>([
  ['no region has a list: the national ones, and others too', [nanxun], {}, { categories: defaultCategories, fixed: false }],
  ['the region has a list', [nanxun], { '330503': ['水'] }, { categories: ['水'], fixed: true }],
  ['a region above has one', [nanxun], { '33': ['水'] }, { categories: ['水'], fixed: true }],
  ['the nearest counts', [nanxun], { '33': ['水'], '3305': ['路'] }, { categories: ['路'], fixed: true }],
  [
    'each of two regions has one',
    [nanxun, wujiang],
    { '33': ['水', '路'], '3205': ['路', '船'] },
    { categories: ['水', '路', '船'], fixed: true },
  ],
  ['one of two has none', [nanxun, wujiang], { '33': ['船'] }, { categories: ['船', ...defaultCategories], fixed: false }],
])('categories where %s', (_, lineages, lists, chosen) => {
  expect(chosenFrom(lineages, new Map(Object.entries(lists)))).toEqual(chosen)
})
