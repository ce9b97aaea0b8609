import { Form, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { assignmentParts } from '../../shared/assignment-machine.ts'
import type { Assignment } from '../../shared/recommendations.ts'

type Part = Assignment['part']
type Props = { led: boolean; value: Part; onChange(part: Part): void }

/** Whether a department leads or has a part. Where one leads already, no other can. */
export function PartField({ led, value, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <Form.Item label={t('recommendations.part')} {...(led && { extra: t('recommendations.leadThere') })}>
      <Radio.Group
        aria-label={t('recommendations.part')}
        value={value}
        onChange={(event) => onChange(event.target.value as Part)}
        options={assignmentParts.map((part) => ({ value: part, label: t(`handling.part.${part}`), disabled: part === 'lead' && led }))}
      />
    </Form.Item>
  )
}
