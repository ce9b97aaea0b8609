import { Button, Form, Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { can } from '../../shared/policy.ts'
import type { Assignment, Recommendation } from '../../shared/recommendations.ts'
import { useMe } from '../identity/MeContext.tsx'
import { usePutRecommendation } from '../recommendations/useRecommendation.ts'
import { useCommand } from '../transport/useCommand.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { FailureNote } from '../ui/FailureNote.tsx'

type Props = { recommendation: Recommendation; hostCode: string; supervisor: Assignment['supervisor'] }

/** Who sees to a region's part, and for its secretariat the means to change it. */
export function Supervisor({ recommendation, hostCode, supervisor }: Props) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const [open, setOpen] = useState(false)
  const mayName = can(actor, 'assignment:issue', { regionCodes: [hostCode] })
  if (!mayName && !supervisor) return null
  return (
    <div className="row soft">
      <span>
        {t('handling.supervisor')} {supervisor?.name ?? t('handling.noSupervisor')}
      </span>
      {mayName && (
        <Button type="link" size="small" onClick={() => setOpen(true)}>
          {supervisor ? t('handling.superviseChange') : t('handling.supervise')}
        </Button>
      )}
      {open && <SupervisorDialog {...{ recommendation, hostCode, supervisor }} onClose={() => setOpen(false)} />}
    </div>
  )
}

function SupervisorDialog({ recommendation: { id }, hostCode, supervisor, onClose }: Props & { onClose(): void }) {
  const { t } = useTranslation()
  const supervise = useCommand('assignment:supervise')
  const put = usePutRecommendation()
  const [accountId, setAccountId] = useState<string | null>(supervisor?.id ?? null)
  const { data = [], isLoading } = useQueryOf('supervisors', { recommendationId: id, hostCode })
  async function save() {
    const result = await supervise.send({ recommendationId: id, hostCode, accountId })
    if (!result.ok) return
    put(result.value)
    onClose()
  }
  return (
    <Modal
      open
      title={t('handling.superviseTitle')}
      okText={t('common.save')}
      cancelText={t('common.cancel')}
      confirmLoading={supervise.pending}
      onOk={() => void save()}
      onCancel={onClose}
    >
      <Form layout="vertical">
        <Form.Item label={t('handling.supervisor')} htmlFor="supervisor" extra={t('handling.superviseHelp')}>
          <Select
            id="supervisor"
            allowClear
            loading={isLoading}
            showSearch={{ optionFilterProp: 'label' }}
            value={accountId}
            placeholder={t('handling.superviseNobody')}
            options={data.map(({ id: value, name }) => ({ value, label: name }))}
            onChange={(next: string | undefined) => setAccountId(next ?? null)}
          />
        </Form.Item>
      </Form>
      <FailureNote failure={supervise.failure} />
    </Modal>
  )
}
