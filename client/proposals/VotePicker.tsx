import { Checkbox, Form } from 'antd'
import { useTranslation } from 'react-i18next'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { Sheet } from '../ui/Sheet.tsx'

/** The votes of the meeting that it rests on; nothing where there was none. */
export function VotePicker({ meetingId }: { meetingId: string }) {
  const { t } = useTranslation()
  const { data = [] } = useQueryOf('votes', { meetingId })
  const closed = data.filter(({ result }) => result !== null)
  if (closed.length === 0) return null
  return (
    <Sheet title={t('proposals.votes')}>
      <Form.Item name="voteIds" className="last-item">
        <Checkbox.Group
          className="pick-list"
          options={closed.map(({ id, question, result }) => ({
            value: id,
            label: result ? `${question} · ${t(`chairing.vote.outcome.${result.outcome}`)}` : question,
          }))}
        />
      </Form.Item>
    </Sheet>
  )
}
