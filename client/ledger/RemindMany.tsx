import { Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import type { LedgerLine, Outcome } from '../../shared/ledger.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'

type Props = { lines: readonly LedgerLine[]; onClose: () => void; onDone: (outcomes: readonly Outcome[]) => void }

/** 催办: asks the departments of all of them to get on with it. */
export function RemindMany({ lines, onClose, onDone }: Props) {
  const { t } = useTranslation()
  const remind = useCommand('ledger:remind-many')
  const [id] = useState(() => v7())
  const [words, setWords] = useState('')

  async function send() {
    const result = await remind.send({ id, assignmentIds: lines.map(({ assignmentId }) => assignmentId!), words })
    if (result.ok) onDone(result.value)
  }
  return (
    <Modal
      open
      title={t('ledger.remindTitle', { count: lines.length })}
      okText={t('ledger.remindDo')}
      cancelText={t('common.cancel')}
      confirmLoading={remind.pending}
      onOk={() => void send()}
      onCancel={onClose}
    >
      <div className="stack">
        <p className="soft">{t('ledger.remindHelp')}</p>
        <Input.TextArea
          aria-label={t('ledger.remindWords')}
          placeholder={t('ledger.remindWords')}
          rows={3}
          maxLength={300}
          showCount
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <FailureNote failure={remind.failure} />
      </div>
    </Modal>
  )
}
