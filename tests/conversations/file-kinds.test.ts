import { Document, Packer, Paragraph } from 'docx'
import ExcelJS from 'exceljs'
import fc from 'fast-check'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { kindOf } from '../../server/conversations/file-kinds.ts'

const docx = async () => new Uint8Array(await Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph('渡口')] }] })))
async function xlsx() {
  const book = new ExcelJS.Workbook()
  book.addWorksheet('渡口').addRow(['班次', 3])
  return new Uint8Array(await book.xlsx.writeBuffer())
}
const picture = async (format: 'jpeg' | 'png' | 'webp') =>
  new Uint8Array(
    await sharp({ create: { width: 4, height: 4, channels: 3, background: '#0b5c7d' } })
      [format]()
      .toBuffer(),
  )
const bytesOf = (words: string) => new TextEncoder().encode(words)
/** The same file with one name in it exchanged for another of the same length. */
function renamed(bytes: Uint8Array, from: string, to: string) {
  expect(from.length).toBe(to.length)
  return new Uint8Array(Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll(from, to), 'latin1'))
}

test('a file is what is in it', async () => {
  expect(kindOf(bytesOf('%PDF-1.7\n…'))).toBe('pdf')
  expect([kindOf(await picture('jpeg')), kindOf(await picture('png'))]).toEqual(['jpeg', 'png'])
  expect([kindOf(await docx()), kindOf(await xlsx())]).toEqual(['docx', 'xlsx'])
})

test('what can hold a program, a script or a secret is none of the kinds', async () => {
  const letter = await docx()
  const encrypted = letter.slice()
  const first = Buffer.from(encrypted).indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]))
  encrypted[first + 8]! |= 1
  for (const bytes of [
    bytesOf('<!doctype html><script>alert(1)</script>'),
    bytesOf('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    bytesOf('MZ…'),
    await picture('webp'),
    renamed(letter, 'word/fontTable.xml', 'word/vbaProject.bi'),
    renamed(letter, 'word/document.xml', 'word/document.xmm'),
    renamed(letter, '[Content_Types].xml', '[Content_Typos].xml'),
    encrypted,
    letter.slice(0, -30),
    new Uint8Array(),
  ])
    expect(kindOf(bytes)).toBeNull()
})

test('nothing that is cut off, mixed up or made up brings it down', async () => {
  const letter = await docx()
  fc.assert(
    fc.property(fc.nat(letter.length), fc.array(fc.tuple(fc.nat(letter.length - 1), fc.nat(255)), { maxLength: 40 }), (cut, changes) => {
      const bytes = letter.slice(cut)
      for (const [place, byte] of changes) if (place < bytes.length) bytes[place] = byte
      kindOf(bytes)
    }),
    { numRuns: 300 },
  )
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void kindOf(bytes)))
})
