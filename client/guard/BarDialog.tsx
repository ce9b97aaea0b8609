import { Input, Modal } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import type { BarredDevice } from '../../shared/guard.ts'
import type { Suggestion } from '../../shared/suggestions.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'

type Props = { suggestion: Suggestion; onDone: (barred: BarredDevice) => void; onClose: () => void }

/** Bars the device that a suggestion came from, for as long as the meeting runs. */
export function BarDialog({ suggestion, onDone, onClose }: Props) {
  const { t } = useTranslation()
  const bar = useCommand('guard:bar')
  const [id] = useState(() => v7())
  const [reason, setReason] = useState('')
  const field = useId()
  async function finish() {
    const result = await bar.send({ id, suggestionId: suggestion.id, reason })
    if (!result.ok) return
    onDone(result.value)
    onClose()
  }
  return (
    <Modal
      open
      title={t('guard.barTitle')}
      okText={t('guard.bar')}
      cancelText={t('common.cancel')}
      okButtonProps={{ danger: true, disabled: reason.trim() === '', loading: bar.pending }}
      onOk={() => void finish()}
      onCancel={onClose}
    >
      <blockquote className="suggestion-quote pre">{suggestion.text}</blockquote>
      <p>{t('guard.barText')}</p>
      <label htmlFor={field}>{t('guard.barReason')}</label>
      <Input
        id={field}
        autoFocus
        value={reason}
        maxLength={200}
        onChange={(event) => setReason(event.target.value)}
        onPressEnter={() => reason.trim() && void finish()}
      />
      <FailureNote failure={bar.failure} />
    </Modal>
  )
}
