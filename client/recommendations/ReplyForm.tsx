import { Alert, Button, Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import type { AssignmentMove } from '../../shared/assignment-machine.ts'
import { type Assignment, type Recommendation, type Reply, replyGrades, replyOutcomes } from '../../shared/recommendations.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { When } from '../ui/When.tsx'
import { useKeptReply } from './useKeptReply.ts'
import { usePutRecommendation } from './useRecommendation.ts'

type Item = Reply['items'][number]
type Fields = { text: string; items?: Record<string, Omit<Item, 'suggestionId'>> }
type Props = {
  assignment: Assignment
  suggestions: Recommendation['suggestions']
  /** By these it is laid before the head, or signed and given. */
  moves: readonly AssignmentMove[]
  /** What it is written from: the draft, or the version that was sent back. */
  from: Pick<Reply, 'text' | 'items'> | null
}

/** The department's answer: one part for each suggestion that the recommendation came from. */
export function ReplyForm({ assignment, suggestions, moves, from }: Props) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Fields>()
  const commands = { draft: useCommand('assignment:draft'), reply: useCommand('assignment:reply') }
  const put = usePutRecommendation()
  const kept = useKeptReply(assignment)
  const [ids, setIds] = useState(() => ({ draft: v7(), reply: v7() }))

  async function send(move: 'draft' | 'reply') {
    const fields = await form.validateFields().catch(() => null)
    if (!fields) return
    const { text, items = {} } = fields
    const answered = Object.entries(items).map(([suggestionId, item]) => ({ ...item, suggestionId, text: item.text ?? '' }))
    const result = await commands[move].send({ id: ids[move], assignmentId: assignment.id, text, items: answered })
    if (!result.ok) return
    setIds({ draft: v7(), reply: v7() })
    kept.forget()
    put(result.value)
  }
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      initialValues={fieldsOf(from)}
      scrollToFirstError={{ focus: true }}
      // What was written before is decided on first, so that neither takes the other's place.
      disabled={kept.offered !== null}
      onValuesChange={(_, fields) => kept.keep(fields)}
    >
      {kept.offered && (
        <Alert
          type="info"
          showIcon
          className="kept-reply"
          title={t('recommendations.keptReply')}
          description={<When at={kept.offered.at} />}
          action={
            <span className="row">
              <Button type="primary" disabled={false} onClick={() => form.setFieldsValue(kept.take() as Fields)}>
                {t('recommendations.keptTake')}
              </Button>
              <Button disabled={false} onClick={kept.forget}>
                {t('recommendations.keptForget')}
              </Button>
            </span>
          }
        />
      )}
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
      <FailureNote failure={commands.draft.failure ?? commands.reply.failure} />
      {moves.includes('reply') && <p className="soft">{t('handling.answerHelp')}</p>}
      <div className="row reply-send">
        {moves.includes('reply') && (
          <Button type="primary" loading={commands.reply.pending} onClick={() => void send('reply')}>
            {t('handling.answer')}
          </Button>
        )}
        {moves.includes('draft') && (
          <Button
            type={moves.includes('reply') ? 'default' : 'primary'}
            loading={commands.draft.pending}
            onClick={() => void send('draft')}
          >
            {assignment.status === 'drafted' ? t('handling.toHeadAgain') : t('handling.toHead')}
          </Button>
        )}
      </div>
    </Form>
  )
}

const fieldsOf = (from: Props['from']): Fields =>
  from ? { text: from.text, items: Object.fromEntries(from.items.map(({ suggestionId, ...item }) => [suggestionId, item])) } : { text: '' }

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
