import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ClockKind, type ClockRules, clockKinds, type Period } from '../../shared/clocks.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { PeriodField } from './PeriodField.tsx'
import { useDayWords } from './useDayWords.ts'

type Props = { own: ClockRules; holds: Record<ClockKind, Period> }

export function RulesForm({ own, holds }: Props) {
  const { t } = useTranslation()
  const words = useDayWords()
  const { message } = App.useApp()
  const queryClient = useQueryClient()
  const [rules, setRules] = useState(own)
  const save = useCommand('clock:set-rules')
  async function submit() {
    const result = await save.send(rules)
    if (!result.ok) return
    void message.success(t('clocks.saved'))
    await queryClient.invalidateQueries({ queryKey: ['clock-rules'] })
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      {clockKinds.map((kind) => {
        const period = rules[kind]
        return (
          <div key={kind} className="row row-wide">
            <strong>{t(`clocks.title.${kind}`)}</strong>
            <span className="row">
              <Switch
                aria-label={`${t(`clocks.title.${kind}`)} ${t('clocks.ownPeriod')}`}
                checked={period !== null}
                onChange={(checked) => setRules({ ...rules, [kind]: checked ? holds[kind] : null })}
              />
              {t('clocks.ownPeriod')}
            </span>
            {period === null ? (
              <span className="soft">{own[kind] === null && t('clocks.inherits', { period: words.period(holds[kind]) })}</span>
            ) : (
              <PeriodField label={t(`clocks.title.${kind}`)} value={period} onChange={(next) => setRules({ ...rules, [kind]: next })} />
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
