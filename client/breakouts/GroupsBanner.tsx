import { NotificationOutlined, SoundOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFacts } from '../media/RoomContext.tsx'
import { CallIn } from './CallIn.tsx'
import { Countdown, endingMs, useLeftMs } from './Countdown.tsx'
import { type Round, useRound } from './useRound.ts'
import './breakouts.css'

/** Above the stage while groups meet: in which one I am, how long yet, and what the chair tells all. */
export function GroupsBanner() {
  const { t } = useTranslation()
  const round = useRound()
  const back = useReturned(round !== null)
  return (
    <>
      {round && <Meeting round={round} />}
      <div role="status" className={back ? 'groups-banner groups-back' : 'visually-hidden'}>
        {back && t('breakouts.banner.back')}
      </div>
    </>
  )
}

function Meeting({ round }: { round: Round }) {
  const { t } = useTranslation()
  const { meeting, selfId } = useFacts()
  const { mine, endsAt, voice } = round
  const topic = meeting.agenda.find(({ id }) => id === mine?.agendaItemId)?.title
  const where = mine ? t('breakouts.banner.own', { group: mine.name }) : t('breakouts.banner.outsideOwn')
  const ending = useLeftMs(endsAt) <= endingMs
  return (
    <section className="groups-banner" aria-label={t('breakouts.title')}>
      <div className="groups-where">
        <b data-testid="my-group">{where}</b>
        {topic && <span className="soft">{topic}</span>}
        <Countdown endsAt={endsAt} />
        {voice && (
          <span className="groups-voice">
            <SoundOutlined aria-hidden />{' '}
            {voice.id === selfId ? t('breakouts.banner.ownVoice') : t('breakouts.banner.voice', { name: voice.name })}
          </span>
        )}
        <CallIn round={round} />
      </div>
      <Announced round={round} />
      <div role="status" className={ending ? 'groups-ending' : 'visually-hidden'}>
        {ending ? t('breakouts.banner.ending') : t('breakouts.banner.opened', { where })}
      </div>
    </section>
  )
}

/** What was last told to all, until it is put away. */
function Announced({ round: { announcement } }: { round: Round }) {
  const { t } = useTranslation()
  const [away, setAway] = useState<string | null>(null)
  const shown = announcement && announcement.id !== away ? announcement : null
  return (
    // Always there, so that its words are read out when they come.
    <div role="alert" className={shown ? 'groups-told' : ''} data-testid="announcement">
      {shown && (
        <>
          <NotificationOutlined aria-hidden />
          <p>
            <b>{t('breakouts.banner.told')}</b> {shown.text} <span className="soft small">{shown.name}</span>
          </p>
          <Button size="small" aria-label={t('breakouts.banner.hide')} onClick={() => setAway(shown.id)}>
            {t('common.close')}
          </Button>
        </>
      )}
    </div>
  )
}

const backForMs = 8_000

/** For a moment after all have come back. */
function useReturned(parted: boolean): boolean {
  const was = useRef(false)
  const [back, setBack] = useState(false)
  useEffect(() => {
    if (parted) {
      was.current = true
      setBack(false)
      return
    }
    if (!was.current) return
    was.current = false
    setBack(true)
    const timer = setTimeout(() => setBack(false), backForMs)
    return () => clearTimeout(timer)
  }, [parted])
  return back
}
