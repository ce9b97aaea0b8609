import { Modal } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../shared/errors.ts'
import { FailureNote } from './FailureNote.tsx'

type Props = {
  title: string
  text: ReactNode
  okText: string
  danger?: boolean
  pending: boolean
  failure: Failure | null
  onOk: () => void
  onClose: () => void
}

/** Asks before something is done that is not easily undone, and says what it does. */
export function ConfirmDialog({ title, text, okText, danger = false, pending, failure, onOk, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <Modal
      open
      title={title}
      okText={okText}
      okButtonProps={{ danger }}
      cancelText={t('common.cancel')}
      confirmLoading={pending}
      onOk={onOk}
      onCancel={onClose}
    >
      <p>{text}</p>
      <FailureNote failure={failure} />
    </Modal>
  )
}
