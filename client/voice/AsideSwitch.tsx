import { Switch } from 'antd'
import { useTranslation } from 'react-i18next'

/** Figures with and without those who were set aside; where nobody was, there is nothing to choose. */
export function AsideSwitch({ setAside, all, onChange }: { setAside: number; all: boolean; onChange: (all: boolean) => void }) {
  const { t } = useTranslation()
  if (setAside === 0) return null
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the switch within is the control.
    <label className="row voice-aside">
      <Switch checked={all} onChange={onChange} />
      {t(all ? 'voice.withAside' : 'voice.withoutAside', { count: setAside })}
    </label>
  )
}
