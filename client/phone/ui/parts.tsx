/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact'
import { usePhone } from '../preferences.tsx'

/** The bar of every page: whose page it is, large type, the other language. */
export function TopBar() {
  const { t, language, large, setLanguage, setLarge } = usePhone()
  const other = language === 'en' ? 'zh-CN' : 'en'
  return (
    <header class="bar">
      <span class="bar-name">{t('bar.product')}</span>
      <div class="bar-choices">
        <button type="button" class="choice" onClick={() => setLarge(!large)}>
          <span class="choice-type" aria-hidden="true">
            A
          </span>
          {large ? t('bar.normal') : t('bar.large')}
        </button>
        <button type="button" class="choice" lang={other} onClick={() => setLanguage(other)}>
          {t('bar.otherLanguage')}
        </button>
      </div>
    </header>
  )
}

const bones = ['title', 'first', 'second', 'third', 'last']

/** Keeps the place of what is being loaded. */
export function Skeleton({ lines }: { lines: number }) {
  const { t } = usePhone()
  return (
    <div class="card" role="status">
      <span class="unseen">{t('page.loading')}</span>
      {bones.slice(0, lines).map((bone) => (
        <span key={bone} class={`bone bone-${bone}`} />
      ))}
    </div>
  )
}

type MessageProps = { title: string; text: string; children?: ComponentChildren }

/** What happened, whether anything was lost, and what to do. */
export const Message = ({ title, text, children }: MessageProps) => (
  <div class="card message" role="alert">
    <h1>{title}</h1>
    <p>{text}</p>
    {children}
  </div>
)

/** A sentence that only a screen reader says. */
export const Spoken = ({ sentence }: { sentence: string }) => (
  <p class="unseen" role="status" aria-live="polite">
    {sentence}
  </p>
)

export const Banner = ({ text }: { text: string }) => (
  <p class="banner" role="status">
    <span class="banner-sign" aria-hidden="true">
      !
    </span>
    <span>{text}</span>
  </p>
)
