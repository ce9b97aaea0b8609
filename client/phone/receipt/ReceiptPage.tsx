/** @jsxImportSource preact */
import { useEffect, useRef } from 'preact/hooks'
import { formatReceipt } from '../../../shared/suggestion-rules.ts'
import { secondOf } from '../dates.ts'
import { Photos } from '../photos/Photos.tsx'
import { usePhone } from '../preferences.tsx'
import { useAnnouncer } from '../ui/announcer.ts'
import { LongText } from '../ui/LongText.tsx'
import { Banner, Message, Skeleton, Spoken } from '../ui/parts.tsx'
import { AnswerLetter, letterInLink } from './AnswerLetter.tsx'
import { Claim } from './Claim.tsx'
import { KeepLink } from './KeepLink.tsx'
import { Letters } from './Letters.tsx'
import { ReceiptForm } from './ReceiptForm.tsx'
import { Step, titleOf } from './Step.tsx'
import { type ReceiptState, useReceipt } from './useReceipt.ts'

/** `/r/:receipt`: a suggestion's whole way; `/r/`: a box to type a receipt into. */
export function ReceiptPage({ receipt: code }: { receipt: string }) {
  const { t } = usePhone()
  const state = useReceipt(code)
  useEffect(() => {
    document.title = t('page.titleOfReceipt')
  }, [t])

  const letter = letterInLink(location.search)
  if (letter) return <AnswerLetter {...letter} />
  if (code === '') return <ReceiptForm code="" />
  if (state.problem === 'missing') {
    return (
      <>
        <Message title={t('receipt.missingTitle')} text={t('receipt.missingText')} />
        <ReceiptForm code={code} />
      </>
    )
  }
  if (!state.receipt && state.problem) return <Failed problem={state.problem} onAgain={state.refresh} />
  if (!state.receipt) return <Loading />
  return <Way {...state} receipt={state.receipt} />
}

type WayProps = ReceiptState & { receipt: NonNullable<ReceiptState['receipt']>; refresh: () => void }

function Way({ receipt, updatedAt, problem, refreshing, refresh }: WayProps) {
  const { t, storage } = usePhone()
  const sentence = useNewsOf(receipt.steps.length)
  const code = storage.get<string>(`meeting-of.${receipt.receipt}`)
  const time = updatedAt ? secondOf(updatedAt) : ''
  const { suggestion } = receipt
  const newest = receipt.steps[0]
  return (
    <>
      <Spoken sentence={sentence} />
      {problem && <Banner text={t('receipt.stale', { time })} />}
      <section class="card" aria-labelledby="receipt-title">
        <h1 id="receipt-title">{t('receipt.title')}</h1>
        <p class="code">{formatReceipt(receipt.receipt)}</p>
        <p class="item-line">
          {newest && <span class="tag tag-published">{titleOf(newest, t)}</span>}
          {suggestion.authorName && <span class="soft">{t('receipt.by', { name: suggestion.authorName })}</span>}
        </p>
        <h2 class="label">{t('receipt.mySuggestion')}</h2>
        <LongText text={suggestion.text} />
        <Photos photoIds={suggestion.photoIds} receipt={receipt.receipt} />
        <h2 class="label">{t('receipt.meeting')}</h2>
        <p>{receipt.meetingTitle}</p>
        <KeepLink receipt={receipt.receipt} />
        <Claim receipt={receipt.receipt} />
        {receipt.letters !== 'impossible' && <Letters receipt={receipt.receipt} state={receipt.letters} />}
        {code && (
          <a class="look-up" href={`/s/${code}`}>
            {t('receipt.backToMeeting')}
          </a>
        )}
      </section>
      <section aria-labelledby="way-title">
        <h2 id="way-title" class="section-title">
          {t('receipt.way')}
        </h2>
        <ol class="way card">
          {receipt.steps.map((step) => (
            <Step key={`${step.kind} ${step.at} ${'organization' in step ? step.organization : ''}`} step={step} />
          ))}
        </ol>
        <p class="updated">
          <span class="soft">{t('receipt.updatedAt', { time })}</span>
          <button type="button" class="button quiet" disabled={refreshing} onClick={refresh}>
            {refreshing ? t('receipt.refreshing') : t('receipt.refresh')}
          </button>
        </p>
        <a class="look-up" href="/r/">
          {t('receipt.another')}
        </a>
      </section>
    </>
  )
}

/** Speaks up when a step is added while the page is open. */
function useNewsOf(steps: number): string {
  const { t } = usePhone()
  const { sentence, announce } = useAnnouncer()
  const seen = useRef(steps)
  useEffect(() => {
    if (steps > seen.current) announce(t('receipt.changed'))
    seen.current = steps
  }, [steps, announce, t])
  return sentence
}

function Failed({ problem, onAgain }: { problem: NonNullable<ReceiptState['problem']>; onAgain: () => void }) {
  const { t } = usePhone()
  return (
    <Message title={t('receipt.failedTitle')} text={t(problem === 'too-many' ? 'receipt.tooMany' : 'receipt.failedText')}>
      <button type="button" class="button" onClick={onAgain}>
        {t('page.again')}
      </button>
    </Message>
  )
}

const Loading = () => (
  <>
    <Skeleton lines={4} />
    <Skeleton lines={5} />
  </>
)
