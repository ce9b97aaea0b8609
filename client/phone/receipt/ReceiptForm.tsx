/** @jsxImportSource preact */
import { useRef, useState } from 'preact/hooks'
import { formatReceipt, readReceipt, receiptPattern } from '../../../shared/suggestion-rules.ts'
import { usePhone } from '../preferences.tsx'

/** A box to type a receipt into, forgiving about capitals, dashes and look-alike letters. */
export function ReceiptForm({ code }: { code: string }) {
  const { t } = usePhone()
  const box = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(code)
  const [bad, setBad] = useState(false)

  const submit = (event: Event) => {
    event.preventDefault()
    const receipt = readReceipt(typed)
    const good = receiptPattern.test(receipt)
    setBad(!good)
    if (good) location.assign(`/r/${formatReceipt(receipt)}`)
    else box.current?.focus()
  }

  return (
    <form class="card compose" onSubmit={submit} aria-labelledby="form-title" noValidate>
      {/* Below an explanation it is no longer the page's first heading. */}
      {code === '' ? <h1 id="form-title">{t('receipt.formTitle')}</h1> : <h2 id="form-title">{t('receipt.formTitle')}</h2>}
      <p id="form-text">{t('receipt.formText')}</p>
      <label class="field">
        <span class="field-name">{t('receipt.label')}</span>
        <input
          ref={box}
          type="text"
          class="code-box"
          maxLength={20}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          placeholder="XXXX-XXXX-XXXX"
          value={typed}
          aria-invalid={bad}
          aria-describedby="form-text form-bad"
          onInput={(event) => {
            setBad(false)
            setTyped(event.currentTarget.value)
          }}
        />
      </label>
      <p id="form-bad" class="wrong" role="alert">
        {bad && t('receipt.badForm')}
      </p>
      <button type="submit" class="button">
        {t('receipt.look')}
      </button>
    </form>
  )
}
