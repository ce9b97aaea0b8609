import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { isParted } from '../../shared/breakouts.ts'
import { useFacts } from '../media/RoomContext.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { CallUpon } from './CallUpon.tsx'
import { ExtendButtons } from './ExtendButtons.tsx'
import { FloorRules } from './FloorRules.tsx'
import { PastSpeeches } from './PastSpeeches.tsx'
import { Queue } from './Queue.tsx'
import { SpeakingTimes } from './SpeakingTimes.tsx'
import { SpeechClock } from './SpeechClock.tsx'
import { useFloor } from './useFloor.ts'
import './floor.css'

/** Who speaks, who waits and why in this order, who has spoken, and how the time was shared out. */
export function FloorPanel({ mayCite }: { mayCite: boolean }) {
  const { t } = useTranslation()
  const { floor, presides, breakout } = useFacts()
  const parted = isParted(breakout)
  const { end } = useFloor()
  const { current } = floor
  return (
    <div className="tab-body stack">
      <section>
        <h2 className="panel-title">{t('floor.current')}</h2>
        {current ? (
          <div className="speech-now">
            <div className="grow">
              <b>{current.name}</b>
              {current.siteName && <div className="soft small">{current.siteName}</div>}
            </div>
            <SpeechClock speech={current} />
            {presides && <ExtendButtons speech={current} />}
            {presides && (
              <Button loading={end.pending} onClick={() => void end.send()}>
                {t('floor.end')}
              </Button>
            )}
          </div>
        ) : (
          <p className="soft">
            {t(parted ? 'failure.reason.groups-are-open' : floor.mode === 'free' ? 'floor.nobodyFree' : 'floor.nobody')}
          </p>
        )}
        <FailureNote failure={end.failure} />
      </section>
      <Queue />
      {presides && !parted && <CallUpon />}
      <FloorRules />
      <SpeakingTimes />
      <PastSpeeches mayCite={mayCite} />
      <div role="status" className="visually-hidden">
        {current && t('floor.announce', { name: current.name })}
      </div>
    </div>
  )
}
