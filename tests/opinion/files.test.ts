import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { readCsv, writeCsv } from '../../server/opinion/csv.ts'
import { FilesError, readExport } from '../../server/opinion/polis-files.ts'
import { consensusCsv, groupsCsv, reportOn } from '../../server/opinion/polis-report.ts'
import { plant } from './planted.ts'

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

async function folderWith(files: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), 'yishi-opinion-'))
  folders.push(folder)
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  return folder
}

const rowsOf = (text: string) => [...readCsv(text)]

/** The same planted conversation as a log and as a table with a row for each person. */
function exported() {
  const { log, groupOf, people, suggestions } = plant({ seed: 3, sizes: [40, 30], suggestions: 24, density: 0.8 })
  const comments = writeCsv([
    ['timestamp', 'datetime', 'comment-id', 'author-id', 'agrees', 'disagrees', 'moderated', 'comment-body'],
    ...Array.from({ length: suggestions }, (_, id) => [1_700_000_000 + id, '', id, 0, 0, 0, 1, `第${id}条，"原文"\n第二行`]),
    [1_700_000_100, '', suggestions, 0, 0, 0, -1, 'moderated out'],
  ])
  const cells = new Map<string, number>()
  log.rows.forEach((row, entry) => {
    cells.set(`${row},${log.columns[entry]}`, log.votes[entry]!)
  })
  for (let row = 0; row < people; row++) cells.set(`${row},${suggestions}`, row % 3 === 0 ? 1 : -1)
  const entries = [...cells].map(([key, vote]) => [...key.split(',').map(Number), vote] as [number, number, number])
  const votes = writeCsv([
    ['timestamp', 'datetime', 'comment-id', 'voter-id', 'vote'],
    // Everybody first votes the other way.
    ...entries.flatMap(([row, column, vote], i) => [
      [1_700_001_000 + i, '', column, row, -vote || 0],
      [1_700_900_000 + i, '', column, row, vote],
    ]),
  ])
  const wide = writeCsv([
    [
      'participant',
      'group-id',
      'n-comments',
      'n-votes',
      'n-agree',
      'n-disagree',
      ...Array.from({ length: suggestions + 1 }, (_, id) => id),
    ],
    ...groupOf.map((group, row) => [
      row,
      group,
      0,
      0,
      0,
      0,
      ...Array.from({ length: suggestions + 1 }, (_, column) => cells.get(`${row},${column}`) ?? ''),
    ]),
  ])
  return { comments, votes, wide, groupOf }
}

test('a log of votes and a table of people give the same groups and the same common ground', async () => {
  const { comments, votes, wide } = exported()
  const log = reportOn(await readExport(await folderWith({ 'comments.csv': comments, 'votes.csv': votes })))
  const table = reportOn(await readExport(await folderWith({ 'comments.csv': comments, 'participants-votes.csv': wide })))
  expect(groupsCsv(table.placed)).toBe(groupsCsv(log.placed))
  expect(consensusCsv(table.ranked, table.texts)).toBe(consensusCsv(log.ranked, log.texts))
  expect(log.report).toMatchObject({ source: 'votes.csv', likenessToExport: null, moderatedOut: ['24'], votesToBePlaced: 7 })
  expect(table.report.likenessToExport).toMatchObject({ participants: 70, groups: 2, adjustedRand: expect.closeTo(1, 1) })
  expect(log.ranked.map(({ suggestionId }) => suggestionId)).not.toContain('24')
  expect(table.report.groups.map(({ letter }) => letter)).toEqual(['A', 'B'])
  expect(table.report.groups[0]!.representatives[0]!.text).toMatch(/^第\d+条，"原文"\n第二行$/)
})

test('columns may stand in any order, with a byte order mark, line breaks of Windows, and times out of order', async () => {
  const { comments, votes } = exported()
  const plainly = reportOn(await readExport(await folderWith({ 'comments.csv': comments, 'votes.csv': votes })))
  const [header, ...rows] = rowsOf(votes)
  const strangely = [header!, ...rows.reverse()].map((row) => [row[4], row[2], row[0], 'x,"y"', row[3]].map(String))
  strangely[0]![3] = 'note'
  const text = `\uFEFF${writeCsv(strangely).replaceAll('\n', '\r\n')}`
  const folder = await folderWith({ 'comments.csv': `\uFEFF${comments}`, 'votes.csv': text.trimEnd() })
  expect(groupsCsv(reportOn(await readExport(folder)).placed)).toBe(groupsCsv(plainly.placed))
})

test.each<[name: string, files: Record<string, string>, message: RegExp]>([
  ['nothing', {}, /no comments\.csv/],
  ['no votes', { 'comments.csv': 'comment-id\n1\n' }, /neither votes\.csv nor participants-votes\.csv/],
  ['an empty file', { 'comments.csv': 'comment-id\n1\n', 'votes.csv': '' }, /votes\.csv is empty/],
  ['no such column', { 'comments.csv': 'comment-id\n1\n', 'votes.csv': 'a,b\n1,2\n' }, /no column comment-id; it has: a, b/],
  [
    'a vote of 3',
    { 'comments.csv': 'comment-id\n1\n', 'votes.csv': 'comment-id,voter-id,vote\n1,1,1\n1,2,3\n' },
    /row 3: a vote is 1, 0 or -1, not “3”/,
  ],
  ['no id', { 'comments.csv': 'comment-id\n1\n', 'votes.csv': 'comment-id,voter-id,vote\n,1,1\n' }, /row 2: an id is missing/],
])('a folder with %s is refused in words', async (_, files, message) => {
  const reading = readExport(await folderWith(files))
  await expect(reading).rejects.toThrow(message)
  await expect(reading).rejects.toBeInstanceOf(FilesError)
})

test('what is written can be read again, whatever is in it', () => {
  const field = fc.oneof(fc.string(), fc.constantFrom('', '"', '""', ',', '\r\n', 'a"b', '\n"', ' x '))
  const table = fc.array(fc.array(field, { minLength: 2, maxLength: 5 }), { maxLength: 8 })
  fc.assert(
    fc.property(table, (rows) => {
      expect(rowsOf(writeCsv(rows))).toEqual(rows)
    }),
  )
  expect(rowsOf('a,"b ""x""",c\r\n\r\n,,\nlast,"un\nclosed')).toEqual([
    ['a', 'b "x"', 'c'],
    ['', '', ''],
    ['last', 'un\nclosed'],
  ])
})

test('the program at the terminal writes three files, and says what is wrong in one line', async () => {
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, [join(import.meta.dirname, '../../server/cli/opinion.ts'), ...args])
  const { comments, wide, groupOf } = exported()
  const folder = await folderWith({ 'comments.csv': comments, 'participants-votes.csv': wide })
  const { stdout } = await run(folder)
  expect(stdout).toMatch(/70 people gave 7 votes or more: 2 groups \(A 4\d, B [23]\d\)/)
  const [header, ...groups] = rowsOf(await readFile(join(folder, 'groups.csv'), 'utf8'))
  expect(header).toEqual(['participant', 'group'])
  expect(groups.map(([participant]) => Number(participant))).toEqual([...groupOf.keys()])
  expect(JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'))).toMatchObject({ format: 'yishi-opinion', voters: 70 })
  expect(rowsOf(await readFile(join(folder, 'consensus.csv'), 'utf8'))).toHaveLength(25)

  await expect(run(join(folder, 'nowhere'))).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^There is no comments\.csv in .*\n$/),
  })
})
