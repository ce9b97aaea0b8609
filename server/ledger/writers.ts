import { once } from 'node:events'
import type { Writable } from 'node:stream'
import ExcelJS from 'exceljs'
import { type LedgerForm, pastColumns } from '../../shared/ledger.ts'
import type { Table } from './export.ts'
import { type ExportLanguage, words } from './words.ts'

export const contentTypes: Record<LedgerForm, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
}

/** Writes a table into a response as it is read; gives up where nobody takes it any more. */
export const writeTable: Record<LedgerForm, (table: Table, out: Writable) => Promise<void>> = {
  xlsx: writeXlsx,
  csv: writeCsv,
  json: writeJson,
}

async function writeXlsx({ sheet: name, headings, pages }: Table, out: Writable) {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: out, useSharedStrings: false, useStyles: true })
  const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.columns = headings.map((header) => ({ header, width: Math.max(14, header.length * 3) }))
  sheet.getRow(1).font = { bold: true }
  // Cells are given as text: what begins as a formula does stays words.
  for await (const rows of pages) {
    if (out.destroyed) return
    for (const row of rows) sheet.addRow(row).commit()
  }
  sheet.commit()
  await workbook.commit()
}

/** With a byte order mark, by which Excel knows that it is UTF-8. */
async function writeCsv({ headings, pages }: Table, out: Writable) {
  await send(out, `\ufeff${csvLine(headings)}`)
  for await (const rows of pages) if (!(await send(out, rows.map(csvLine).join('')))) return
  out.end()
}

async function writeJson({ fields, pages }: Table, out: Writable) {
  let before = '[\n'
  for await (const rows of pages) {
    const things = rows.map((row) => JSON.stringify(Object.fromEntries(fields.map((field, place) => [field, row[place]]))))
    if (things.length === 0) continue
    if (!(await send(out, before + things.join(',\n')))) return
    before = ',\n'
  }
  out.end(before === '[\n' ? '[]\n' : '\n]\n')
}

/** Waits while the other side is slow. False once it is gone. */
async function send(out: Writable, text: string): Promise<boolean> {
  if (out.destroyed) return false
  if (!out.write(text)) await Promise.race([once(out, 'drain'), once(out, 'close')])
  return !out.destroyed
}

/** OWASP "CSV injection": a spreadsheet takes what begins so for a formula. */
const formula = /^[=+\-@\t\r]/

const csvLine = (row: readonly string[]) =>
  `${row
    .map((field) => (formula.test(field) ? `'${field}` : field))
    .map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join(',')}\r\n`

/** An empty table for earlier years, with how to fill it. */
export async function writeTemplate(language: ExportLanguage): Promise<Uint8Array> {
  const { pastSheet, columns, help, template } = words[language]
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet(pastSheet, { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.columns = pastColumns.map((column) => ({ header: columns[column], width: column === 'body' || column === 'reply' ? 60 : 20 }))
  sheet.getRow(1).font = { bold: true }
  const notes = workbook.addWorksheet(template.slice(0, 31))
  notes.getColumn(1).width = 100
  notes.addRows(help.map((text) => [text]))
  return new Uint8Array(await workbook.xlsx.writeBuffer())
}
