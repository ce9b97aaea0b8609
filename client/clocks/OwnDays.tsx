import { DeleteOutlined } from '@ant-design/icons'
import { Button, Input, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OwnDay } from '../../shared/clocks.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { PlainForm } from '../ui/PlainForm.tsx'
import { useDayWords } from './useDayWords.ts'

/** The days on which a region works or rests against the country's calendar; those from above are shown and not changed here. */
export function OwnDays({ regionCode, days }: { regionCode: string; days: readonly OwnDay[] }) {
  const { t } = useTranslation()
  const words = useDayWords()
  const set = useCommand('clock:set-day')
  const [day, setDay] = useState('')
  const [name, setName] = useState('')
  const [work, setWork] = useState(false)
  async function send(wish: { day: string; work: boolean | null; name: string }) {
    const result = await set.send({ regionCode, ...wish })
    if (!result.ok) return
    setDay('')
    setName('')
  }
  return (
    <>
      <p className="soft">{t('clocks.daysHelp')}</p>
      {days.length === 0 && <p>{t('clocks.noDays')}</p>}
      <ul className="plain-list">
        {days.map((one) => (
          <li key={`${one.regionCode} ${one.day}`} className="own-day">
            <span>{words.day(one.day)}</span>
            <span>{t(one.work ? 'clocks.works' : 'clocks.rests')}</span>
            <span>{one.name}</span>
            {one.regionCode === regionCode ? (
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t('clocks.remove', { day: words.day(one.day) })}
                onClick={() => void send({ day: one.day, work: null, name: '' })}
              />
            ) : (
              <span className="soft small">{t('clocks.above')}</span>
            )}
          </li>
        ))}
      </ul>
      <PlainForm className="own-day-form" onSubmit={() => send({ day, work, name })}>
        <Input
          style={{ width: 170 }}
          type="date"
          aria-label={t('clocks.day')}
          value={day}
          onChange={(event) => setDay(event.target.value)}
        />
        <Segmented
          aria-label={t('clocks.days')}
          value={work}
          options={[
            { value: false, label: t('clocks.rests') },
            { value: true, label: t('clocks.works') },
          ]}
          onChange={setWork}
        />
        <Input
          style={{ width: 200 }}
          maxLength={20}
          placeholder={t('clocks.dayName')}
          aria-label={t('clocks.dayName')}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button htmlType="submit" disabled={day === ''} loading={set.pending}>
          {t('clocks.add')}
        </Button>
      </PlainForm>
      <FailureNote failure={set.failure} />
    </>
  )
}
