import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'

const keys = ['j', 'k', 'p', 'a', 'm', 'h', 's', 'd', 'b', 'x', 't', 'u'] as const

export function KeyHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal open title={t('queue.keys')} footer={null} onCancel={onClose}>
      <dl className="queue-keys">
        {keys.map((key) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`queue.key.${key}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
