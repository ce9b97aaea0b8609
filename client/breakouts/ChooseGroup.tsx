import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useChairingHere } from '../chairing/ChairingContext.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { useRound, useRoundCommands } from './useRound.ts'

/** For whoever came without a site's group: it asks where they want to be. */
export function ChooseGroup() {
  const { t } = useTranslation()
  const round = useRound()
  const { mayChair } = useChairingHere()
  const { go } = useRoundCommands()
  if (!round || round.mine || mayChair) return null
  return (
    <section className="card-in-room" aria-label={t('breakouts.choose.title')}>
      <h2>{t('breakouts.choose.title')}</h2>
      <p className="soft">{t('breakouts.choose.text')}</p>
      <div className="choose-group">
        {round.groups.map(({ id, name }) => (
          <Button
            key={id}
            size="large"
            loading={go.pending}
            aria-label={t('breakouts.choose.go', { group: name })}
            onClick={() => void go.send({ breakoutId: round.id, groupId: id })}
          >
            {name} <span className="soft small">{t('breakouts.people', { count: round.peopleIn(id).length })}</span>
          </Button>
        ))}
      </div>
      <FailureNote failure={go.failure} />
    </section>
  )
}
