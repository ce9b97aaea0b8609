import { PushpinFilled } from '@ant-design/icons'
import { Button, Checkbox } from 'antd'
import { type RefObject, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Claim } from '../../shared/queue.ts'
import type { Suggestion } from '../../shared/suggestions.ts'
import { FlagTags } from '../guard/FlagTags.tsx'
import { PhotoStrip } from '../photos/PhotoStrip.tsx'
import { categoryName } from '../suggestions/categoryName.ts'
import { StateTag, type Tone } from '../ui/StateTag.tsx'
import { When } from '../ui/When.tsx'
import { type Doing, decisionsOffered, mayDo } from './doings.ts'
import { Key } from './QueueTools.tsx'

const tones: Record<Suggestion['status'], Tone> = {
  pending: 'next',
  published: 'good',
  answered: 'good',
  merged: 'plain',
  hidden: 'plain',
}

type Props = {
  suggestion: Suggestion
  current: boolean
  chosen: boolean
  discussed: boolean
  /** Something is being decided. */
  pending: boolean
  /** Whether the moderator works by keys; the focus follows then. */
  byKeys: RefObject<boolean>
  /** Where it came from, in words. */
  from: string | undefined
  /** Somebody else who works on it. */
  claim: Claim | undefined
  onPick: () => void
  onChoose: (chosen: boolean) => void
  onDo: (doing: Doing) => void
}

export function QueueItem({ suggestion, current, byKeys, chosen, discussed, pending, from, claim, onPick, onChoose, onDo }: Props) {
  const { t } = useTranslation()
  const item = useRef<HTMLLIElement>(null)
  const { id, authorName, createdAt, status, text, category, place, pinned, answer, hideReason, supportCount, flags, kept } = suggestion
  useEffect(() => {
    if (!current || !byKeys.current) return
    item.current?.scrollIntoView({ block: 'nearest' })
    const { activeElement } = document
    if (activeElement === document.body || activeElement?.closest('.queue, .queue-views')) item.current?.focus({ preventScroll: true })
  }, [current, byKeys])
  const about = [category && categoryName(category, t), place, from].filter(Boolean).join(' · ')
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: j and k choose from the keyboard.
    <li
      ref={item}
      className={`queue-item${current ? ' queue-current' : ''}`}
      tabIndex={-1}
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
      <FlagTags flags={flags} kept={kept} />
      {about && <p className="soft small">{about}</p>}
      {current && <PhotoStrip photoIds={suggestion.photoIds} />}
      {answer && <p className="soft pre">{t('queue.answerIs', { answer })}</p>}
      {hideReason && <p className="soft">{t('queue.hiddenFor', { reason: hideReason })}</p>}
      {claim ? (
        <p className="row queue-claimed">
          <StateTag tone="warn">{t('queue.claimedBy', { name: claim.name })}</StateTag>
          {current && (
            <Button size="small" disabled={pending} onClick={() => onDo('takeOver')}>
              {t('queue.takeOver')} <Key of="takeOver" />
            </Button>
          )}
        </p>
      ) : (
        current && <Actions suggestion={suggestion} discussed={discussed} pending={pending} onDo={onDo} />
      )}
    </li>
  )
}

type ActionsProps = Pick<Props, 'suggestion' | 'discussed' | 'pending' | 'onDo'>

function Actions({ suggestion, discussed, pending, onDo }: ActionsProps) {
  const { t } = useTranslation()
  const words: Record<(typeof decisionsOffered)[number], string> = {
    publish: t('suggestions.publish'),
    keep: t('queue.keep'),
    answer: t(suggestion.answer ? 'queue.changeAnswer' : 'suggestions.answer'),
    merge: t('suggestions.merge'),
    pin: t(suggestion.pinned ? 'suggestions.unpin' : 'suggestions.pin'),
    discuss: t(discussed ? 'queue.discussNoMore' : 'queue.discuss'),
    reopen: t(`queue.reopen.${suggestion.status}`),
    hide: t('suggestions.hide'),
    bar: t('guard.bar'),
  }
  return (
    <div className="row queue-actions">
      {decisionsOffered
        .filter((doing) => mayDo(doing, suggestion, false))
        .map((doing, place) => (
          <Button
            key={doing}
            size="small"
            type={place === 0 ? 'primary' : 'default'}
            danger={doing === 'hide' || doing === 'bar'}
            disabled={pending}
            onClick={() => onDo(doing)}
          >
            {words[doing]} <Key of={doing} />
          </Button>
        ))}
    </div>
  )
}
