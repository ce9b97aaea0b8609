import { Modal, Select } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isOpen, type Suggestion } from '../../shared/suggestions.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import type { DialogProps } from './TextDialogs.tsx'

/** Makes one suggestion part of another that says the same. */
export function MergeDialog({ suggestion, onDone, onClose, others }: DialogProps & { others: readonly Suggestion[] }) {
  const { t } = useTranslation()
  const merge = useCommand('suggestion:merge')
  const [intoId, setIntoId] = useState<string | null>(null)
  const field = useId()
  const choices = others.filter((other) => other.id !== suggestion.id && isOpen(other))
  async function finish() {
    if (!intoId) return
    const result = await merge.send({ suggestionId: suggestion.id, intoId })
    if (!result.ok) return
    onDone(result.value)
    onClose()
  }
  return (
    <Modal
      open
      title={t('suggestions.mergeTitle')}
      okText={t('suggestions.merge')}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: !intoId, loading: merge.pending }}
      onOk={() => void finish()}
      onCancel={onClose}
    >
      <blockquote className="suggestion-quote pre">{suggestion.text}</blockquote>
      <label htmlFor={field}>{t('suggestions.mergeLabel')}</label>
      <Select
        id={field}
        className="merge-choice"
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('suggestions.mergePick')}
        value={intoId}
        onChange={setIntoId}
        options={choices.map((other) => ({ value: other.id, label: `${other.authorName || t('suggestions.anonymous')}：${other.text}` }))}
      />
      <FailureNote failure={merge.failure} />
    </Modal>
  )
}
