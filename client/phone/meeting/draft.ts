import type { Storage } from '../storage.ts'

/** What is being written. It is kept with every key stroke, so that a reload loses nothing. */
export type Draft = { text: string; authorName: string; photoIds: string[]; category: string; place: string }

/** Nobody has to say what it is filed under, nor where it is about. */
export const noDetails = { category: '', place: '' }

export const draftOf = (storage: Storage, code: string): Draft => ({
  text: storage.get<string>(`draft.${code}`) ?? '',
  photoIds: storage.get<string[]>(`draft-photos.${code}`) ?? [],
  ...noDetails,
  ...storage.get<typeof noDetails>(`draft-details.${code}`),
  // The name is the same at every meeting.
  authorName: storage.get<string>('name') ?? '',
})

export function keepDraft(storage: Storage, code: string, draft: Draft) {
  if (draft.text === '') storage.remove(`draft.${code}`)
  else storage.set(`draft.${code}`, draft.text)
  if (draft.photoIds.length === 0) storage.remove(`draft-photos.${code}`)
  else storage.set(`draft-photos.${code}`, draft.photoIds)
  const { category, place } = draft
  if (category === '' && place === '') storage.remove(`draft-details.${code}`)
  else storage.set(`draft-details.${code}`, { category, place })
  storage.set('name', draft.authorName)
}
