import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { queueKeys } from './keys.ts'

export function KeyHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const lines = [
    ...Object.entries(queueKeys).map(([key, action]) => [key, t(`queue.key.${action}`)] as const),
    ['Ctrl ↵', t('queue.key.confirm')] as const,
  ]
  return (
    <Modal open title={t('queue.keys')} footer={null} onCancel={onClose}>
      <dl className="queue-keys">
        {lines.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
