import type { LexiconCategory } from '../../shared/topics.ts'

/** A category as its two boxes hold it; the key lets React tell the rows apart. */
export type CategoryFields = { key: number; name: string; words: string }

export const fieldsOf = (categories: readonly LexiconCategory[]): CategoryFields[] =>
  categories.map(({ name, keywords }, key) => ({ key, name, words: keywords.join(' ') }))

/** Words may be set apart by whatever people set words apart with. */
const between = /[\s,，、;；]+/

export const categoriesOf = (fields: readonly CategoryFields[]): LexiconCategory[] =>
  fields.map(({ name, words }) => ({ name: name.trim(), keywords: [...new Set(words.split(between).filter(Boolean))] }))

export function areNamed(categories: readonly LexiconCategory[]): boolean {
  return categories.every(({ name }) => name !== '') && new Set(categories.map(({ name }) => name)).size === categories.length
}
