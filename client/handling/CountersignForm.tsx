import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Assignment } from '../../shared/recommendations.ts'
import { usePutRecommendation } from '../recommendations/useRecommendation.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'

/** What a co-handler said when it counter-signed; empty for plain agreement. */
const saidBy = ({ steps }: Assignment) => steps.findLast(({ move }) => move === 'countersign')?.reason ?? ''

export function CountersignText({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation()
  return <p className="pre">{saidBy(assignment) || t('handling.agrees')}</p>
}

/** 会签, by a co-handler: its own part in words, or plain agreement. */
export function CountersignForm({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation()
  const again = assignment.status === 'countersigned'
  const [open, setOpen] = useState(!again)
  if (open) return <Fields assignment={assignment} onDone={() => setOpen(false)} />
  return (
    <div>
      <Button type="link" onClick={() => setOpen(true)}>
        {t('handling.countersignAgain')}
      </Button>
    </div>
  )
}

function Fields({ assignment, onDone }: { assignment: Assignment; onDone(): void }) {
  const { t } = useTranslation()
  const countersign = useCommand('assignment:countersign')
  const put = usePutRecommendation()
  async function submit({ text }: { text: string }) {
    const result = await countersign.send({ assignmentId: assignment.id, text })
    if (!result.ok) return
    put(result.value)
    onDone()
  }
  return (
    <Form layout="vertical" initialValues={{ text: saidBy(assignment) }} onFinish={(fields: { text: string }) => void submit(fields)}>
      <Form.Item name="text" className="counted" label={t('handling.countersignText')} extra={t('handling.countersignHelp')}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} maxLength={4_000} showCount />
      </Form.Item>
      <FailureNote failure={countersign.failure} />
      <Button type="primary" htmlType="submit" loading={countersign.pending}>
        {t('handling.countersign')}
      </Button>
    </Form>
  )
}
