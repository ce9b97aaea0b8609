import { useTranslation } from 'react-i18next'
import type { Suggestion } from '../../shared/suggestions.ts'
import { PhotoStrip } from '../photos/PhotoStrip.tsx'
import { StateTag, type Tone } from '../ui/StateTag.tsx'
import { When } from '../ui/When.tsx'
import { SuggestionActions } from './SuggestionActions.tsx'
import type { Suggestions } from './useSuggestions.ts'
import { useViaName } from './useViaName.ts'

const tones: Record<Suggestion['status'], Tone> = { pending: 'next', published: 'good', answered: 'good', merged: 'plain', hidden: 'plain' }

type Props = { suggestion: Suggestion; suggestions: Suggestions; mayModerate: boolean; mayCite: boolean }

export function SuggestionItem({ suggestion, suggestions, mayModerate, mayCite }: Props) {
  const { t } = useTranslation()
  const { id, authorName, createdAt, status, text, answer, hideReason, mergedIntoId } = suggestion
  const viaName = useViaName(suggestion)
  const survivor = mergedIntoId ? suggestions.byId.get(mergedIntoId) : undefined
  return (
    <li className={`suggestion suggestion-${status}`} data-testid={`suggestion-${id}`}>
      <div className="suggestion-head">
        <b>{authorName || t('suggestions.anonymous')}</b>
        <span className="soft small">
          <When at={createdAt} part="clock" />
        </span>
        <StateTag tone={tones[status]}>{t(`suggestions.status.${status}`)}</StateTag>
      </div>
      {viaName && <p className="soft small">{t('suggestions.via', { place: viaName })}</p>}
      <p className="pre">{text}</p>
      <PhotoStrip photoIds={suggestion.photoIds} />
      {answer && <Note word={t('suggestions.answered')} text={answer} />}
      {hideReason && <Note word={t('suggestions.hidden')} text={hideReason} />}
      {survivor && <Note word={t('suggestions.mergedInto')} text={survivor.text} />}
      <SuggestionActions suggestion={suggestion} suggestions={suggestions} mayModerate={mayModerate} mayCite={mayCite} />
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
