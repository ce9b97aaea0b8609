/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks'
import { photoPath } from '../../../shared/photo-rules.ts'
import { usePhone } from '../preferences.tsx'

type Props = { photoIds: readonly string[]; receipt?: string }

/** The pictures of a suggestion, small, and one of them large on a tap. */
export function Photos({ photoIds, receipt }: Props) {
  const { t } = usePhone()
  const [open, setOpen] = useState<number | null>(null)
  if (photoIds.length === 0) return null
  const shown = open === null ? undefined : photoIds[open]
  const by = receipt ? { receipt } : {}
  return (
    <>
      <ul class="photos">
        {photoIds.map((photoId, index) => (
          <li key={photoId} class="photo">
            <button type="button" class="photo-open" onClick={() => setOpen(index)}>
              <img
                src={photoPath(photoId, { small: true, ...by })}
                loading="lazy"
                decoding="async"
                alt={t('photo.nth', { n: index + 1 })}
              />
            </button>
          </li>
        ))}
      </ul>
      {open !== null && shown && (
        <Large
          address={photoPath(shown, by)}
          n={open + 1}
          of={photoIds.length}
          onNext={() => setOpen((open + 1) % photoIds.length)}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  )
}

type LargeProps = { address: string; n: number; of: number; onNext: () => void; onClose: () => void }

/** Fills the window. Safari's `<dialog>` is younger than the phones that open this page, so this keeps the focus itself. */
function Large({ address, n, of, onNext, onClose }: LargeProps) {
  const { t } = usePhone()
  const box = useRef<HTMLDivElement>(null)
  const closing = useRef(onClose)
  closing.current = onClose
  useEffect(() => {
    const before = document.activeElement
    box.current?.querySelector('button')?.focus()
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Escape') closing.current()
      if (event.key === 'Tab') keepWithin(box.current, event)
    }
    document.addEventListener('keydown', press)
    return () => {
      document.removeEventListener('keydown', press)
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <div ref={box} class="large-photo" role="dialog" aria-modal="true" aria-label={t('photo.nthOf', { n, m: of })}>
      <div class="large-bar">
        <button type="button" class="choice" onClick={onClose}>
          {t('photo.close')}
        </button>
        <span>{t('photo.nthOf', { n, m: of })}</span>
        {of > 1 && (
          <button type="button" class="choice" onClick={onNext}>
            {t('photo.next')}
          </button>
        )}
      </div>
      <img src={address} alt={t('photo.nth', { n })} />
    </div>
  )
}

function keepWithin(box: HTMLElement | null, event: KeyboardEvent) {
  const buttons = [...(box?.querySelectorAll('button') ?? [])]
  const first = buttons[0]
  const last = buttons[buttons.length - 1]
  const [edge, other] = event.shiftKey ? [first, last] : [last, first]
  if (document.activeElement !== edge) return
  event.preventDefault()
  other?.focus()
}
