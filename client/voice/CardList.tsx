import { useTranslation } from 'react-i18next'
import type { VoiceCard } from '../../shared/voice.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { When } from '../ui/When.tsx'
import { agreement } from './findings.ts'

type Kind = 'hot' | 'contested' | 'agreed' | 'unanswered' | 'newest'

/** Suggestions that belong together for one reason; the reason stands above them. */
export function CardList({ kind, cards }: { kind: Kind; cards: readonly VoiceCard[] }) {
  const { t } = useTranslation()
  return (
    <Sheet title={t(`voice.list.${kind}`)} aside={<span className="small">{t(`voice.hint.${kind}`)}</span>}>
      {cards.length === 0 ? (
        <p className="soft">{t(`voice.empty.${kind}`)}</p>
      ) : (
        <ol className="voice-cards">
          {cards.map((card) => (
            <li key={card.id}>
              <p className="voice-text">{card.text}</p>
              <CardFacts card={card} dated={kind === 'newest' || kind === 'unanswered'} />
            </li>
          ))}
        </ol>
      )}
    </Sheet>
  )
}

export function CardFacts({ card, dated = false }: { card: VoiceCard; dated?: boolean }) {
  const { t } = useTranslation()
  const percent = agreement(card)
  return (
    <p className="voice-facts">
      <span>{t('voice.supporters', { count: card.supports })}</span>
      {percent !== null && (
        <>
          <span className="balance" aria-hidden="true">
            <span style={{ width: `${percent}%` }} />
          </span>
          <span>{t('voice.balance', { agrees: card.agrees, disagrees: card.disagrees })}</span>
        </>
      )}
      {card.theme && <span className="voice-theme">{card.theme}</span>}
      {dated && <When at={card.createdAt} part="clock" />}
    </p>
  )
}
