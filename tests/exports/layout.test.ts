import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { renderDocx } from '../../server/exports/docx/render.ts'
import { layout } from '../../server/exports/layout.ts'
import { plainPaper } from '../../server/exports/paper.ts'
import { createPdfConverter } from '../../server/exports/pdf.ts'
import { rendered } from './rendered.ts'
import { longParagraph, samplePaper } from './sample-paper.ts'

// The pages as LibreOffice lays them out and poppler draws them, measured against GB/T 9704-2012.

const log = pino({ level: 'silent' })
const office = { binary: process.env.SOFFICE_BIN ?? 'soffice', searchPath: process.env.PATH ?? '', log }
const converter = createPdfConverter(office)
type Pages = Awaited<ReturnType<typeof rendered>>
let plain: Pages
let whole: Pages
beforeAll(async () => {
  const paper = plainPaper({ mark: '协商纪要', title: '界河', blocks: [longParagraph(1_200)] })
  plain = await rendered(await converter.convert(await renderDocx(paper)))
  whole = await rendered(await converter.convert(await renderDocx(samplePaper)))
})
afterAll(async () => {
  await converter.close()
  await Promise.all([plain?.close(), whole?.close()])
})

const { margin, page, typeArea } = layout
const foot = margin.top + typeArea.height

test('a full page has 22 lines of 28 characters (5.2.3)', async () => {
  const lines = (await plain.linesOf(2)).slice(0, -1)
  expect(lines.map((line) => line.length)).toEqual(Array(layout.lines).fill(layout.characters))
})

test('they fill a type area of 156 × 225 mm below a head of 37 mm and beside a binding edge of 28 mm (5.2.1)', async () => {
  const lines = (await plain.inkOf(2)).slice(0, -1)
  expect(lines).toHaveLength(layout.lines)
  // The ink of a letter is a little smaller than its square of 5.6 mm; each stands in the middle of a line of 10.2 mm.
  for (const { left, right } of lines) {
    expect(left).toBeCloseTo(margin.left, 0)
    expect(right).toBeGreaterThan(page.width - margin.right - 1)
    expect(right).toBeLessThan(page.width - margin.right + 0.2)
  }
  const pitch = (lines.at(-1)!.top - lines[0]!.top) / (layout.lines - 1)
  expect(pitch).toBeCloseTo(typeArea.height / layout.lines, 1)
  const gap = (pitch - (lines[0]!.bottom - lines[0]!.top)) / 2
  expect(Math.abs(lines[0]!.top - gap - margin.top)).toBeLessThan(1)
  expect(Math.abs(lines.at(-1)!.bottom + gap - foot)).toBeLessThan(1)
})

test('the mark stands 35 mm below the head of the type area, the red line 4 mm below the number and as wide as the type area (7.2, 10.3)', async () => {
  const [urgency, mark, number, rule] = await whole.inkOf(1)
  // 7.2.3: in the first line, from the edge, and nothing moves for it.
  expect(urgency!.left - margin.left).toBeLessThan(1)
  expect(urgency!.bottom - margin.top).toBeLessThan(typeArea.height / layout.lines)
  expect(Math.abs(mark!.top - margin.top - layout.markDrop)).toBeLessThan(1)
  expect(Math.abs((mark!.left + mark!.right) / 2 - margin.left - typeArea.width / 2)).toBeLessThan(1)
  expect(Math.abs(rule!.top - number!.bottom - layout.ruleDrop)).toBeLessThan(0.5)
  expect([rule!.left, rule!.right - rule!.left].map(Math.round)).toEqual([margin.left, typeArea.width])
})

test('page numbers stand between dashes 7 mm below the type area, odd ones at the right and even ones at the left, one character in (7.5)', async () => {
  const odd = (await plain.inkOf(1)).at(-1)!
  const even = (await plain.inkOf(2)).at(-1)!
  expect((await plain.linesOf(2)).at(-1)).toBe('— 2 —')
  for (const { top, bottom } of [odd, even]) expect(Math.abs((top + bottom) / 2 - foot - layout.pageNumberDrop)).toBeLessThan(1)
  // 四号 is 4.9 mm.
  expect(page.width - margin.right - odd.right).toBeCloseTo(4.9, 0)
  expect(even.left - margin.left).toBeCloseTo(4.9, 0)
})

test('the colophon ends with the type area of the last page (7.4.1), and attachments begin pages of their own (7.3.7)', async () => {
  const last = (await whole.inkOf(5)).at(-2)!
  expect(Math.abs(last.bottom - foot)).toBeLessThan(0.5)
  expect([last.left, last.right - last.left].map(Math.round)).toEqual([margin.left, typeArea.width])
  expect((await whole.linesOf(4))[0]).toBe('附件 1')
  expect((await whole.linesOf(5))[0]).toBe('附件 2')
})

test('several papers wait for one another, and a server without LibreOffice says so', async () => {
  const docx = await renderDocx(plainPaper({ mark: '协商纪要', title: '界河', blocks: [] }))
  const made = await Promise.all([converter.convert(docx), converter.convert(docx)])
  for (const pdf of made) expect(pdf.toString('latin1', 0, 5)).toBe('%PDF-')
  await expect(converter.convert(docx.subarray(0, 3_000))).rejects.toMatchObject({ code: 'unavailable', reason: 'pdf-failed' })
  const without = createPdfConverter({ ...office, binary: 'no-such-office' })
  expect(await without.available()).toBe(false)
  await expect(without.convert(docx)).rejects.toMatchObject({ code: 'unavailable', reason: 'pdf-not-here' })
  await without.close()
})

test('one that takes too long is ended, and the next one goes on', async () => {
  const hasty = createPdfConverter({ ...office, limitMs: 5 })
  const docx = await renderDocx(samplePaper)
  await expect(hasty.convert(docx)).rejects.toMatchObject({ reason: 'pdf-failed' })
  await expect(hasty.convert(docx)).rejects.toMatchObject({ reason: 'pdf-failed' })
  await hasty.close()
})
