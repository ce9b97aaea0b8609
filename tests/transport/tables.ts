import type { TestApp } from '../support/app.ts'

// Its rows change without anybody's command: the sealer chains them, and their number is compared instead.
const sealed = 'audit_entries'
// Counts follow what they count a second later, and so does from where accounts came, whoever asks for what meanwhile.
// So do themes, and the topics that follow from them: a meeting is grouped a moment after somebody wrote.
const later = ['stance_counts', 'device_traces', 'theme_states', 'themes', 'suggestion_themes', 'topic_suggestions']
/** What is worked out anew by itself in rows that otherwise change by command only. */
const workedOut: Record<string, string> = { suggestions: '{support_count}', topics: '{heat,version}' }

/** What is stored, table by table: how many rows, and a sum over all that they hold. Equal before and after means: nothing changed. */
export async function fingerprint({ db }: Pick<TestApp, 'db'>): Promise<Record<string, string>> {
  const tables = await db.pool.query<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public' order by 1`)
  const stored = tables.rows.filter(({ name }) => !later.includes(name))
  const sums = stored.map(({ name }) => {
    const without = workedOut[name]
    const content = name === sealed ? `(t.id::text)` : without ? `((to_jsonb(t) - '${without}'::text[])::text)` : `(t::text)`
    return `select '${name}' as name, count(*) || ':' || coalesce(sum(hashtextextended(${content}, 0)), 0) as sum from "${name}" t`
  })
  const { rows } = await db.pool.query<{ name: string; sum: string }>(sums.join(' union all '))
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]))
}
