import { expect, test } from 'vitest'
import { line, optionalText, text } from '../../shared/text.ts'

test.each([
  ['a bidirectional override that turns a name round', '张三\u202Eexe.txt', '张三exe.txt'],
  ['isolates and marks of direction', '\u2066桥\u2069\u200E\u061C', '桥'],
  ['zero-width spaces between letters', '修\u200B桥\uFEFF吧\u2060', '修桥吧'],
  ['a joiner between Chinese characters', '修\u200D桥\u200C吧', '修桥吧'],
  ['soft hyphens and blank letters', 'a\u00ADb\u3164c\uFFA0d', 'abcd'],
  ['text hidden in tags', `好${String.fromCodePoint(0xe0068, 0xe0069)}`, '好'],
  ['NUL and other controls', 'a\u0000b\u0007c\u009Bd', 'abcd'],
  ['a lone half of a pair', 'a\uD800b', 'a\uFFFDb'],
  ['separators of lines and paragraphs', 'a\u2028b\r\nc\rd', 'a\nb\nc\nd'],
])('%s goes', (_, written, kept) => {
  expect(text(100).parse(written)).toBe(kept)
})

test.each([
  ['a family of emoji', '👨‍👩‍👧 和 🏳️‍🌈 👩🏽‍💻'],
  ['Persian with its joiners', 'می‌خواهم'],
  ['accents, and the tallest stack of Tibetan', 'é e\u0301 བསྒྲུབས'],
  ['rare characters', '𠮷野家 㐂'],
  ['tabs and empty lines', '一\t二\n\n三'],
])('%s stays as it was written', (_, written) => {
  expect(text(100).parse(written)).toBe(written)
})

test('a tower of combining marks is cut down to what a script may need', () => {
  const tower = `h${'\u0300\u0489\u0336'.repeat(300)}i`
  const kept = text(1_000).parse(tower)
  expect([...kept].length).toBe(6)
  expect(text(1_000).parse(kept)).toBe(kept)
})

test('what is nothing but hidden characters is empty', () => {
  for (const nothing of ['\u200B\u202E', '\u3164', '\u2060\uFEFF \n', String.fromCodePoint(0xe0041)]) {
    expect(text(10).safeParse(nothing).success).toBe(false)
    expect(line(10).safeParse(nothing).success).toBe(false)
    expect(optionalText(10).parse(nothing)).toBe('')
  }
})
