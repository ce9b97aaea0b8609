import { App, Modal, Select } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isOpen, type Suggestion } from '../../shared/suggestions.ts'
import { useCommand } from '../transport/useCommand.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { onConfirmKey } from './onConfirmKey.ts'
import type { DialogProps } from './TextDialogs.tsx'
import { UnmergeButton } from './UnmergeButton.tsx'

/** Long enough to see that it was the wrong one. It can be undone later too, where it stands in the list. */
const undoSeconds = 10
const shownCharacters = 60

const shortened = (text: string) => (text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text)

type Props = DialogProps & {
  others: readonly Suggestion[]
  /** Left out where there is another way back. */
  undoable?: boolean
}

/** Makes one suggestion part of another that says the same. */
export function MergeDialog({ suggestion, onDone, onClose, others, undoable = true }: Props) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const merge = useCommand('suggestion:merge')
  const [intoId, setIntoId] = useState<string | null>(null)
  const field = useId()
  const options = useChoices(suggestion, others)
  async function finish() {
    if (!intoId || merge.pending) return
    const result = await merge.send({ suggestionId: suggestion.id, intoId })
    if (!result.ok) return
    onDone(result.value)
    onClose()
    if (undoable) offerUndo()
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
        autoFocus
        showSearch={{ optionFilterProp: 'whole' }}
        placeholder={t('suggestions.mergePick')}
        value={intoId}
        onChange={setIntoId}
        options={options}
        onKeyDown={onConfirmKey(() => void finish())}
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
  const optionOf = ({ id, authorName, text, supportCount }: Suggestion) => {
    const author = authorName || t('suggestions.anonymous')
    return {
      value: id,
      label: `${author}：${shortened(text)}${t('suggestions.mergeCount', { count: supportCount })}`,
      // All of it is searched, of which the list shows the beginning.
      whole: `${author}：${text}`,
    }
  }
  const groups = [
    { label: t('suggestions.similar'), options: open.filter(isSimilar).map(optionOf) },
    { label: t('suggestions.others'), options: open.filter((other) => !isSimilar(other)).map(optionOf) },
  ]
  return groups.filter(({ options }) => options.length > 0)
}
