import type { TestApp } from '../support/app.ts'

// Its rows change without anybody's command: the sealer chains them, and their number is compared instead.
const sealed = 'audit_entries'
// Counts follow what they count a second later, and so does from where accounts came, whoever asks for what meanwhile.
const later = ['stance_counts', 'device_traces']

/** What is stored, table by table: how many rows, and a sum over all that they hold. Equal before and after means: nothing changed. */
export async function fingerprint({ db }: Pick<TestApp, 'db'>): Promise<Record<string, string>> {
  const tables = await db.pool.query<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public' order by 1`)
  const stored = tables.rows.filter(({ name }) => !later.includes(name))
  const sums = stored.map(({ name }) => {
    const content = name === sealed ? `(t.id::text)` : name === 'suggestions' ? `((to_jsonb(t) - 'support_count')::text)` : `(t::text)`
    return `select '${name}' as name, count(*) || ':' || coalesce(sum(hashtextextended(${content}, 0)), 0) as sum from "${name}" t`
  })
  const { rows } = await db.pool.query<{ name: string; sum: string }>(sums.join(' union all '))
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]))
}
