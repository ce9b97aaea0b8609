import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Recommendation } from '../../shared/recommendations.ts'
import { Sheet } from '../ui/Sheet.tsx'

type Props = { recommendation: Pick<Recommendation, 'meetingId' | 'suggestions' | 'passages'> }

/** What a recommendation came from: the thread back to the minutes and to what people said. */
export function Sources({ recommendation: { meetingId, suggestions, passages } }: Props) {
  const { t } = useTranslation()
  return (
    <div className="stack stack-wide">
      {passages.length > 0 && (
        <Sheet title={t('recommendations.passages')}>
          {passages.map(({ blockId, text }) => (
            <blockquote key={blockId} className="source">
              {text}
              <div>
                <Link to={`/meetings/${meetingId}/minutes#block-${blockId}`} className="small">
                  {t('recommendations.inMinutes')}
                </Link>
              </div>
            </blockquote>
          ))}
        </Sheet>
      )}
      <Sheet title={t('recommendations.suggestions')} aside={suggestions.length}>
        {suggestions.length === 0 && <p className="soft">{t('recommendations.noSuggestions')}</p>}
        {suggestions.map(({ id, text, authorName }) => (
          <blockquote key={id} className="source">
            {text}
            <div className="soft small">{authorName || t('recommendations.citizen')}</div>
          </blockquote>
        ))}
      </Sheet>
    </div>
  )
}
