import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Station } from '../../shared/stations.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'

/** A station's new name, and closing it or opening it again. */
export function StationDetails({ station }: { station: Station }) {
  const { t } = useTranslation()
  const rename = useCommand('station:rename')
  const retire = useCommand('station:retire')
  const [name, setName] = useState(station.name)
  const field = useId()
  const save = () => rename.send({ stationId: station.id, name })
  const turn = () => retire.send({ stationId: station.id, retired: !station.retired })
  return (
    <div className="stack">
      <label htmlFor={field}>{t('stations.name')}</label>
      <div className="row">
        <Input id={field} value={name} maxLength={40} style={{ maxWidth: 360 }} onChange={(event) => setName(event.target.value)} />
        <Button loading={rename.pending} disabled={name.trim() === '' || name.trim() === station.name} onClick={() => void save()}>
          {t('stations.rename')}
        </Button>
        <Button danger={!station.retired} loading={retire.pending} onClick={() => void turn()}>
          {t(station.retired ? 'stations.reopen' : 'stations.close')}
        </Button>
      </div>
      <p className="soft">{t(station.retired ? 'stations.closedText' : 'stations.closeText')}</p>
      <FailureNote failure={rename.failure ?? retire.failure} />
    </div>
  )
}
