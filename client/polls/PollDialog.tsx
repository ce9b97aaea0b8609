import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { type Poll, pollKinds, pollResults } from '../../shared/polls.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import './polls.css'

type Fields = Pick<Poll, 'question' | 'kind' | 'options' | 'results'>

const most = 8

/** What the chair asks everybody, how it is answered, and who sees how it stands. */
export function PollDialog({ meetingId, onClose }: { meetingId: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Fields>()
  const { send, pending, failure } = useCommand('poll:open')
  // Pressed again after a lost answer, it opens the same poll.
  const [id] = useState(() => v7())
  const kind = Form.useWatch('kind', form)
  const chooses = kind === 'single' || kind === 'multiple'

  async function start({ options = [], ...fields }: Fields) {
    const result = await send({ id, meetingId, ...fields, options: chooses ? options.map((option) => option.trim()) : [] })
    if (result.ok) onClose()
  }
  return (
    <Modal
      open
      title={t('polls.ask')}
      okText={t('polls.start')}
      cancelText={t('common.cancel')}
      confirmLoading={pending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ question: '', kind: 'single', options: ['', ''], results: 'answered' }}
        onFinish={(fields) => void start(fields)}
      >
        <Form.Item
          name="question"
          label={t('polls.question')}
          rules={[{ required: true, whitespace: true, message: t('polls.questionMissing') }]}
        >
          <Input.TextArea autoFocus maxLength={120} autoSize={{ minRows: 2, maxRows: 4 }} />
        </Form.Item>
        <Form.Item name="kind" label={t('polls.kind')}>
          <Radio.Group options={pollKinds.map((value) => ({ value, label: t(`polls.kinds.${value}`) }))} />
        </Form.Item>
        {chooses && <Options />}
        <Form.Item name="results" label={t('polls.results')} extra={t('polls.resultsHint')}>
          <Radio.Group options={pollResults.map((value) => ({ value, label: t(`polls.resultsOf.${value}`) }))} />
        </Form.Item>
        <FailureNote failure={failure} />
      </Form>
    </Modal>
  )
}

function Options() {
  const { t } = useTranslation()
  const form = Form.useFormInstance<Fields>()
  const once = (_: unknown, value: string) => {
    const same = form.getFieldValue('options').filter((other: string | undefined) => other?.trim() === value?.trim())
    return value?.trim() && same.length > 1 ? Promise.reject(new Error(t('polls.optionTwice'))) : Promise.resolve()
  }
  return (
    <fieldset className="poll-options">
      <legend>{t('polls.options')}</legend>
      <Form.List name="options">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }, place) => (
              <div key={key} className="poll-option">
                <Form.Item
                  name={name}
                  rules={[{ required: true, whitespace: true, message: t('polls.optionMissing') }, { validator: once }]}
                >
                  <Input
                    maxLength={40}
                    aria-label={t('polls.option', { n: place + 1 })}
                    placeholder={t('polls.option', { n: place + 1 })}
                  />
                </Form.Item>
                {fields.length > 2 && (
                  <Button
                    icon={<DeleteOutlined aria-hidden />}
                    aria-label={t('polls.removeOption', { n: place + 1 })}
                    onClick={() => remove(name)}
                  />
                )}
              </div>
            ))}
            {fields.length < most && (
              <Form.Item>
                <Button icon={<PlusOutlined aria-hidden />} onClick={() => add('')}>
                  {t('polls.addOption')}
                </Button>
              </Form.Item>
            )}
          </>
        )}
      </Form.List>
    </fieldset>
  )
}
