import { createInterface } from 'node:readline/promises'
import pg from 'pg'
import { displayWidth, pad } from './display-width.ts'

const listTables = `select table_schema as schema, table_name as name, table_type as type from information_schema.tables
  where table_schema not in ('pg_catalog', 'information_schema') order by 1, 2`

/**
 * A small stand-in for psql where that is not installed: statements end with a semicolon, \dt lists tables, \q leaves;
 * `-c <statement>` runs one and ends. @returns the exit code
 */
export async function runSqlPrompt(target: string | pg.ClientConfig, args: string[]): Promise<number> {
  const client = new pg.Client(typeof target === 'string' ? { connectionString: target } : target)
  await client.connect()
  try {
    const [option, statement] = args
    if (option === undefined) return await readStatements(client)
    if (option === '-c' && statement !== undefined) return (await show(client, statement)) ? 0 : 1
    throw new Error('Without psql, only "-c <statement>" is understood: install psql (Debian: postgresql-client) for its other options.')
  } finally {
    await client.end()
  }
}

async function readStatements(client: pg.Client): Promise<number> {
  const interactive = process.stdin.isTTY === true
  const lines = createInterface({ input: process.stdin, output: process.stdout, terminal: interactive })
  const ask = (prompt: string) => {
    if (!interactive) return
    lines.setPrompt(prompt)
    lines.prompt()
  }
  let [entered, failed] = ['', false]
  ask('yishi=> ')
  for await (const line of lines) {
    if (line.trim() === '\\q') break
    entered = line.trim() === '\\dt' ? `${listTables};` : `${entered}${line}\n`
    if (entered.trimEnd().endsWith(';')) {
      failed = !(await show(client, entered)) || failed
      entered = ''
    }
    ask(entered.trim() ? 'yishi-> ' : 'yishi=> ')
  }
  lines.close()
  return failed && !interactive ? 1 : 0
}

async function show(client: pg.Client, statement: string): Promise<boolean> {
  try {
    const answer: pg.QueryArrayResult | pg.QueryArrayResult[] = await client.query({ text: statement, rowMode: 'array' })
    for (const result of [answer].flat()) console.log(formatResult(result))
    return true
  } catch (error) {
    console.error(`ERROR: ${error instanceof Error ? error.message : error}`)
    return false
  }
}

/** A table as psql draws it; Chinese characters take two columns. */
export function formatResult({ fields, rows, command, rowCount }: pg.QueryArrayResult): string {
  if (fields.length === 0) return `${command} ${rowCount ?? ''}`.trimEnd()
  const table = [fields.map((field) => field.name), ...rows.map((row) => row.map(formatValue))]
  const widths = fields.map((_, column) => Math.max(...table.map((row) => displayWidth(row[column] ?? ''))))
  const [head, ...body] = table.map((row) => row.map((cell, column) => pad(cell, widths[column] ?? 0)).join(' | '))
  const count = `(${rows.length} ${rows.length === 1 ? 'row' : 'rows'})`
  return [head, widths.map((width) => '-'.repeat(width)).join('-+-'), ...body, count].join('\n')
}

function formatValue(value: unknown): string {
  if (value === null) return ''
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
