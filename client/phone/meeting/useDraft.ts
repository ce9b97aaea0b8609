import { useCallback, useState } from 'preact/hooks'
import { usePhone } from '../preferences.tsx'
import { type Draft, draftOf, keepDraft } from './draft.ts'

/** What is being written, kept on the phone with every change. */
export function useDraft(code: string) {
  const { storage } = usePhone()
  const [draft, setDraft] = useState(() => draftOf(storage, code))
  const write = useCallback(
    (next: Draft) => {
      keepDraft(storage, code, next)
      setDraft(next)
    },
    [storage, code],
  )
  return [draft, write] as const
}
