import { useQueryClient } from '@tanstack/react-query'
import { App, Button, InputNumber, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClockWarnings, WarningDays } from '../../shared/clocks.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'

const kinds = ['sign', 'reply'] as const
const most = 60

/** How early a region's deadlines turn yellow and are reminded of. */
export function WarningsForm({ own, holds }: { own: ClockWarnings; holds: WarningDays }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const queryClient = useQueryClient()
  const [warnings, setWarnings] = useState(own)
  const save = useCommand('clock:set-warnings')

  async function submit() {
    const result = await save.send(warnings)
    if (!result.ok) return
    void message.success(t('clocks.saved'))
    await queryClient.invalidateQueries({ queryKey: ['clock-warnings'] })
    await queryClient.invalidateQueries({ queryKey: ['recommendations'] })
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <div className="soft">{t('clocks.warningsIntro')}</div>
      {kinds.map((kind) => {
        const days = warnings[kind]
        const title = t(`clocks.title.${kind}`)
        return (
          <div key={kind} className="row row-wide">
            <strong>{title}</strong>
            <span className="row">
              <Switch
                aria-label={`${title} ${t('clocks.ownPeriod')}`}
                checked={days !== null}
                onChange={(checked) => setWarnings({ ...warnings, [kind]: checked ? holds[kind] : null })}
              />
              {t('clocks.ownPeriod')}
            </span>
            {days === null ? (
              <span className="soft">
                {own[kind] === null && t('clocks.inherits', { period: t('clocks.daysBefore', { days: holds[kind] }) })}
              </span>
            ) : (
              <InputNumber
                aria-label={`${title} ${t('clocks.daysField')}`}
                min={1}
                max={most}
                precision={0}
                value={days}
                onChange={(next) => next !== null && setWarnings({ ...warnings, [kind]: next })}
              />
            )}
          </div>
        )
      })}
      <FailureNote failure={save.failure} />
      <div>
        <Button type="primary" htmlType="submit" loading={save.pending}>
          {t('clocks.save')}
        </Button>
      </div>
    </form>
  )
}
