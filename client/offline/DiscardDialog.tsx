import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'

type Props = { title?: string; onOk: () => void; onClose: () => void }

/** Asks before words that are on this device alone are thrown away. */
export function DiscardDialog({ title, onOk, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <ConfirmDialog
      title={title ?? t('minutes.kept.discardTitle')}
      text={t('minutes.kept.discardText')}
      okText={t('minutes.kept.discard')}
      danger
      pending={false}
      failure={null}
      onOk={onOk}
      onClose={onClose}
    />
  )
}
