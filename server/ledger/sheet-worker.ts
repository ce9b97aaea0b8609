import { parentPort } from 'node:worker_threads'
import ExcelJS from 'exceljs'
import { zipSync } from 'fflate'
import { mostImportRows, mostUnpackedBytes } from '../../shared/ledger.ts'
import type { Sheet } from './sheet.ts'
import { UnpackError, unpack } from './unpack.ts'

/* Reads spreadsheets, one at a time. A thread of its own: what somebody sends may take long to read, or all memory there is. */

const ignoreNodes = [
  'dataValidations',
  'conditionalFormatting',
  'mergeCells',
  'hyperlinks',
  'drawing',
  'legacyDrawing',
  'picture',
  'tableParts',
]
const mostColumns = 50

async function read(bytes: Uint8Array): Promise<Sheet> {
  const files = unpack(bytes, mostUnpackedBytes)
  if (!files['xl/workbook.xml']) return { ok: false, reason: 'not-a-spreadsheet' }
  const workbook = new ExcelJS.Workbook()
  // Packed anew, the reader meets nothing but what was measured. Its types know only Node's older Buffer.
  const measured = Buffer.from(zipSync(files, { level: 0 })) as unknown as ExcelJS.Buffer
  await workbook.xlsx.load(measured, { ignoreNodes })
  const sheet = workbook.worksheets[0]
  if (!sheet) return { ok: false, reason: 'not-a-spreadsheet' }
  const rows: Extract<Sheet, { ok: true }>['rows'] = []
  sheet.eachRow((row, place) => {
    if (rows.length > mostImportRows + 1) return
    const cells: string[] = []
    row.eachCell((cell, column) => {
      if (column <= mostColumns) cells[column - 1] = textOf(cell.value)
    })
    if (cells.some((cell) => cell?.trim())) rows.push({ row: place, cells: Array.from(cells, (cell) => cell ?? '') })
  })
  return rows.length > mostImportRows + 1 ? { ok: false, reason: 'too-many-rows' } : { ok: true, rows }
}

function textOf(value: ExcelJS.CellValue): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10)
  if (typeof value !== 'object') return String(value)
  if ('richText' in value) return value.richText.map(({ text }) => text).join('')
  if ('text' in value) return textOf(value.text)
  if ('result' in value) return textOf(value.result)
  return ''
}

parentPort?.on('message', async (bytes: Uint8Array) => {
  const sheet = await read(bytes).catch((error: unknown): Sheet => {
    const tooLarge = error instanceof UnpackError && error.tooLarge
    return { ok: false, reason: tooLarge ? 'unpacks-to-too-much' : 'not-a-spreadsheet' }
  })
  parentPort?.postMessage(sheet)
})
