import { InputNumber } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { hallWarnings, mostWarningDays } from '../../shared/clocks.ts'
import { type Inherited, type Setting, useSaveSetting } from '../regions/useSetting.ts'
import { OwnSwitch, RuleForm, RuleRow } from './RuleForm.tsx'

const kinds = ['sign', 'reply'] as const

/** How early a region's deadlines turn yellow and are reminded of. */
export function WarningsForm({ own, inherited }: { own: Setting<'reminders'>; inherited: Inherited<'reminders'> }) {
  const { t } = useTranslation()
  const save = useSaveSetting(own, inherited)
  const [value, setValue] = useState(own.value)
  const above = inherited.setting.value ?? hallWarnings
  return (
    <RuleForm save={save} onSave={() => save.send(value)}>
      <div className="soft">{t('clocks.warningsIntro')}</div>
      <OwnSwitch of={t('clocks.warnings')} checked={value !== null} onChange={(checked) => setValue(checked ? above : null)} />
      {kinds.map((kind) => {
        const title = t(`clocks.title.${kind}`)
        return (
          <RuleRow key={kind} title={title} own={value !== null} inherits={t('clocks.daysBefore', { days: above[kind] })}>
            <span className="row">
              <InputNumber
                aria-label={`${title} ${t('clocks.daysField')}`}
                min={1}
                max={mostWarningDays}
                precision={0}
                value={value?.[kind] ?? above[kind]}
                onChange={(next) => next !== null && setValue({ ...(value ?? above), [kind]: next })}
              />
              {t('clocks.daysField')}
            </span>
          </RuleRow>
        )
      })}
    </RuleForm>
  )
}
