import { Worker } from 'node:worker_threads'
import { AppError } from '../../shared/errors.ts'

export type SheetRow = { row: number; cells: string[] }
type Refused = 'not-a-spreadsheet' | 'unpacks-to-too-much' | 'too-many-rows'
export type Sheet = { ok: true; rows: SheetRow[] } | { ok: false; reason: Refused }

const limitMs = 60_000
const mostWaiting = 4

/** Reads the first sheet of spreadsheets, one file after another, in a thread that may die of it. It is started when it is first needed. */
export function createSheetReader() {
  let worker: Worker | null = null
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()

  function forget() {
    void worker?.terminate()
    worker = null
  }

  function readOne(bytes: Uint8Array): Promise<Sheet> {
    if (!isArchive(bytes)) return Promise.resolve({ ok: false, reason: 'not-a-spreadsheet' })
    worker ??= new Worker(new URL('./sheet-worker.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: 768 } })
    const asked = worker
    return new Promise<Sheet>((resolve) => {
      const timer = setTimeout(stuck, limitMs)
      function done(sheet: Sheet) {
        clearTimeout(timer)
        asked.off('message', done).off('error', outOfMemory).off('exit', stuck)
        resolve(sheet)
      }
      function broken(reason: Refused) {
        done({ ok: false, reason })
        forget()
      }
      function stuck() {
        broken('not-a-spreadsheet')
      }
      function outOfMemory() {
        broken('unpacks-to-too-much')
      }
      asked.on('message', done).on('error', outOfMemory).on('exit', stuck)
      asked.postMessage(bytes)
    })
  }

  return {
    /** @throws AppError `invalid-input` or `too-large` for what cannot be read, `unavailable` while too many wait. */
    async read(bytes: Uint8Array): Promise<SheetRow[]> {
      if (waiting >= mostWaiting) throw new AppError('unavailable', 'import-busy')
      waiting++
      const turn = last.then(() => readOne(bytes))
      last = turn
      const sheet = await turn
      waiting--
      if (sheet.ok) return sheet.rows
      throw new AppError(sheet.reason === 'not-a-spreadsheet' ? 'invalid-input' : 'too-large', sheet.reason)
    },
    async close() {
      await last
      forget()
    },
  }
}

/** The first bytes of a zip archive, which every .xlsx is. */
const isArchive = (bytes: Uint8Array) => bytes[0] === 0x50 && bytes[1] === 0x4b
