import { Button, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { entries } from '../../shared/chairing.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { QuorumDialog } from './QuorumDialog.tsx'
import { useChairing } from './useChairing.ts'

/** On the meeting's page: how people enter its room, and its quorum. */
export function OrderSheet({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const { chairing, learn } = useChairing(meeting.id)
  const set = useCommand('chairing:set')
  const [open, setOpen] = useState(false)
  if (!chairing) return null
  const over = meeting.status === 'ended'

  async function enterBy(entry: (typeof entries)[number]) {
    const result = await set.send({ meetingId: meeting.id, entry })
    if (result.ok) learn(result.value)
  }
  return (
    <Sheet title={t('chairing.order.title')}>
      <div className="stack">
        <div>
          <div id="entry-label">{t('chairing.order.entry')}</div>
          <Radio.Group
            aria-labelledby="entry-label"
            disabled={over || set.pending}
            value={chairing.entry}
            options={entries.map((value) => ({ value, label: t(`chairing.order.entries.${value}`) }))}
            onChange={(event) => void enterBy(event.target.value)}
          />
          <div className="soft small">{t('chairing.order.lobbyHint')}</div>
        </div>
        <div className="row">
          <span className="grow">
            {t('chairing.order.quorum')} <b>{chairing.quorum ?? t('chairing.order.noQuorum')}</b>
          </span>
          {!over && <Button onClick={() => setOpen(true)}>{t('chairing.menu.quorum')}</Button>}
        </div>
        <FailureNote failure={set.failure} />
      </div>
      {open && <QuorumDialog chairing={chairing} onSet={learn} onClose={() => setOpen(false)} />}
    </Sheet>
  )
}
