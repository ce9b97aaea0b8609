import { InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { type Period, periodUnits } from '../../shared/clocks.ts'

type Props = { label: string; value: Period; disabled?: boolean; onChange(period: Period): void }

/** So many days, working days or months. */
export function PeriodField({ label, value, disabled = false, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <span className="period-field">
      <InputNumber
        aria-label={label}
        min={1}
        max={366}
        precision={0}
        value={value.amount}
        disabled={disabled}
        onChange={(amount) => onChange({ ...value, amount: amount ?? 1 })}
      />
      <Select
        aria-label={`${label} ${t('clocks.unit.calendar-days')}`}
        value={value.unit}
        disabled={disabled}
        options={periodUnits.map((unit) => ({ value: unit, label: t(`clocks.unit.${unit}`) }))}
        popupMatchSelectWidth={false}
        onChange={(unit) => onChange({ ...value, unit })}
      />
    </span>
  )
}
