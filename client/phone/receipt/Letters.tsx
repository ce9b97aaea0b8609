/** @jsxImportSource preact */
import { useRef, useState } from 'preact/hooks'
import type { LetterState } from '../../../shared/suggestions.ts'
import { usePhone } from '../preferences.tsx'
import { sayFailure } from '../refusals.ts'

type Props = { receipt: string; state: LetterState }

/** Whoever wants to may leave an address for the answer. Which one is never shown again. */
export function Letters({ receipt, state }: Props) {
  const { t } = usePhone()
  const [now, setNow] = useState(state)
  const [another, setAnother] = useState(false)
  const [open, setOpen] = useState(false)
  const asked = (is: LetterState) => {
    setNow(is)
    setAnother(false)
  }
  return (
    <details class="letters" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('receipt.letters')}</summary>
      <p role="status">{now === 'confirmed' ? t('receipt.lettersConfirmed') : now === 'unconfirmed' && t('receipt.lettersUnconfirmed')}</p>
      {now === 'none' || another ? (
        <EmailForm receipt={receipt} onAsked={asked} />
      ) : (
        <button type="button" class="button quiet" onClick={() => setAnother(true)}>
          {t('receipt.lettersAnother')}
        </button>
      )}
    </details>
  )
}

function EmailForm({ receipt, onAsked }: { receipt: string; onAsked(state: LetterState): void }) {
  const { t, api, language } = usePhone()
  const box = useRef<HTMLInputElement>(null)
  const [wrong, setWrong] = useState('')
  const [busy, setBusy] = useState(false)

  const submit = async (event: Event) => {
    event.preventDefault()
    const email = box.current?.value.trim() ?? ''
    if (!email || !box.current?.checkValidity()) {
      setWrong(t('receipt.lettersBad'))
      return box.current?.focus()
    }
    setBusy(true)
    const answer = await api.askForLetters(receipt, email, language)
    setBusy(false)
    if (answer.ok) return onAsked(answer.value.letters)
    const { code, reason } = answer.error
    if (code === 'invalid-input') setWrong(t('receipt.lettersBad'))
    else if (reason === 'enough-addresses') setWrong(t('receipt.lettersEnough'))
    else if (reason === 'letter-just-sent') setWrong(t('receipt.lettersTooSoon'))
    else setWrong(sayFailure(t, answer.error))
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <p id="letters-help">{t('receipt.lettersHelp')}</p>
      <label class="field">
        <span class="field-name">{t('receipt.lettersEmail')}</span>
        <input
          ref={box}
          type="email"
          maxLength={254}
          autocomplete="email"
          aria-invalid={wrong !== ''}
          aria-describedby="letters-help letters-wrong"
          onInput={() => setWrong('')}
        />
      </label>
      <p id="letters-wrong" class="wrong" role="alert">
        {wrong}
      </p>
      <button type="submit" class="button" disabled={busy}>
        {t('receipt.lettersSend')}
      </button>
    </form>
  )
}
