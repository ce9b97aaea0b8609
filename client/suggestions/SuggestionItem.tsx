import { PushpinFilled } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { StanceCounts } from '../../shared/stances.ts'
import { isOpen, type Suggestion } from '../../shared/suggestions.ts'
import { FlagTags } from '../guard/FlagTags.tsx'
import { PhotoStrip } from '../photos/PhotoStrip.tsx'
import { LongText } from '../ui/LongText.tsx'
import { StateTag, type Tone } from '../ui/StateTag.tsx'
import { When } from '../ui/When.tsx'
import { categoryName } from './categoryName.ts'
import { MergedHere } from './MergedHere.tsx'
import { StanceBar } from './StanceBar.tsx'
import { SuggestionActions } from './SuggestionActions.tsx'
import { SupportToggle } from './SupportToggle.tsx'
import type { Suggestions } from './useSuggestions.ts'
import { useViaName } from './useViaName.ts'

const tones: Record<Suggestion['status'], Tone> = { pending: 'next', published: 'good', answered: 'good', merged: 'plain', hidden: 'plain' }

type Props = {
  suggestion: Suggestion
  suggestions: Suggestions
  /** What people think of it. */
  counts: StanceCounts | undefined
  live: boolean
  mayModerate: boolean
  mayCite: boolean
}

export function SuggestionItem({ suggestion, suggestions, counts, live, mayModerate, mayCite }: Props) {
  const { t } = useTranslation()
  const { id, authorName, createdAt, status, text, category, place, pinned, answer, hideReason, mergedIntoId } = suggestion
  const viaName = useViaName(suggestion)
  const survivor = mergedIntoId ? suggestions.byId.get(mergedIntoId) : undefined
  return (
    <li className={`suggestion suggestion-${status}`} data-testid={`suggestion-${id}`}>
      <div className="suggestion-head">
        <b>{authorName || t('suggestions.anonymous')}</b>
        <span className="soft small">
          <When at={createdAt} part="clock" />
        </span>
        {pinned && (
          <span className="suggestion-pinned">
            <PushpinFilled aria-hidden /> {t('suggestions.pinned')}
          </span>
        )}
        <StateTag tone={tones[status]}>{t(`suggestions.status.${status}`)}</StateTag>
      </div>
      {viaName && <p className="soft small">{t('suggestions.via', { place: viaName })}</p>}
      <LongText text={text} />
      {mayModerate && <FlagTags flags={suggestion.flags} kept={suggestion.kept} />}
      {(category || place) && <p className="soft small">{[category && categoryName(category, t), place].filter(Boolean).join(' · ')}</p>}
      <PhotoStrip photoIds={suggestion.photoIds} />
      {answer && <Note word={t('suggestions.answered')} text={answer} />}
      {hideReason && <Note word={t('suggestions.hidden')} text={hideReason} />}
      {survivor && <Note word={t('suggestions.mergedInto')} text={survivor.text} />}
      {isOpen(suggestion) && (
        <>
          <StanceBar counts={counts} />
          <MergedHere suggestion={suggestion} suggestions={suggestions} mayModerate={mayModerate} />
        </>
      )}
      <div className="suggestion-foot">
        {isOpen(suggestion) && <SupportToggle suggestion={suggestion} live={live} />}
        <SuggestionActions suggestion={suggestion} suggestions={suggestions} mayModerate={mayModerate} mayCite={mayCite} />
      </div>
    </li>
  )
}

function Note({ word, text }: { word: string; text: string }) {
  return (
    <p className="suggestion-note pre">
      <span className="soft">{word}</span> {text}
    </p>
  )
}
