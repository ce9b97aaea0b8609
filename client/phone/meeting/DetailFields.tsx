/** @jsxImportSource preact */
import { useState } from 'preact/hooks'
import { defaultCategories } from '../../../shared/categories.ts'
import { usePhone } from '../preferences.tsx'
import { categoryName } from '../voice/categories.ts'
import type { Draft } from './draft.ts'

type Props = { meetingId: string; draft: Draft; onWrite: (draft: Draft) => void }

/** What it is filed under and where it is about; nobody has to say. */
export function DetailFields({ meetingId, draft, onWrite }: Props) {
  const { t, api } = usePhone()
  const [categories, setCategories] = useState<readonly string[]>(defaultCategories)
  const read = async (event: Event) => {
    if (!(event.currentTarget as HTMLDetailsElement).open) return
    const result = await api.categories(meetingId)
    if (result.ok) setCategories(result.value.categories)
  }
  const offered = draft.category && !categories.includes(draft.category) ? [...categories, draft.category] : categories
  return (
    <details class="details" open={draft.category !== '' || draft.place !== ''} onToggle={read}>
      <summary>{t('compose.details')}</summary>
      <label class="field">
        <span class="field-name">{t('compose.category')}</span>
        <select value={draft.category} onChange={(event) => onWrite({ ...draft, category: event.currentTarget.value })}>
          <option value="">{t('compose.noCategory')}</option>
          {offered.map((category) => (
            <option key={category} value={category}>
              {categoryName(category, t)}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span class="field-name">{t('compose.place')}</span>
        <input
          type="text"
          maxLength={60}
          placeholder={t('compose.placeExample')}
          value={draft.place}
          onInput={(event) => onWrite({ ...draft, place: event.currentTarget.value })}
        />
      </label>
    </details>
  )
}
