import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

const dotsPerInch = 200
const toMillimetres = (dots: number) => (dots / dotsPerInch) * 25.4

/** A rectangle of ink on a page, in millimetres from its upper left corner. */
export type Ink = { left: number; right: number; top: number; bottom: number }

/** The pages of a PDF file as poppler draws and reads them. */
export async function rendered(pdf: Buffer) {
  const folder = await mkdtemp(join(tmpdir(), 'yishi-rendered-'))
  const file = join(folder, 'paper.pdf')
  await writeFile(file, pdf)

  async function linesOf(page: number): Promise<string[]> {
    const { stdout } = await run('pdftotext', ['-f', `${page}`, '-l', `${page}`, '-raw', file, '-'])
    return stdout.split('\n').filter((line) => line.trim() !== '')
  }

  /** The rows of ink of a page, from the top, each as wide as it is; those that are less than a millimetre apart are one. */
  async function inkOf(page: number): Promise<Ink[]> {
    await run('pdftoppm', ['-f', `${page}`, '-l', `${page}`, '-r', `${dotsPerInch}`, '-gray', '-singlefile', file, join(folder, 'page')])
    return rowsOf(await readFile(join(folder, 'page.pgm')))
  }

  return { linesOf, inkOf, close: () => rm(folder, { recursive: true, force: true }) }
}

/** Of a picture in the binary form of PGM. */
function rowsOf(picture: Buffer): Ink[] {
  const [header = '', width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(picture.toString('latin1', 0, 64)) ?? []
  const rows: Ink[] = []
  for (let y = 0; y < Number(height); y += 1) {
    const dots = picture.subarray(header.length + y * Number(width), header.length + (y + 1) * Number(width))
    const first = dots.findIndex((dot) => dot < 200)
    if (first < 0) continue
    const row = {
      left: toMillimetres(first),
      right: toMillimetres(dots.findLastIndex((dot) => dot < 200) + 1),
      top: toMillimetres(y),
      bottom: toMillimetres(y + 1),
    }
    const above = rows.at(-1)
    if (above && row.top - above.bottom < 1)
      Object.assign(above, { left: Math.min(above.left, row.left), right: Math.max(above.right, row.right), bottom: row.bottom })
    else rows.push(row)
  }
  return rows
}
