/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'
import type { Meeting } from '../../../shared/meetings.ts'
import { PhotoPicker } from '../photos/PhotoPicker.tsx'
import { usePhone } from '../preferences.tsx'
import { DetailFields } from './DetailFields.tsx'
import type { Draft } from './draft.ts'
import { useOutOfSight } from './useOutOfSight.ts'

type Props = {
  meeting: Meeting
  draft: Draft
  onWrite: (draft: Draft) => void
  onSend: (draft: Draft) => void
  children?: ComponentChildren
}

const longest = 1_000
const privacyWords = { approval: 'compose.privacy', flagged: 'compose.privacyFlagged', immediate: 'compose.privacyImmediate' } as const
const longestName = 20

/** One big box to write in. */
export function Compose({ meeting, draft, onWrite, onSend, children }: Props) {
  const { t } = usePhone()
  const box = useRef<HTMLTextAreaElement>(null)
  const [empty, setEmpty] = useState(false)
  const away = useOutOfSight(box)

  if (meeting.status === 'ended') return <p class="card soft">{t('compose.ended')}</p>

  const submit = (event: Event) => {
    event.preventDefault()
    if (meeting.status !== 'live') return
    const nothing = draft.text.trim() === ''
    setEmpty(nothing)
    if (nothing) box.current?.focus()
    else onSend(draft)
  }
  const goToBox = () => {
    box.current?.scrollIntoView({ block: 'center' })
    box.current?.focus({ preventScroll: true })
  }

  return (
    <form class="card compose" onSubmit={submit} aria-labelledby="compose-title">
      <h2 id="compose-title">{t('compose.title')}</h2>
      <textarea
        ref={box}
        rows={5}
        maxLength={longest}
        value={draft.text}
        aria-label={t('compose.text')}
        placeholder={t('compose.placeholder')}
        aria-describedby="compose-count compose-empty"
        aria-invalid={empty}
        onInput={(event) => {
          setEmpty(false)
          onWrite({ ...draft, text: event.currentTarget.value })
        }}
      />
      <p class="compose-state">
        <span id="compose-empty" class="wrong" role="alert">
          {empty && t('compose.empty')}
        </span>
        {draft.text !== '' && <span class="soft">{t('compose.kept')}</span>}
        <span id="compose-count" class="count">
          <span aria-hidden="true">{t('compose.countShort', { count: draft.text.length, max: longest })}</span>
          <span class="unseen">{t('compose.count', { count: draft.text.length, max: longest })}</span>
        </span>
      </p>
      {children}
      <PhotoPicker photoIds={draft.photoIds} onChange={(photoIds) => onWrite({ ...draft, photoIds })} />
      <DetailFields meetingId={meeting.id} draft={draft} onWrite={onWrite} />
      <label class="field">
        <span class="field-name">{t('compose.name')}</span>
        <input
          type="text"
          maxLength={longestName}
          autocomplete="nickname"
          value={draft.authorName}
          onInput={(event) => onWrite({ ...draft, authorName: event.currentTarget.value })}
        />
      </label>
      <button type="submit" class="button" disabled={meeting.status !== 'live'}>
        {t('compose.send')}
      </button>
      {meeting.status === 'scheduled' && <p class="note">{t('compose.notYet')}</p>}
      <p class="soft small">{t(privacyWords[meeting.suggestionPolicy])}</p>
      {away && (
        <div class="jump">
          <button type="button" class="button" onClick={goToBox}>
            {t('compose.jump')}
          </button>
        </div>
      )}
    </form>
  )
}
