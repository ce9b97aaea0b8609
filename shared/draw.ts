import { sha256 } from './canonical.ts'

/** From whom external evaluators are drawn: members, local worthies, experts, third parties. */
export const evaluatorCategories = ['member', 'worthy', 'expert', 'third-party'] as const
export type EvaluatorCategory = (typeof evaluatorCategories)[number]

export type Drawable = { id: string; category: EvaluatorCategory; name: string }
export type DrawCounts = Record<EvaluatorCategory, number>

/*
 * How evaluators are drawn, so that nobody can steer it and everybody can check it:
 *
 * 1. When a draw is prepared, the pool is fixed and the server takes a random secret. Published at once: SHA-256 of the secret
 *    (its commitment), the pool with the SHA-256 of its text, how many of each category will be drawn, and which public number,
 *    not known yet, will be added.
 * 2. When that number is known it is put in, and the secret is published.
 * 3. Each candidate's ticket is SHA-256 of secret, newline, public number, newline, the candidate's id. Of each category those with
 *    the least tickets are drawn; whoever cannot come gives way to the next.
 *
 * The secretariat does not know the secret when it fixes the pool, and the server does not know the number.
 */

/** The pool as text: a line for each, by id. */
export const poolText = (pool: readonly Drawable[]): string =>
  pool
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .map(({ id, category, name }) => `${id} ${category} ${name}\n`)
    .join('')

const ticketText = (secret: string, publicSeed: string, id: string) => `${secret}\n${publicSeed}\n${id}`

/** The candidates of each category in the order of their tickets. */
export async function orderOf(pool: readonly Drawable[], secret: string, publicSeed: string): Promise<Record<EvaluatorCategory, string[]>> {
  const tickets = await Promise.all(
    pool.map(async ({ id, category }) => ({ id, category, ticket: await sha256(ticketText(secret, publicSeed, id)) })),
  )
  tickets.sort((one, other) => (one.ticket < other.ticket ? -1 : 1))
  const order: Record<EvaluatorCategory, string[]> = { member: [], worthy: [], expert: [], 'third-party': [] }
  for (const { id, category } of tickets) order[category].push(id)
  return order
}

/** Those who are drawn: of each category as many as were asked for, or as many as there are. */
export async function drawnOf(pool: readonly Drawable[], counts: DrawCounts, secret: string, publicSeed: string): Promise<string[]> {
  const order = await orderOf(pool, secret, publicSeed)
  return evaluatorCategories.flatMap((category) => order[category].slice(0, counts[category]))
}

type Told = { pool: readonly Drawable[]; counts: DrawCounts; secret: string; publicSeed: string; commitment: string; poolHash: string }

const quoted = (words: string) => `'${words.replaceAll("'", "'\\''")}'`

/** The draw as a script that needs nothing but a POSIX shell and `sha256sum`: it says whether the hashes are right, and who is drawn. */
export const drawScript = ({ pool, counts, secret, publicSeed, commitment, poolHash }: Told): string => `#!/bin/sh
# sh draw.sh: needs sha256sum (or shasum), cut and sort.
LC_ALL=C; export LC_ALL
command -v sha256sum >/dev/null || sha256sum() { shasum -a 256; }
secret=${quoted(secret)}
public=${quoted(publicSeed)}
pool() { cat <<'END_OF_POOL'
${poolText(pool)}END_OF_POOL
}
hash() { sha256sum | cut -d' ' -f1; }
[ "$(printf '%s' "$secret" | hash)" = ${commitment} ] && echo 'commitment: ok' || echo 'commitment: WRONG'
[ "$(pool | hash)" = ${poolHash} ] && echo 'pool: ok' || echo 'pool: WRONG'
draw() {
  pool | while read -r id category name; do
    [ "$category" = "$1" ] || continue
    printf '%s %s %s %s\\n' "$(printf '%s\\n%s\\n%s' "$secret" "$public" "$id" | hash)" "$id" "$category" "$name"
  done | sort | head -n "$2" | cut -d' ' -f2-
}
${evaluatorCategories
  .filter((category) => counts[category] > 0)
  .map((category) => `draw ${category} ${counts[category]}`)
  .join('\n')}
`
