import { Button, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFacts } from '../media/RoomContext.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { useFloor } from './useFloor.ts'

/** The chair gives the word to somebody who has not asked for it. */
export function CallUpon() {
  const { t } = useTranslation()
  const { participants, selfId } = useFacts()
  const { call } = useFloor()
  const [whom, setWhom] = useState<string | null>(null)
  const here = [...participants.values()].filter((one) => one.present && one.id !== selfId && one.role !== 'observer')
  const options = here.map(({ id, name, siteName }) => ({ value: id, label: [name, siteName].filter(Boolean).join(' · ') }))
  async function send() {
    if (!whom) return
    await call.send(whom)
    setWhom(null)
  }
  return (
    <section>
      <div className="row call-upon">
        <Select
          className="grow"
          showSearch={{ optionFilterProp: 'label' }}
          allowClear
          aria-label={t('floor.callWhom')}
          placeholder={t('floor.callWhom')}
          value={here.some(({ id }) => id === whom) ? whom : null}
          options={options}
          onChange={(value) => setWhom(value ?? null)}
        />
        <Button disabled={!whom} loading={call.pending} onClick={() => void send()}>
          {t('floor.call')}
        </Button>
      </div>
      <FailureNote failure={call.failure} />
    </section>
  )
}
