import type { Proposal } from '../../shared/proposals.ts'

/** What the form of a proposal holds. */
export type Fields = {
  title: string
  body: string
  measures: string[]
  blockIds: string[]
  suggestionIds: string[]
  voteIds: string[]
  themeIds: string[]
}

export const emptyFields: Fields = { title: '', body: '', measures: [], blockIds: [], suggestionIds: [], voteIds: [], themeIds: [] }

export const fieldsOf = ({ title, body, measures, passages, suggestions, votes, themes }: Proposal): Fields => ({
  title,
  body,
  measures,
  blockIds: passages.map(({ blockId }) => blockId),
  suggestionIds: suggestions.map(({ id }) => id),
  voteIds: votes.map(({ id }) => id),
  themeIds: themes.map(({ id }) => id),
})

/** As it is sent: a measure that is still empty is none. */
export const sentOf = (fields: Fields): Fields => ({ ...fields, measures: fields.measures.map((one) => one.trim()).filter(Boolean) })

export const sourceCount = ({ blockIds, suggestionIds, voteIds, themeIds }: Fields) =>
  blockIds.length + suggestionIds.length + voteIds.length + themeIds.length
