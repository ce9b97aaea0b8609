/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact'
import type { ReceiptStep } from '../../../shared/suggestions.ts'
import { dayOf, momentOf } from '../dates.ts'
import { usePhone } from '../preferences.tsx'
import type { Translate } from '../words.ts'

export const titleOf = (step: ReceiptStep, t: Translate) =>
  step.kind === 'replied' || step.kind === 'replied-withheld'
    ? t('step.repliedBy', { organization: step.organization })
    : t(`step.${step.kind}`)

/** One step of a suggestion's way: what happened, when, and what was said. */
export function Step({ step }: { step: ReceiptStep }) {
  const { t, language } = usePhone()
  return (
    <li class={`step step-${step.kind}`}>
      <h3>{titleOf(step, t)}</h3>
      <time dateTime={step.at}>{momentOf(step.at, language)}</time>
      <Details step={step} />
    </li>
  )
}

function Details({ step }: { step: ReceiptStep }) {
  const { t, language } = usePhone()
  switch (step.kind) {
    case 'posted':
      return <p>{t('step.postedText')}</p>
    case 'published':
      return <p>{t('step.publishedText')}</p>
    case 'answered':
      return <Quote>{step.answer}</Quote>
    case 'merged':
      return (
        <>
          <p>{t('step.mergedText')}</p>
          <Quote>{step.intoText}</Quote>
        </>
      )
    case 'unmerged':
      return <p>{t('step.unmergedText')}</p>
    case 'reopened':
      return <p>{t('step.reopenedText')}</p>
    case 'hidden':
      return (
        <p class="words">
          {t('step.hiddenText')}
          {step.reason}
        </p>
      )
    case 'cited':
      return (
        <>
          <p>{t('step.citedText')}</p>
          <a class="look-up" href={`${step.path}?lang=${language}`}>
            {t('step.readMinutes')}
          </a>
        </>
      )
    case 'recommended':
      return <Numbered number={step.number}>{step.title}</Numbered>
    case 'assigned':
      return (
        <Numbered number={step.number}>
          {t('step.assignedText', { organization: step.organization, date: dayOf(new Date(step.replyDueAt), language) })}
        </Numbered>
      )
    case 'signed':
      return <Numbered number={step.number}>{t('step.signedText', { organization: step.organization })}</Numbered>
    case 'replied':
      return <Replied step={step} />
    case 'second-round':
      return <Numbered number={step.number}>{t('step.secondRoundText', { organization: step.organization })}</Numbered>
    case 'registered':
      return <Numbered number={step.number}>{t('step.registeredText')}</Numbered>
    case 'replied-withheld':
      return <Numbered number={step.number}>{t('step.withheldText')}</Numbered>
  }
}

function Replied({ step }: { step: Extract<ReceiptStep, { kind: 'replied' }> }) {
  const { t } = usePhone()
  return (
    <>
      <dl class="verdict">
        <div>
          <dt>{t('step.outcome')}</dt>
          <dd class={`outcome outcome-${step.outcome}`}>{t(`outcome.${step.outcome}`)}</dd>
        </div>
        <div>
          <dt>{t('step.grade')}</dt>
          <dd>{t(`grade.${step.grade}`)}</dd>
        </div>
      </dl>
      {step.itemText !== '' && (
        <>
          <p class="label">{t('step.itemText')}</p>
          <Quote>{step.itemText}</Quote>
        </>
      )}
      <p class="label">{t('step.fullText')}</p>
      <Quote>{step.text}</Quote>
      <p class="soft small">{step.number}</p>
    </>
  )
}

const Quote = ({ children }: { children: ComponentChildren }) => <blockquote class="words">{children}</blockquote>

const Numbered = ({ number, children }: { number: string; children: ComponentChildren }) => (
  <>
    <p class="words">{children}</p>
    <p class="soft small">{number}</p>
  </>
)
