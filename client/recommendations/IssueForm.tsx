import { Button, Form, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { leadOf } from '../../shared/assignment-machine.ts'
import { can, rules } from '../../shared/policy.ts'
import type { Assignment, Recommendation } from '../../shared/recommendations.ts'
import type { Organization } from '../../shared/regions.ts'
import { PartField } from '../handling/PartField.tsx'
import { useMe } from '../identity/MeContext.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { useDepartments } from './useDepartments.ts'
import { usePutRecommendation } from './useRecommendation.ts'

/** For secretariats: gives the recommendation to a department. Each region's departments are given work by its own secretariat. */
export function IssueForm({ recommendation }: { recommendation: Recommendation }) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const issues = actor.grants.some(({ role }) => rules['assignment:issue'].roles.some((allowed) => allowed === role))
  if (!issues) return null
  return (
    <Sheet title={t('recommendations.issueTitle')}>
      <IssueFields recommendation={recommendation} />
    </Sheet>
  )
}

function IssueFields({ recommendation }: { recommendation: Recommendation }) {
  const { t } = useTranslation()
  const issue = useCommand('assignment:issue')
  const put = usePutRecommendation()
  const options = useDepartmentOptions(recommendation)
  const [id, setId] = useState(() => v7())
  const [form] = Form.useForm<{ organizationId: string }>()
  const [part, setPart] = useState<Assignment['part']>('lead')
  const led = useLed(recommendation, Form.useWatch('organizationId', form))
  const chosen = led ? 'co-handler' : part

  async function give({ organizationId }: { organizationId: string }) {
    const result = await issue.send({ id, recommendationId: recommendation.id, organizationId, part: chosen })
    if (!result.ok) return
    put(result.value)
    setId(v7())
    form.resetFields()
  }
  return (
    <Form form={form} layout="vertical" onFinish={(fields) => void give(fields)}>
      <Form.Item
        name="organizationId"
        label={t('recommendations.department')}
        extra={t('recommendations.issueHelp')}
        rules={[{ required: true, message: t('recommendations.departmentMissing') }]}
      >
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={options}
          placeholder={t('recommendations.departmentChoose')}
          notFoundContent={t('recommendations.noDepartments')}
        />
      </Form.Item>
      <PartField led={led} value={chosen} onChange={setPart} />
      <FailureNote failure={issue.failure} />
      <Button type="primary" htmlType="submit" loading={issue.pending}>
        {t('recommendations.issue')}
      </Button>
    </Form>
  )
}

/** Whether the region of this department has one that leads. */
function useLed({ meetingId, assignments }: Recommendation, organizationId: string | undefined): boolean {
  const chosen = useDepartments(meetingId).find(({ options }) => options.some(({ id }) => id === organizationId))
  return chosen !== undefined && leadOf({ hostCode: chosen.hostCode }, assignments) !== undefined
}

/** What may be chosen: those that another secretariat answers for can be seen but not chosen. */
function useDepartmentOptions({ meetingId, assignments }: Recommendation) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const departments = useDepartments(meetingId)
  const given = new Set(assignments.map(({ organizationId }) => organizationId))
  const optionOf = ({ id, name, regionCode }: Organization) => {
    const mine = can(actor, 'assignment:issue', { regionCodes: [regionCode] })
    const note = given.has(id) ? t('recommendations.alreadyIssued') : mine ? '' : t('recommendations.otherSecretariat')
    return { value: id, label: note ? `${name} (${note})` : name, disabled: note !== '' }
  }
  return departments.map(({ label, options }) => ({ label, options: options.map(optionOf) }))
}
