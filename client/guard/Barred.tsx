import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { BarredDevice } from '../../shared/guard.ts'
import { useNews } from '../transport/ConnectionContext.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { keyOf, useQueryOf } from '../transport/useQueryOf.ts'
import { Empty } from '../ui/Empty.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { StateTag } from '../ui/StateTag.tsx'
import { When } from '../ui/When.tsx'

/** The devices that were barred from a meeting, with those that were let in again. */
export function Barred({ meetingId }: { meetingId: string }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const unbar = useCommand('guard:unbar')
  const { data: list = [] } = useQueryOf('barred-devices', { meetingId })
  const readAgain = () => void queryClient.invalidateQueries({ queryKey: keyOf('barred-devices', { meetingId }) })
  useNews('guard:barred', (barred) => {
    if (barred.meetingId === meetingId) readAgain()
  })
  async function lift({ id }: BarredDevice) {
    const result = await unbar.send({ barredDeviceId: id })
    if (result.ok) readAgain()
  }
  return (
    <Sheet title={t('guard.barred')} aside={t('guard.barredCount', { count: list.filter(({ liftedAt }) => !liftedAt).length })}>
      {list.length === 0 && <Empty>{t('guard.nobodyBarred')}</Empty>}
      <ul className="plain-list stack-tight">
        {list.map((one) => (
          <li key={one.id} className="row">
            <StateTag tone={one.liftedAt ? 'good' : 'warn'}>{t(one.liftedAt ? 'guard.lifted' : 'guard.isBarred')}</StateTag>
            <b>{one.name || t('suggestions.anonymous')}</b>
            <span>{one.reason}</span>
            <span className="soft small">
              {one.byName} <When at={one.at} part="clock" />
              {one.liftedAt && ` → ${one.liftedByName ?? ''}`}
            </span>
            {!one.liftedAt && (
              <Button size="small" loading={unbar.pending} onClick={() => void lift(one)}>
                {t('guard.unbar')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <FailureNote failure={unbar.failure} />
    </Sheet>
  )
}
