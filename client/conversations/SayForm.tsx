import { CloseOutlined, PaperClipOutlined } from '@ant-design/icons'
import { Button, Upload as Chooser, DatePicker, Form, Input, Radio } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { isDone } from '../../shared/assignment-machine.ts'
import { type ConversationMessage, contactWays, conversationStages } from '../../shared/conversations.ts'
import { acceptedFiles } from '../../shared/file-rules.ts'
import type { Assignment } from '../../shared/recommendations.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { sizeOf } from './sizeOf.ts'
import { usePutMessage } from './useConversations.ts'
import { useUploads } from './useUploads.ts'

type Fields = Pick<ConversationMessage, 'stage' | 'way' | 'text'> & { heldOn?: Dayjs }
type Props = { assignment: Assignment; recommendationId: string }

/** When in the handling it is said, as far as the assignment tells. */
const stageOf = ({ status }: Assignment): ConversationMessage['stage'] =>
  status === 'issued' ? 'before' : isDone(status) ? 'after' : 'during'

export function SayForm({ assignment, recommendationId }: Props) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Fields>()
  const way = Form.useWatch('way', form)
  const say = useCommand('conversation:say')
  const put = usePutMessage(recommendationId)
  const files = useUploads(assignment.id)
  const [id, setId] = useState(() => v7())

  async function send({ heldOn, ...fields }: Fields) {
    const day = fields.way === 'message' || !heldOn ? null : heldOn.format('YYYY-MM-DD')
    const result = await say.send({ id, assignmentId: assignment.id, ...fields, heldOn: day, fileIds: files.kept })
    if (!result.ok) return
    put(result.value)
    setId(v7())
    form.setFieldValue('text', '')
    files.clear()
  }
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ stage: stageOf(assignment), way: 'message', text: '' }}
      onFinish={(fields) => void send(fields)}
    >
      <div className="say-choice">
        <Form.Item name="stage" label={t('conversations.stageField')}>
          <Radio.Group options={conversationStages.map((value) => ({ value, label: t(`conversations.stage.${value}`) }))} />
        </Form.Item>
        <Form.Item name="way" label={t('conversations.wayField')}>
          <Radio.Group options={contactWays.map((value) => ({ value, label: t(`conversations.way.${value}`) }))} />
        </Form.Item>
        {way !== undefined && way !== 'message' && (
          <Form.Item
            name="heldOn"
            label={t('conversations.heldOn')}
            rules={[{ required: true, message: t('conversations.heldOnMissing') }]}
          >
            <DatePicker disabledDate={(day) => day.isAfter(dayjs(), 'day')} />
          </Form.Item>
        )}
      </div>
      <Form.Item
        name="text"
        label={way === undefined || way === 'message' ? t('conversations.text') : t('conversations.textOfContact')}
        rules={[{ required: true, whitespace: true, message: t('conversations.textMissing') }]}
      >
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} maxLength={4_000} />
      </Form.Item>
      <Files files={files} />
      <FailureNote failure={say.failure ?? files.failure} />
      <Button type="primary" htmlType="submit" loading={say.pending} disabled={files.sending}>
        {t('conversations.send')}
      </Button>
    </Form>
  )
}

function Files({ files }: { files: ReturnType<typeof useUploads> }) {
  const { t } = useTranslation()
  return (
    <div className="say-files">
      <Chooser
        accept={acceptedFiles}
        multiple
        showUploadList={false}
        beforeUpload={(file) => {
          void files.add(file)
          return false
        }}
      >
        <Button icon={<PaperClipOutlined />}>{t('conversations.addFile')}</Button>
      </Chooser>
      <span className="soft small">{t('conversations.fileHelp')}</span>
      <ul className="plain-list">
        {files.uploads.map(({ id, name, bytes, state }) => (
          <li key={id} className="row">
            <span>{name}</span>
            <span className="soft small">{state === 'kept' ? sizeOf(bytes) : t(`conversations.file.${state}`)}</span>
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined />}
              aria-label={t('conversations.removeFile', { name })}
              onClick={() => files.remove(id)}
            />
          </li>
        ))}
      </ul>
    </div>
  )
}
