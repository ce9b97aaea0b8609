/** @jsxImportSource preact */
import { useEffect } from 'preact/hooks'
import type { Station, WayIn } from '../../../shared/stations.ts'
import { usePhone } from '../preferences.tsx'
import { OtherMeetings } from './OtherMeetings.tsx'

/** A station whose region consults on nothing now: what will be here, and what was. */
export function StationPage({ station, others }: { station: Station; others: WayIn['others'] }) {
  const { t } = usePhone()
  useEffect(() => {
    document.title = t('page.titleOfMeeting', { title: station.name })
  }, [station.name, t])
  return (
    <>
      <section class="card head" aria-labelledby="station-title">
        <p class="head-line">
          <span class="tag">{t(`station.${station.kind}`)}</span>
        </p>
        <h1 id="station-title">{station.name}</h1>
        <p class="regions">{station.path.join(' · ')}</p>
        <p class="station-words">{t(station.retired ? 'station.closed' : 'station.nothingNow')}</p>
      </section>
      <OtherMeetings meetings={others} />
      <a class="look-up" href="/r/">
        {t('mine.lookUp')}
      </a>
    </>
  )
}
