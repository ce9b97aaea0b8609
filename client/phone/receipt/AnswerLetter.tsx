/** @jsxImportSource preact */
import { useState } from 'preact/hooks'
import { usePhone } from '../preferences.tsx'
import { sayFailure } from '../refusals.ts'

type Letter = { wish: 'Confirm' | 'Stop'; token: string }

/** What the link of a letter asks for, if it is one. */
export function letterInLink(search: string): Letter | null {
  const values = new URLSearchParams(search)
  const [confirm, stop] = [values.get('confirm'), values.get('stop')]
  if (confirm) return { wish: 'Confirm', token: confirm }
  return stop ? { wish: 'Stop', token: stop } : null
}

/** Where the links of letters lead. A press does it, since programs that check mail follow links too. */
export function AnswerLetter({ wish, token }: Letter) {
  const { t, api } = usePhone()
  const [state, setState] = useState<'open' | 'busy' | 'done'>('open')
  const [wrong, setWrong] = useState('')

  async function press() {
    setState('busy')
    const answer = await api.answerLetter(wish === 'Confirm' ? 'letters:confirm' : 'letters:stop', token)
    setState(answer.ok ? 'done' : 'open')
    if (answer.ok) return setWrong('')
    const old = answer.error.code === 'not-found' || answer.error.code === 'invalid-input'
    setWrong(old ? t('receipt.letterOld') : sayFailure(t, answer.error))
  }
  return (
    <section class="card" aria-labelledby="letter-title">
      <h1 id="letter-title">{t(`receipt.letter${wish}Title`)}</h1>
      {state !== 'done' && <p>{t(`receipt.letter${wish}Text`)}</p>}
      <p role="status">{state === 'done' && t(wish === 'Confirm' ? 'receipt.letterConfirmed' : 'receipt.letterStopped')}</p>
      <p class="wrong" role="alert">
        {wrong}
      </p>
      {state !== 'done' && (
        <button type="button" class="button" disabled={state === 'busy'} onClick={() => void press()}>
          {t(`receipt.letter${wish}`)}
        </button>
      )}
      <a class="look-up" href="/r/">
        {t('receipt.formTitle')}
      </a>
    </section>
  )
}
