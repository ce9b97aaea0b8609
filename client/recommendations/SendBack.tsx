import { Button, Form, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { leadOf } from '../../shared/assignment-machine.ts'
import type { Assignment, Recommendation } from '../../shared/recommendations.ts'
import { PartField } from '../handling/PartField.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { ReasonDialog } from './ReasonDialog.tsx'
import { useDepartments } from './useDepartments.ts'
import { usePutRecommendation } from './useRecommendation.ts'

/** 退办: for a department that finds it is not the one to answer. */
export function SendBack({ assignment, meetingId }: { assignment: Assignment; meetingId: string }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <div>
      <Button type="link" onClick={() => setOpen(true)}>
        {t('recommendations.sendBack')}
      </Button>
      {open && <SendBackDialog assignment={assignment} meetingId={meetingId} onClose={() => setOpen(false)} />}
    </div>
  )
}

function SendBackDialog({ assignment, meetingId, onClose }: { assignment: Assignment; meetingId: string; onClose(): void }) {
  const { t } = useTranslation()
  const sendBack = useCommand('assignment:return')
  const put = usePutRecommendation()
  const [proposedId, setProposedId] = useState<string | null>(null)
  const departments = useDepartments(meetingId)
  const options = departments.map(({ label, options: all }) => ({
    label,
    options: all.filter(({ id }) => id !== assignment.organizationId).map(({ id, name }) => ({ value: id, label: name })),
  }))
  async function submit(reason: string) {
    const result = await sendBack.send({ assignmentId: assignment.id, reason, proposedId })
    if (result.ok) put(result.value)
    return result.ok
  }
  return (
    <ReasonDialog
      title={t('recommendations.sendBackTitle')}
      button={t('recommendations.sendBackDo')}
      {...sendBack}
      submit={submit}
      onClose={onClose}
    >
      <p className="soft">{t('recommendations.sendBackHelp')}</p>
      <Form.Item label={t('recommendations.whose')} htmlFor="whose">
        <Select
          id="whose"
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          options={options}
          placeholder={t('recommendations.whoseChoose')}
          notFoundContent={t('recommendations.noDepartments')}
          onChange={(id: string | undefined) => setProposedId(id ?? null)}
        />
      </Form.Item>
    </ReasonDialog>
  )
}

type InsistProps = { assignment: Assignment; recommendation: Recommendation }

/** For the secretariat, of what came back: it stays with this department. To give it to another, it is issued to that one. */
export function Insist({ assignment, recommendation }: InsistProps) {
  const { t } = useTranslation()
  const insist = useCommand('assignment:insist')
  const put = usePutRecommendation()
  const [open, setOpen] = useState(false)
  const led = leadOf(assignment, recommendation.assignments) !== undefined
  const [part, setPart] = useState(assignment.part)
  const chosen = led ? 'co-handler' : part
  async function submit(reason: string) {
    const result = await insist.send({ assignmentId: assignment.id, reason, part: chosen })
    if (result.ok) put(result.value)
    return result.ok
  }
  return (
    <div className="stack">
      <p className="soft">{t('recommendations.insistHelp')}</p>
      <div>
        <Button onClick={() => setOpen(true)}>{t('recommendations.insist')}</Button>
      </div>
      {open && (
        <ReasonDialog
          title={t('recommendations.insist')}
          button={t('recommendations.insist')}
          {...insist}
          submit={submit}
          onClose={() => setOpen(false)}
        >
          <PartField led={led} value={chosen} onChange={setPart} />
        </ReasonDialog>
      )}
    </div>
  )
}
