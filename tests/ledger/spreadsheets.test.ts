import ExcelJS from 'exceljs'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { UnpackError, unpack } from '../../server/ledger/unpack.ts'
import { type ImportReport, type LedgerLine, type PastRecommendation, pastRecommendationSchema } from '../../shared/ledger.ts'
import { draftOf, issue, makeDepartment, writeMinutes } from '../recommendations/outcomes.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'

let app: TestApp
let secretary: Person
let partner: Person
let member: Person

beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  const admin = await app.person({ grants: [inRegion('admin', '')] })
  secretary = await app.person({ name: '南浔秘书', grants: [inRegion('secretary', districts.nanxun)] })
  partner = await app.person({ grants: [inRegion('secretary', districts.wujiang)] })
  member = await app.person({ grants: [inRegion('member', districts.nanxun)] })
  const { organization } = await makeDepartment(app, admin, districts.nanxun, '交通局')
  const meeting = await makeMeeting(secretary)
  const blockIds = await writeMinutes(app, secretary, meeting, ['同意。'])
  const draft = { ...draftOf(meeting, blockIds), title: '=HYPERLINK("http://x","渡船")', body: '第一行\n第二行，"引"' }
  await issue(secretary, value(await secretary.post('recommendation:create', draft)), organization)
  value(await secretary.post('recommendation:create', { ...draftOf(meeting, blockIds), title: '没有交办的' }))
})
afterAll(() => app.close())

const headings = ['编号', '标题', '建议内容', '协商会', '提出人', '承办单位', '形成日期', '答复日期', '办理等次', '答复']
const rowOf = (number: string, changes: Record<number, unknown> = {}) =>
  [number, `旧事 ${number}`, '修桥补路', '三年前的协商会', '老委员', '建设局', '2021-05-06', '2021-08-01', 'A', '已经修好'].map(
    (cell, n) => (n in changes ? changes[n] : cell),
  )

async function workbookOf(rows: unknown[][]): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook()
  workbook.addWorksheet('一').addRows(rows)
  return new Uint8Array(await workbook.xlsx.writeBuffer())
}

async function send(person: Person, bytes: Uint8Array, { regionCode = districts.nanxun, confirm = '' } = {}) {
  const search = new URLSearchParams({ regionCode, ...(confirm && { confirm }) })
  const response = await person.fetch(`/api/ledger/imports?${search}`, { method: 'PUT', body: Buffer.from(bytes) })
  return { status: response.status, body: (await response.json()) as ImportReport & { error?: { code: string; reason: string } } }
}
const refused = async (person: Person, bytes: Uint8Array, options = {}) => {
  const { status, body } = await send(person, bytes, options)
  return { status, reason: body.error?.reason }
}
/** As many rows as are wished for, without the time that a library takes to write them. */
async function withRows(count: number): Promise<Uint8Array> {
  const files = unpack(await workbookOf([headings]), 2 ** 20)
  const name = 'xl/worksheets/sheet1.xml'
  const rows = Array.from({ length: count }, (_, n) => `<row r="${n + 2}"><c r="A${n + 2}"><v>${n}</v></c></row>`).join('')
  const sheet = new TextDecoder().decode(files[name]).replace('</sheetData>', `${rows}</sheetData>`)
  return zipSync({ ...files, [name]: new TextEncoder().encode(sheet) }, { level: 1 })
}
const found = async (person: Person, text: string) =>
  (await person.get<{ lines: LedgerLine[] }>(`/api/ledger?text=${encodeURIComponent(text)}`)).lines

async function exported(person: Person, search: string) {
  const response = await person.fetch(`/api/ledger/export.${search}`)
  return { response, bytes: new Uint8Array(await response.arrayBuffer()) }
}
async function readBack(bytes: Uint8Array): Promise<string[][]> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(Buffer.from(bytes) as unknown as ExcelJS.Buffer)
  const rows: string[][] = []
  workbook.worksheets[0]!.eachRow((row) => void rows.push((row.values as unknown[]).slice(1).map(String)))
  return rows
}

test('the ledger is exported as a spreadsheet, as CSV and as JSON, with the columns that were chosen', async () => {
  const { response, bytes } = await exported(secretary, 'xlsx?fields=number,title,state,department&sort=oldest')
  expect(response.headers.get('content-disposition')).toContain("filename*=UTF-8''%E5%8D%8F%E5%95%86")
  expect(response.headers.get('x-lines')).toBe('2')
  expect(await readBack(bytes)).toMatchObject([
    ['编号', '标题', '办理情况', '承办单位'],
    [expect.stringMatching(/1号$/), '=HYPERLINK("http://x","渡船")', '待签收', '交通局'],
    [expect.stringMatching(/2号$/), '没有交办的', '待交办'],
  ])
  const csv = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
    (await exported(secretary, 'csv?fields=title,body,colour&sort=oldest&language=en')).bytes,
  )
  expect(csv.split('\r\n').slice(0, 2)).toEqual([
    '\ufeffTitle,Text,Deadline',
    `"'=HYPERLINK(""http://x"",""渡船"")","第一行\n第二行，""引""",on time`,
  ])
  const json = JSON.parse(new TextDecoder().decode((await exported(secretary, 'json?fields=title,year&state=to-issue')).bytes))
  expect(json).toEqual([{ title: '没有交办的', year: String(new Date().getFullYear()) }])
  expect(JSON.parse(new TextDecoder().decode((await exported(secretary, 'json?text=没有的事')).bytes))).toEqual([])
})

test('one exports what one reads, and no column that does not exist', async () => {
  expect(await readBack((await exported(partner, 'xlsx?fields=title')).bytes)).toHaveLength(3)
  const elsewhere = await app.person({ grants: [inRegion('secretary', '3502')] })
  expect(await readBack((await exported(elsewhere, 'xlsx?fields=title')).bytes)).toEqual([['标题']])
  for (const [person, status] of [
    [app.stranger(), 401],
    [await app.visitor(), 403],
  ] as const)
    expect((await exported(person, 'csv')).response.status).toBe(status)
  for (const bad of ['csv?fields=title,secret', 'csv?fields=', 'csv?language=xx', 'csv?state=lost', 'csv?sort=random'])
    expect((await exported(secretary, bad)).response.status).toBe(400)
  expect((await exported(secretary, 'pdf')).response.status).toBe(404)
})

test('the template is what the import takes', async () => {
  const response = await secretary.fetch('/api/ledger/template.xlsx?language=en')
  const [heads] = await readBack(new Uint8Array(await response.arrayBuffer()))
  const bytes = await workbookOf([heads!, ['T-1', 'An old matter', '', '', '', '', new Date('2020-02-03T00:00:00Z'), '', '', '']])
  expect((await send(secretary, bytes)).body).toMatchObject({ rows: 1, fresh: 1, problems: [] })
  expect((await app.stranger().fetch('/api/ledger/template.xlsx')).status).toBe(401)
})

test('a file is looked at first, stored when it is confirmed, and stored once', async () => {
  const bytes = await workbookOf([headings, rowOf('旧〔2021〕1号'), rowOf('旧〔2021〕2号', { 6: '2021年5月6日', 7: '', 8: '', 9: '' })])
  const { body: looked } = await send(secretary, bytes)
  expect(looked).toMatchObject({ rows: 2, fresh: 2, known: [], problems: [], stored: false })
  expect(await found(secretary, '旧〔2021〕')).toEqual([])
  expect((await send(secretary, bytes, { confirm: looked.hash })).body).toMatchObject({ fresh: 2, stored: true })
  const lines = await found(secretary, '修桥补路 旧〔2021〕1号')
  expect(lines).toMatchObject([
    { state: 'past', year: 2021, grade: 'A', organizationName: '建设局', proposerName: '老委员', recommendationId: null },
  ])
  const past = await secretary.get<PastRecommendation>(`/api/ledger/past/${lines[0]!.pastId}`)
  expect(pastRecommendationSchema.parse(past)).toMatchObject({
    number: '旧〔2021〕1号',
    reply: '已经修好',
    importedBy: '南浔秘书',
    repliedOn: '2021-08-01',
  })
  expect(await found(member, '旧〔2021〕')).toHaveLength(2)
  expect(await found(partner, '旧〔2021〕')).toEqual([])
  await expect(partner.get(`/api/ledger/past/${lines[0]!.pastId}`)).rejects.toMatchObject({ error: { code: 'not-found' } })

  const more = await workbookOf([headings, rowOf('旧〔2021〕1号'), rowOf('旧〔2021〕3号')])
  const { body: second } = await send(secretary, more)
  expect(second).toMatchObject({ fresh: 1, known: [{ row: 2, number: '旧〔2021〕1号' }] })
  const both = await Promise.all([1, 2].map(() => send(secretary, more, { confirm: second.hash })))
  expect(both.map(({ body }) => body.fresh).sort()).toEqual([0, 1])
  expect(await found(secretary, '旧〔2021〕')).toHaveLength(3)
})

test('what is wrong with a row is said of the row, and the others can still be imported', async () => {
  const bytes = await workbookOf([
    headings,
    rowOf('错1'),
    rowOf('错1'),
    rowOf(''),
    rowOf('错4', { 1: '' }),
    rowOf('错5', { 6: '去年' }),
    rowOf('错6', { 6: '2023-02-30' }),
    rowOf('错7', { 7: '2020-01-01' }),
    rowOf('错8', { 8: 'D' }),
    rowOf('错9', { 1: '长'.repeat(201) }),
    rowOf('错10', { 6: '1800-01-01', 7: '' }),
  ])
  const { body } = await send(secretary, bytes)
  expect(body).toMatchObject({ rows: 10, fresh: 1, stored: false })
  expect(body.problems.map(({ row, field, problem }) => [row, field, problem])).toEqual([
    [3, 'number', 'number-twice-in-file'],
    [4, 'number', 'missing'],
    [5, 'title', 'missing'],
    [6, 'recommendedOn', 'not-a-date'],
    [7, 'recommendedOn', 'not-a-date'],
    [8, 'repliedOn', 'reply-before-recommendation'],
    [9, 'grade', 'not-a-grade'],
    [10, 'title', 'too-long'],
    [11, 'recommendedOn', 'not-a-year'],
  ])
})

test('only the secretariat of a region imports there', async () => {
  const bytes = await workbookOf([headings, rowOf('别人的')])
  expect(await refused(app.stranger(), bytes)).toEqual({ status: 401, reason: 'not-signed-in' })
  for (const person of [partner, member, await app.visitor()])
    expect(await refused(person, bytes)).toEqual({ status: 403, reason: 'not-allowed' })
  expect(await refused(secretary, bytes, { regionCode: '' })).toMatchObject({ status: 400 })
  expect(await refused(secretary, bytes, { confirm: 'a'.repeat(64) })).toEqual({ status: 409, reason: 'another-file' })
  expect(await refused(secretary, bytes, { confirm: 'a' })).toMatchObject({ status: 400 })
})

test('what is no spreadsheet, is too large or unpacks to too much is refused with a reason', async () => {
  const refusal = (bytes: Uint8Array) => refused(secretary, bytes)
  const bad = { status: 400, reason: 'not-a-spreadsheet' }
  expect(await refusal(new Uint8Array())).toEqual(bad)
  expect(await refusal(new TextEncoder().encode('number,title'))).toEqual(bad)
  expect(await refusal(zipSync({ 'a.txt': new Uint8Array(10) }))).toEqual(bad)
  // 100 MB of zeros in 100 kB.
  expect(await refusal(zipSync({ 'xl/workbook.xml': new Uint8Array(100 * 2 ** 20) }))).toEqual({
    status: 413,
    reason: 'unpacks-to-too-much',
  })
  expect(await refusal(new Uint8Array(9 * 2 ** 20))).toEqual({ status: 413, reason: 'too-large' })
  expect(
    await refusal(
      await workbookOf([
        ['编号', '标题'],
        ['1', '没有日期'],
      ]),
    ),
  ).toEqual({ status: 400, reason: 'headings-missing' })
  expect(await refusal(await withRows(5_001))).toEqual({ status: 413, reason: 'too-many-rows' })
})

test('an archive is unpacked as far as it is whole and no larger than allowed, whatever it says of itself', () => {
  const whole = zipSync({ 'a.xml': new Uint8Array(1_000), 'b.xml': [new Uint8Array(1_000), { level: 0 }] })
  const sizesOf = (bytes: Uint8Array, most: number) => Object.values(unpack(bytes, most)).map(({ byteLength }) => byteLength)
  expect(sizesOf(whole, 2_000)).toEqual([1_000, 1_000])
  expect(() => sizesOf(whole, 1_999)).toThrow(expect.objectContaining({ tooLarge: true }))
  expect(() => sizesOf(whole, 999)).toThrow(expect.objectContaining({ tooLarge: true }))
  for (let length = 0; length < whole.length; length += 7) expect(() => sizesOf(whole.subarray(0, length), 2_000)).toThrow(UnpackError)
  for (let at = 0; at < whole.length; at++) {
    const bent = new Uint8Array(whole)
    bent[at] = bent[at]! ^ 0xff
    try {
      expect(sizesOf(bent, 2_000).reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(2_000)
    } catch (error) {
      expect(error).toBeInstanceOf(UnpackError)
    }
  }
})
