import { Button, Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { type Assignment, type Recommendation, type Reply, replyGrades, replyOutcomes } from '../../shared/recommendations.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { usePutRecommendation } from './useRecommendation.ts'

type Item = Reply['items'][number]
type Fields = { text: string; items?: Record<string, Omit<Item, 'suggestionId'>> }
type Props = { assignment: Assignment; suggestions: Recommendation['suggestions'] }

/** The department's answer: one part for each suggestion that the recommendation came from. */
export function ReplyForm({ assignment, suggestions }: Props) {
  const { t } = useTranslation()
  const reply = useCommand('assignment:reply')
  const put = usePutRecommendation()
  const [id] = useState(() => v7())

  async function submit({ text, items = {} }: Fields) {
    const answered = Object.entries(items).map(([suggestionId, item]) => ({ ...item, suggestionId, text: item.text ?? '' }))
    const result = await reply.send({ id, assignmentId: assignment.id, text, items: answered })
    if (result.ok) put(result.value)
  }
  return (
    <Form<Fields> layout="vertical" scrollToFirstError={{ focus: true }} onFinish={(fields) => void submit(fields)}>
      <Form.Item
        name="text"
        label={t('recommendations.replyText')}
        rules={[{ required: true, whitespace: true, message: t('recommendations.replyTextMissing') }]}
      >
        <Input.TextArea autoSize={{ minRows: 4, maxRows: 16 }} maxLength={8_000} showCount />
      </Form.Item>
      {suggestions.map((suggestion, place) => (
        <ItemFields key={suggestion.id} suggestion={suggestion} place={place} />
      ))}
      <FailureNote failure={reply.failure} />
      <Button type="primary" htmlType="submit" loading={reply.pending} className="reply-send">
        {t('recommendations.reply')}
      </Button>
    </Form>
  )
}

function ItemFields({ suggestion: { id, text }, place }: { suggestion: Recommendation['suggestions'][number]; place: number }) {
  const { t } = useTranslation()
  const outcome: Item['outcome'] | undefined = Form.useWatch(['items', id, 'outcome'])
  const reasonNeeded = outcome === 'not-adopted'
  return (
    <fieldset className="reply-item">
      <legend>{t('recommendations.replyTo', { place: place + 1 })}</legend>
      <blockquote className="source">{text}</blockquote>
      <div className="reply-choice">
        <Form.Item
          name={['items', id, 'outcome']}
          label={t('recommendations.outcomeField')}
          rules={[{ required: true, message: t('recommendations.outcomeMissing') }]}
        >
          <Radio.Group options={replyOutcomes.map((value) => ({ value, label: t(`recommendations.outcome.${value}`) }))} />
        </Form.Item>
        <Form.Item
          name={['items', id, 'grade']}
          label={t('recommendations.gradeField')}
          rules={[{ required: true, message: t('recommendations.gradeMissing') }]}
        >
          <Radio.Group options={replyGrades.map((value) => ({ value, label: t(`recommendations.grade.${value}`) }))} />
        </Form.Item>
      </div>
      <Form.Item
        name={['items', id, 'text']}
        label={reasonNeeded ? t('recommendations.reason') : t('recommendations.itemText')}
        dependencies={[['items', id, 'outcome']]}
        rules={[{ required: reasonNeeded, whitespace: true, message: t('recommendations.reasonMissing') }]}
      >
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 10 }} maxLength={2_000} />
      </Form.Item>
    </fieldset>
  )
}
