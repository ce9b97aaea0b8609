/** @jsxImportSource preact */
import type { Failure } from '../../../shared/errors.ts'
import { usePhone } from '../preferences.tsx'
import { sayFailure } from '../refusals.ts'
import type { Translate } from '../words.ts'
import type { Waiting } from './outbox.ts'

type Props = {
  waiting: Waiting[]
  sending: string | null
  /** How much of its pictures is there, from 0 to 1. */
  progress: number
  lastFailure: Failure | null
  /** Whether there is a box to take a refused one back to. */
  canEdit: boolean
  onEdit: (id: string) => void
  onDiscard: (id: string) => void
  onNow: () => void
}

/** With these it is a picture that is at fault, and the words are fine. */
const photoReasons = ['photo-lost', 'no-such-photo', 'not-a-photo', 'photo-unreadable', 'too-many-photos']

function say(t: Translate, failure: Failure): string {
  if (photoReasons.includes(failure.reason)) return t('photo.refused')
  return failure.reason === 'no-such-category' ? t('compose.badCategory') : sayFailure(t, failure)
}

/** What was sent and has no receipt yet. */
export function WaitingList({ waiting, ...rest }: Props) {
  if (waiting.length === 0) return null
  return (
    <ul class="plain">
      {waiting.map((entry) => (
        <li key={entry.id} class="card waiting">
          {entry.refusal ? <Refused entry={entry} refusal={entry.refusal} {...rest} /> : <OnItsWay entry={entry} {...rest} />}
        </li>
      ))}
    </ul>
  )
}

type EntryProps = Omit<Props, 'waiting'> & { entry: Waiting }

function OnItsWay({ entry, sending, progress, lastFailure, onNow }: EntryProps) {
  const { t } = usePhone()
  if (sending === entry.id && !lastFailure) {
    return (
      <>
        <p role="status" class="sending">
          {t('waiting.sending')}
        </p>
        {entry.photoIds.length > 0 && <Progress share={progress} />}
        <p class="words clamp">{entry.text}</p>
      </>
    )
  }
  return (
    <>
      <h2>{t('waiting.title')}</h2>
      <p role="status">{t('waiting.text')}</p>
      <p class="words clamp">{entry.text}</p>
      {lastFailure && lastFailure.code !== 'unavailable' && <p class="wrong">{sayFailure(t, lastFailure)}</p>}
      <button type="button" class="button quiet" disabled={sending !== null} onClick={onNow}>
        {sending === entry.id ? t('waiting.sending') : t('waiting.now')}
      </button>
    </>
  )
}

function Progress({ share }: { share: number }) {
  const { t } = usePhone()
  const percent = Math.round(share * 100)
  return (
    <p class="progress">
      <progress max={100} value={percent} aria-label={t('photo.uploading')} />
      <span class="soft small">{t('photo.percent', { percent })}</span>
    </p>
  )
}

function Refused({ entry, refusal, canEdit, onEdit, onDiscard }: EntryProps & { refusal: Failure }) {
  const { t } = usePhone()
  return (
    <>
      <h2>{t('waiting.refusedTitle')}</h2>
      <p class="wrong" role="alert">
        {say(t, refusal)}
      </p>
      <p class="words clamp">{entry.text}</p>
      <div class="row">
        {canEdit && (
          <button type="button" class="button" onClick={() => onEdit(entry.id)}>
            {t('waiting.edit')}
          </button>
        )}
        <button type="button" class="button quiet" onClick={() => onDiscard(entry.id)}>
          {t('waiting.discard')}
        </button>
      </div>
    </>
  )
}
