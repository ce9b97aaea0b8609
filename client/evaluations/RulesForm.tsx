import { App, Button, Checkbox, Form, InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'
import { type EvaluationRules, hallRules } from '../../shared/evaluation-rules.ts'
import type { RegionSetting } from '../../shared/settings.ts'
import { useCommand } from '../transport/useCommand.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Sheet } from '../ui/Sheet.tsx'

/** When a second round opens in a region: its own rules, or those that it has from above. */
export function SecondRoundRules({ regionCode }: { regionCode: string }) {
  const { t } = useTranslation()
  const read = useQueryOf('region-setting', { regionCode, key: 'evaluation' })
  return (
    <Sheet title={t('evaluations.rules.title')}>
      <p className="soft">{t('evaluations.rules.intro')}</p>
      <Loaded of={read}>
        {({ own, inherited }) => <RulesForm key={own.version} own={own} above={rulesIn(inherited.setting) ?? hallRules} />}
      </Loaded>
    </Sheet>
  )
}

const rulesIn = (setting: RegionSetting): EvaluationRules | null => (setting.key === 'evaluation' ? setting.value : null)

function RulesForm({ own, above }: { own: RegionSetting; above: EvaluationRules }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const save = useCommand('setting:set')
  const { regionCode, version } = own
  const rules = rulesIn(own)
  async function send(value: EvaluationRules | null) {
    const result = await save.send({ regionCode, key: 'evaluation', value, version })
    if (result.ok) void message.success(t('clocks.saved'))
  }
  const replyGrades = (['B', 'C'] as const).map((value) => ({ value, label: t(`recommendations.grade.${value}`) }))
  const evaluatedGrades = (['B', 'C'] as const).map((value) => ({ value, label: t(`evaluations.grade.${value}`) }))
  return (
    <Form<EvaluationRules> layout="vertical" requiredMark={false} initialValues={rules ?? above} onFinish={(value) => void send(value)}>
      {rules === null && <p>{t('evaluations.rules.inherited')}</p>}
      <Form.Item name="evaluatedGrades" label={t('evaluations.rules.evaluatedGrades')}>
        <Checkbox.Group options={evaluatedGrades} />
      </Form.Item>
      <Form.Item name="replyGrades" label={t('evaluations.rules.replyGrades')}>
        <Checkbox.Group options={replyGrades} />
      </Form.Item>
      <Form.Item
        name="lowestMean"
        label={t('evaluations.rules.lowestMean')}
        extra={t('evaluations.rules.never')}
        rules={[{ required: true, message: t('evaluations.markMissing') }]}
      >
        <InputNumber min={1} max={5} step={0.5} />
      </Form.Item>
      <FailureNote failure={save.failure} />
      <div className="row">
        <Button type="primary" htmlType="submit" loading={save.pending}>
          {t('clocks.save')}
        </Button>
        {rules !== null && (
          <Button disabled={save.pending} onClick={() => void send(null)}>
            {t('evaluations.rules.inherit')}
          </Button>
        )}
      </div>
    </Form>
  )
}
