import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ClockKind, type ClockRules, clockKinds, type Period } from '../../shared/clocks.ts'
import { useCommand } from '../transport/useCommand.ts'
import { PeriodField } from './PeriodField.tsx'
import { OwnSwitch, RuleForm, RuleRow } from './RuleForm.tsx'
import { useDayWords } from './useDayWords.ts'

type Props = { own: ClockRules; holds: Record<ClockKind, Period> }

/** Within what time a region's departments sign and reply. */
export function RulesForm({ own, holds }: Props) {
  const { t } = useTranslation()
  const words = useDayWords()
  const [rules, setRules] = useState(own)
  const save = useCommand('clock:set-rules')
  return (
    <RuleForm save={save} onSave={async () => (await save.send(rules)).ok}>
      {clockKinds.map((kind) => {
        const title = t(`clocks.title.${kind}`)
        const period = rules[kind]
        const put = (next: Period | null) => setRules({ ...rules, [kind]: next })
        return (
          <RuleRow
            key={kind}
            title={title}
            own={period !== null}
            // Of what was just taken back nobody here knows yet what holds instead.
            inherits={own[kind] === null ? words.period(holds[kind]) : ''}
            toggle={<OwnSwitch of={title} checked={period !== null} onChange={(checked) => put(checked ? holds[kind] : null)} />}
          >
            {period && <PeriodField label={title} value={period} onChange={put} />}
          </RuleRow>
        )
      })}
    </RuleForm>
  )
}
