/* How words are found in Chinese text, which puts no spaces between them: by every two characters that stand together. */

const runs = /\p{Script=Han}+|[[\p{L}\p{M}\p{N}]--\p{Script=Han}]+/gv
const isHan = /^\p{Script=Han}/u
/** Longer ones are nothing that anybody would type. */
const longestWord = 40

const runsOf = (text: string) => text.normalize('NFKC').toLowerCase().match(runs) ?? []
const pairsOf = (run: string) => {
  const characters = [...run]
  return characters.slice(1).map((character, place) => `${characters[place]}${character}`)
}

/**
 * The terms under which a text is found: of Chinese each pair of neighbouring characters, and the last one of a run by itself, so that
 * every character begins some term; of other scripts the words.
 */
export function termsOf(texts: readonly string[]): string[] {
  const terms = new Set<string>()
  for (const run of texts.flatMap(runsOf)) {
    if (!isHan.test(run)) terms.add([...run].slice(0, longestWord).join(''))
    else for (const term of [...pairsOf(run), [...run].at(-1)!]) terms.add(term)
  }
  return [...terms].sort()
}

/** Terms as PostgreSQL reads a `tsvector`. They hold letters, marks and digits only, so nothing is to be escaped. */
export const vectorOf = (terms: readonly string[]) => terms.map((term) => `'${term}'`).join(' ')

/**
 * What finds texts that contain all of what was typed, as PostgreSQL reads a `tsquery`; null when nothing was typed that could be found.
 * One character, and a word that is still being typed, find what begins so.
 */
export function tsqueryOf(typed: string): string | null {
  const wanted = new Set<string>()
  for (const run of runsOf(typed)) {
    const pairs = isHan.test(run) ? pairsOf(run) : []
    if (pairs.length > 0) for (const pair of pairs) wanted.add(`'${pair}'`)
    else wanted.add(`'${[...run].slice(0, longestWord).join('')}':*`)
  }
  return wanted.size === 0 ? null : [...wanted].join(' & ')
}
