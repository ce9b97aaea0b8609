import { useQueryClient } from '@tanstack/react-query'
import { App, Button, InputNumber, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { hallWarnings } from '../../shared/clocks.ts'
import { type Inherited, type Setting, useSaveSetting } from '../regions/useSetting.ts'
import { FailureNote } from '../ui/FailureNote.tsx'

const kinds = ['sign', 'reply'] as const
const most = 60

/** How early a region's deadlines turn yellow and are reminded of. */
export function WarningsForm({ own, inherited }: { own: Setting<'reminders'>; inherited: Inherited<'reminders'> }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const queryClient = useQueryClient()
  const save = useSaveSetting(own, inherited)
  const [value, setValue] = useState(own.value)
  const above = inherited.setting.value ?? hallWarnings
  const shown = value ?? above

  async function submit() {
    if (!(await save.send(value))) return
    void message.success(t('clocks.saved'))
    // The colours of what is listed follow.
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
      <span className="row">
        <Switch
          aria-label={`${t('clocks.warnings')} ${t('clocks.ownPeriod')}`}
          checked={value !== null}
          onChange={(checked) => setValue(checked ? above : null)}
        />
        {t('clocks.ownPeriod')}
      </span>
      {kinds.map((kind) => (
        <div key={kind} className="row row-wide">
          <strong>{t(`clocks.title.${kind}`)}</strong>
          {value === null ? (
            <span className="soft">{t('clocks.inherits', { period: t('clocks.daysBefore', { days: shown[kind] }) })}</span>
          ) : (
            <span className="row">
              <InputNumber
                aria-label={`${t(`clocks.title.${kind}`)} ${t('clocks.daysField')}`}
                min={1}
                max={most}
                precision={0}
                value={shown[kind]}
                onChange={(next) => next !== null && setValue({ ...shown, [kind]: next })}
              />
              {t('clocks.daysField')}
            </span>
          )}
        </div>
      ))}
      <FailureNote failure={save.failure} />
      <div>
        <Button type="primary" htmlType="submit" loading={save.pending}>
          {t('clocks.save')}
        </Button>
      </div>
    </form>
  )
}
