import { PushpinFilled } from '@ant-design/icons'
import { Button, Checkbox } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Claim } from '../../shared/queue.ts'
import { isOpen, type Suggestion } from '../../shared/suggestions.ts'
import { FlagTags } from '../guard/FlagTags.tsx'
import { PhotoStrip } from '../photos/PhotoStrip.tsx'
import { categoryName } from '../suggestions/categoryName.ts'
import { StateTag, type Tone } from '../ui/StateTag.tsx'
import { When } from '../ui/When.tsx'

export const tones: Record<Suggestion['status'], Tone> = {
  pending: 'next',
  published: 'good',
  answered: 'good',
  merged: 'plain',
  hidden: 'plain',
}

export type Doing = 'publish' | 'answer' | 'merge' | 'hide' | 'pin' | 'discuss' | 'bar' | 'takeOver'

type Props = {
  suggestion: Suggestion
  current: boolean
  chosen: boolean
  discussed: boolean
  /** Where it came from, in words. */
  from: string | undefined
  /** Somebody else who works on it. */
  claim: Claim | undefined
  onPick: () => void
  onChoose: (chosen: boolean) => void
  onDo: (doing: Doing) => void
}

export function QueueItem({ suggestion, current, chosen, discussed, from, claim, onPick, onChoose, onDo }: Props) {
  const { t } = useTranslation()
  const item = useRef<HTMLLIElement>(null)
  const { id, authorName, createdAt, status, text, category, place, pinned, answer, hideReason, supportCount, flags } = suggestion
  useEffect(() => {
    if (current) item.current?.scrollIntoView({ block: 'nearest' })
  }, [current])
  const about = [category && categoryName(category, t), place, from].filter(Boolean).join(' · ')
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: j and k choose from the keyboard.
    <li
      ref={item}
      className={`queue-item${current ? ' queue-current' : ''}`}
      aria-current={current}
      data-testid={`queue-${id}`}
      onClick={onPick}
    >
      <div className="row">
        {status === 'pending' && (
          <Checkbox
            checked={chosen}
            aria-label={t('queue.choose', { text: text.slice(0, 20) })}
            onClick={(event) => event.stopPropagation()}
            onChange={(event) => onChoose(event.target.checked)}
          />
        )}
        <b>{authorName || t('suggestions.anonymous')}</b>
        <span className="soft small">
          <When at={createdAt} part="clock" />
        </span>
        {pinned && (
          <span className="small">
            <PushpinFilled aria-hidden /> {t('suggestions.pinned')}
          </span>
        )}
        {discussed && <StateTag tone="live">{t('queue.discussed')}</StateTag>}
        <span className="soft small">{t('suggestions.supporters', { count: supportCount })}</span>
        <span className="queue-state">
          <StateTag tone={tones[status]}>{t(`suggestions.status.${status}`)}</StateTag>
        </span>
      </div>
      <p className={`pre queue-text${current ? '' : ' queue-short'}`}>{text}</p>
      <FlagTags flags={flags} />
      {about && <p className="soft small">{about}</p>}
      {current && <PhotoStrip photoIds={suggestion.photoIds} />}
      {answer && <p className="soft pre">{t('queue.answerIs', { answer })}</p>}
      {hideReason && <p className="soft">{t('queue.hiddenFor', { reason: hideReason })}</p>}
      {claim ? (
        <p className="row queue-claimed">
          <StateTag tone="warn">{t('queue.claimedBy', { name: claim.name })}</StateTag>
          {current && (
            <Button size="small" onClick={() => onDo('takeOver')}>
              {t('queue.takeOver')} <kbd>t</kbd>
            </Button>
          )}
        </p>
      ) : (
        current && <Actions suggestion={suggestion} discussed={discussed} onDo={onDo} />
      )}
    </li>
  )
}

function Actions({ suggestion, discussed, onDo }: { suggestion: Suggestion; discussed: boolean; onDo: (doing: Doing) => void }) {
  const { t } = useTranslation()
  const { status, pinned } = suggestion
  if (!isOpen(suggestion)) return null
  const offers: { doing: Doing; key: string; word: string; shown?: boolean; danger?: boolean }[] = [
    { doing: 'publish', key: 'p', word: t('suggestions.publish'), shown: status === 'pending' },
    { doing: 'answer', key: 'a', word: t('suggestions.answer') },
    { doing: 'merge', key: 'm', word: t('suggestions.merge') },
    { doing: 'pin', key: 's', word: t(pinned ? 'suggestions.unpin' : 'suggestions.pin') },
    { doing: 'discuss', key: 'd', word: t(discussed ? 'queue.discussNoMore' : 'queue.discuss'), shown: status !== 'pending' },
    { doing: 'hide', key: 'h', word: t('suggestions.hide'), danger: true },
    { doing: 'bar', key: 'b', word: t('guard.bar'), danger: true },
  ]
  return (
    <div className="row queue-actions">
      {offers
        .filter(({ shown = true }) => shown)
        .map(({ doing, key, word, danger = false }, place) => (
          <Button key={doing} size="small" type={place === 0 ? 'primary' : 'default'} danger={danger} onClick={() => onDo(doing)}>
            {word} <kbd>{key}</kbd>
          </Button>
        ))}
    </div>
  )
}
