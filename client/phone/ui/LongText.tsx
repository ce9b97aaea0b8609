/** @jsxImportSource preact */
import { useState } from 'preact/hooks'
import { usePhone } from '../preferences.tsx'

const longAt = 140

/** What a person wrote; the first lines of it when it is long, the rest on a tap. */
export function LongText({ text }: { text: string }) {
  const { t } = usePhone()
  const [open, setOpen] = useState(false)
  const long = text.length > longAt || text.split('\n').length > 6
  return (
    <>
      <p class={long && !open ? 'words clamp clamp-long' : 'words'}>{text}</p>
      {long && (
        <button type="button" class="unfold" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t('page.fold') : t('page.unfold')}
        </button>
      )}
    </>
  )
}
