import type { Editor } from '@tiptap/core'
import { Form, Input, Modal, Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { type Amendment, amendmentKinds } from '../../shared/amendments.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { passageAtCursor, passagesIn } from './passages.ts'

type Fields = { blockId: string; kind: Amendment['kind']; proposed: string; reason: string }
type Props = { editor: Editor; meetingId: string; learn: (amendment: Amendment) => void; onClose: () => void }

/** Proposes other words for a passage, that it goes, or what is to follow it. Begins with the passage that has the cursor. */
export function ProposeDialog({ editor, meetingId, learn, onClose }: Props) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Fields>()
  const { send, pending, failure } = useCommand('amendment:propose')
  const [id] = useState(() => v7())
  // As they read when the dialog opened: what is compared is what was read.
  const [passages] = useState(() => passagesIn(editor))
  const wordsOf = (blockId: string | undefined) => passages.find((passage) => passage.blockId === blockId)
  const [first] = useState(() => wordsOf(passageAtCursor(editor)))
  const kind = Form.useWatch('kind', form) ?? 'replace'
  const chosen = wordsOf(Form.useWatch('blockId', form))

  async function propose({ blockId, kind, proposed, reason }: Fields) {
    const before = kind === 'add' ? '' : (wordsOf(blockId)?.words ?? '')
    const result = await send({ id, meetingId, kind, blockId, before, proposed: kind === 'remove' ? '' : proposed, reason })
    if (!result.ok) return
    learn(result.value)
    onClose()
  }
  /** What it says now is what one begins from, until one has begun. */
  function begin(changed: Partial<Fields>) {
    if (changed.blockId === undefined && changed.kind === undefined) return
    const now = form.getFieldsValue()
    const passage = wordsOf(now.blockId)
    if (now.kind === 'replace' && passage && !passage.amendable) form.setFieldValue('kind', 'remove')
    form.setFieldValue('proposed', now.kind === 'replace' ? (passage?.words ?? '') : '')
  }
  const lines = chosen?.words.split('\n').length ?? 1
  const fits = (_: unknown, value: string) => {
    if (form.getFieldValue('kind') !== 'replace') return Promise.resolve()
    if (value === chosen?.words) return Promise.reject(new Error(t('signing.amendments.same')))
    const same = (value ?? '').trim().split('\n').length === lines
    return same ? Promise.resolve() : Promise.reject(new Error(t('signing.amendments.linesDiffer', { count: lines })))
  }
  return (
    <Modal
      open
      width={640}
      title={t('signing.amendments.proposeTitle')}
      okText={t('signing.amendments.submit')}
      cancelText={t('common.cancel')}
      confirmLoading={pending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          blockId: first?.blockId,
          kind: first && !first.amendable ? 'remove' : 'replace',
          proposed: first?.amendable ? first.words : '',
          reason: '',
        }}
        onValuesChange={begin}
        onFinish={(fields) => void propose(fields)}
      >
        <Form.Item
          name="blockId"
          label={t('signing.amendments.passage')}
          rules={[{ required: true, message: t('signing.amendments.passageMissing') }]}
        >
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={passages.map(({ blockId, words }) => ({ value: blockId, label: words.slice(0, 80) }))}
          />
        </Form.Item>
        <Form.Item name="kind" label={t('signing.amendments.kind')}>
          <Radio.Group
            options={amendmentKinds.map((value) => ({
              value,
              label: t(`signing.amendments.kinds.${value}`),
              disabled: value === 'replace' && chosen?.amendable === false,
            }))}
          />
        </Form.Item>
        {kind !== 'remove' && (
          <Form.Item
            name="proposed"
            label={t(kind === 'add' ? 'signing.amendments.proposedAdd' : 'signing.amendments.proposed')}
            rules={[{ required: true, whitespace: true, message: t('signing.amendments.proposedMissing') }, { validator: fits }]}
          >
            <Input.TextArea lang="zh-CN" maxLength={20_000} autoSize={{ minRows: 3, maxRows: 12 }} />
          </Form.Item>
        )}
        <Form.Item
          name="reason"
          label={t('signing.amendments.reason')}
          rules={[{ required: true, whitespace: true, message: t('signing.amendments.reasonMissing') }]}
        >
          <Input.TextArea maxLength={1_000} autoSize={{ minRows: 2, maxRows: 6 }} />
        </Form.Item>
        <FailureNote failure={failure} />
      </Form>
    </Modal>
  )
}
