import { Form, InputNumber, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Chairing } from '../../shared/chairing.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'

type Props = { chairing: Chairing; onSet: (chairing: Chairing) => void; onClose: () => void }

export function QuorumDialog({ chairing, onSet, onClose }: Props) {
  const { t } = useTranslation()
  const [quorum, setQuorum] = useState(chairing.quorum)
  const { send, pending, failure } = useCommand('chairing:set')

  async function save() {
    const result = await send({ meetingId: chairing.meetingId, quorum })
    if (!result.ok) return
    onSet(result.value)
    onClose()
  }
  return (
    <Modal
      open
      title={t('chairing.quorum.title')}
      okText={t('common.save')}
      cancelText={t('common.cancel')}
      confirmLoading={pending}
      onOk={() => void save()}
      onCancel={onClose}
    >
      <Form layout="vertical" onFinish={() => void save()}>
        <Form.Item label={t('chairing.quorum.label')} htmlFor="quorum" extra={t('chairing.quorum.none')}>
          <InputNumber id="quorum" size="large" min={1} max={10_000} precision={0} value={quorum} onChange={setQuorum} />
        </Form.Item>
        <FailureNote failure={failure} />
      </Form>
    </Modal>
  )
}
