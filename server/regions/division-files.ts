import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parentOf } from '../../shared/regions.ts'

/** The files of the package's `dist` folder, from the provinces down, with the column that names the division above. */
const files = [
  { name: 'provinces.csv', codeLength: 2, parent: null },
  { name: 'cities.csv', codeLength: 4, parent: 'provinceCode' },
  { name: 'areas.csv', codeLength: 6, parent: 'cityCode' },
  { name: 'streets.csv', codeLength: 9, parent: 'areaCode' },
  { name: 'villages.csv', codeLength: 12, parent: 'streetCode' },
] as const

/** Provinces of GB/T 2260 that the bureau of statistics does not count, and that its files therefore lack. */
const uncounted = [
  { code: '71', name: '台湾省' },
  { code: '81', name: '香港特别行政区' },
  { code: '82', name: '澳门特别行政区' },
]

export type Division = { code: string; name: string; parentCode: string | null }
/** What the files hold and the tree cannot: told to whoever imports. */
export type Oddity = { kind: 'unreadable' | 'orphan' | 'moved'; file: string; line: string }

export class DivisionFilesError extends Error {}

/**
 * Reads every division, parents before their children. The code alone decides the place in the tree, since rights and
 * subtree queries go by it: a division whose file names another parent is `moved` under the one that its code names, and
 * one whose code names a parent that does not exist is left out as an `orphan`.
 * @throws DivisionFilesError when a file is missing or its columns are not the expected ones.
 */
export async function* readDivisions(folder: string, onOddity: (oddity: Oddity) => void): AsyncGenerator<Division> {
  const parents = new Set<string>()
  for (const division of uncounted) {
    parents.add(division.code)
    yield { ...division, parentCode: null }
  }
  for (const file of files) {
    for await (const { code, name, listedParent, line } of readFile(folder, file, (line) =>
      onOddity({ kind: 'unreadable', file: file.name, line }),
    )) {
      const parentCode = parentOf(code)
      if (parentCode !== null && !parents.has(parentCode)) {
        onOddity({ kind: 'orphan', file: file.name, line })
        continue
      }
      if (parentCode !== listedParent) onOddity({ kind: 'moved', file: file.name, line })
      if (file.codeLength < 12) parents.add(code)
      yield { code, name, parentCode }
    }
  }
}

async function* readFile(folder: string, file: (typeof files)[number], onUnreadable: (line: string) => void) {
  const path = join(folder, file.name)
  if (!existsSync(path)) throw new DivisionFilesError(`The data has no ${file.name}.`)
  let parentColumn: number | null | undefined
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (parentColumn === undefined) {
      parentColumn = parentColumnOf(line, file)
      continue
    }
    const cells = line.split(',').map((cell) => cell.replace(/^"(.*)"$/, '$1').trim())
    const [code = '', name = ''] = cells
    const wellFormed = /^\d+$/.test(code) && code.length === file.codeLength && name !== '' && !name.includes('"')
    if (wellFormed) yield { code, name, listedParent: parentColumn === null ? null : cells[parentColumn], line }
    else if (line !== '') onUnreadable(line)
  }
}

function parentColumnOf(header: string, { name, parent }: (typeof files)[number]): number | null {
  const columns = header.split(',').map((column) => column.trim())
  const index = parent === null ? null : columns.indexOf(parent)
  if (columns[0] !== 'code' || columns[1] !== 'name' || index === -1)
    throw new DivisionFilesError(`The columns of ${name} are not the expected ones: ${header}`)
  return index
}
