import { App, Modal, Select } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isOpen, type Suggestion } from '../../shared/suggestions.ts'
import { useCommand } from '../transport/useCommand.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import type { DialogProps } from './TextDialogs.tsx'
import { UnmergeButton } from './UnmergeButton.tsx'

/** Long enough to see that it was the wrong one. It can be undone later too, where it stands in the list. */
const undoSeconds = 10

/** Makes one suggestion part of another that says the same. */
export function MergeDialog({ suggestion, onDone, onClose, others }: DialogProps & { others: readonly Suggestion[] }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const merge = useCommand('suggestion:merge')
  const [intoId, setIntoId] = useState<string | null>(null)
  const field = useId()
  const options = useChoices(suggestion, others)
  async function finish() {
    if (!intoId) return
    const result = await merge.send({ suggestionId: suggestion.id, intoId })
    if (!result.ok) return
    onDone(result.value)
    onClose()
    offerUndo()
  }
  function offerUndo() {
    const key = `merged ${suggestion.id}`
    const undone = (back: Suggestion) => {
      message.destroy(key)
      onDone(back)
    }
    const content = (
      <>
        {t('suggestions.merged')} <UnmergeButton suggestionId={suggestion.id} onDone={undone} />
      </>
    )
    void message.open({ key, type: 'success', duration: undoSeconds, content })
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
        options={options}
      />
      <p className="small">{t('suggestions.mergeNote')}</p>
      <FailureNote failure={merge.failure} />
    </Modal>
  )
}

/** All that it may be merged into: what says much the same first. */
function useChoices({ id, meetingId, text }: Suggestion, others: readonly Suggestion[]) {
  const { t } = useTranslation()
  const { data: similar = [] } = useQueryOf('similar', { meetingId, text })
  const open = others.filter((other) => other.id !== id && isOpen(other))
  const isSimilar = (other: Suggestion) => similar.some((one) => one.id === other.id)
  const optionOf = (other: Suggestion) => ({
    value: other.id,
    label: `${other.authorName || t('suggestions.anonymous')}：${other.text}${t('suggestions.mergeCount', { count: other.supportCount })}`,
  })
  const groups = [
    { label: t('suggestions.similar'), options: open.filter(isSimilar).map(optionOf) },
    { label: t('suggestions.others'), options: open.filter((other) => !isSimilar(other)).map(optionOf) },
  ]
  return groups.filter(({ options }) => options.length > 0)
}
