import { Button, DatePicker, Form, Input, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../shared/errors.ts'
import { suggestionPolicies } from '../../shared/meetings.ts'
import { RegionsSelect } from '../regions/RegionSelect.tsx'
import type { NamedRegion } from '../regions/useRegionChoices.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { LinkButton } from '../ui/LinkButton.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { AgendaFields } from './AgendaFields.tsx'
import type { PlanFields } from './plan.ts'
import { SiteFields } from './SiteFields.tsx'
import './meetings.css'

type Props = {
  initial: PlanFields
  known: readonly NamedRegion[]
  pending: boolean
  failure: Failure | null
  submitText: string
  cancelTo: string
  onSubmit: (fields: PlanFields) => Promise<void>
}

export function PlanForm({ initial, known, pending, failure, submitText, cancelTo, onSubmit }: Props) {
  const { t } = useTranslation()
  const [form] = Form.useForm<PlanFields>()
  return (
    <Form<PlanFields>
      form={form}
      layout="vertical"
      initialValues={initial}
      scrollToFirstError={{ focus: true }}
      // All of the form's values: the ids of items and sites have no field of their own.
      onFinish={() => void onSubmit(form.getFieldsValue(true))}
      className="stack stack-wide"
    >
      <Sheet title={t('meetings.basics')}>
        <Form.Item
          name="title"
          label={t('meetings.titleField')}
          rules={[{ required: true, whitespace: true, message: t('meetings.titleMissing') }]}
        >
          <Input maxLength={80} showCount />
        </Form.Item>
        <Form.Item name="startsAt" label={t('meetings.startsAt')} rules={[{ required: true, message: t('meetings.startsAtMissing') }]}>
          <DatePicker
            showTime={{ format: 'HH:mm', minuteStep: 5 }}
            format={t('meetings.dateFormat')}
            needConfirm={false}
            style={{ width: '100%', maxWidth: 320 }}
          />
        </Form.Item>
        <Form.Item
          name="regionCodes"
          label={t('meetings.coHosting')}
          extra={t('meetings.coHostingHelp')}
          rules={[{ required: true, message: t('meetings.coHostingMissing') }]}
        >
          <RegionsSelect known={known} />
        </Form.Item>
        <Form.Item name="suggestionPolicy" label={t('meetings.policy')} className="last-item">
          <Radio.Group
            className="stack-tight"
            options={suggestionPolicies.map((value) => ({ value, label: t(`meetings.policyLong.${value}`) }))}
          />
        </Form.Item>
      </Sheet>
      <AgendaFields />
      <SiteFields known={known} />
      <FailureNote failure={failure} />
      <div className="row">
        <Button type="primary" htmlType="submit" loading={pending}>
          {submitText}
        </Button>
        <LinkButton to={cancelTo}>{t('common.cancel')}</LinkButton>
      </div>
    </Form>
  )
}
