import { type GetRef, Input, Modal } from 'antd'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Result } from '../../shared/commands.ts'
import type { Failure } from '../../shared/errors.ts'
import type { Suggestion } from '../../shared/suggestions.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { onConfirmKey } from './onConfirmKey.ts'
import { Presets } from './Presets.tsx'

export type DialogProps = { suggestion: Suggestion; onDone: (suggestion: Suggestion) => void; onClose: () => void }

export function AnswerDialog(props: DialogProps) {
  const { t } = useTranslation()
  const { send, pending, failure } = useCommand('suggestion:answer')
  const words = { title: t('suggestions.answerTitle'), label: t('suggestions.answerLabel'), button: t('suggestions.answer') }
  const submit = (answer: string) => send({ suggestionId: props.suggestion.id, answer })
  return (
    <TextDialog
      {...props}
      {...words}
      max={2_000}
      begin={props.suggestion.answer ?? ''}
      pending={pending}
      failure={failure}
      submit={submit}
    />
  )
}

export function HideDialog(props: DialogProps) {
  const { t } = useTranslation()
  const { send, pending, failure } = useCommand('suggestion:hide')
  const words = { title: t('suggestions.hideTitle'), label: t('suggestions.hideLabel'), button: t('suggestions.hide') }
  const submit = (reason: string) => send({ suggestionId: props.suggestion.id, reason })
  const presets = t('suggestions.hidePresets', { returnObjects: true })
  return <TextDialog {...props} {...words} presets={presets} max={200} begin="" pending={pending} failure={failure} submit={submit} />
}

type TextDialogProps = DialogProps & {
  title: string
  label: string
  button: string
  /** What is said so often that one press is enough. */
  presets?: readonly string[]
  max: number
  begin: string
  pending: boolean
  failure: Failure | null
  submit: (text: string) => Promise<Result<Suggestion>>
}

function TextDialog({
  suggestion,
  onDone,
  onClose,
  title,
  label,
  button,
  presets = [],
  max,
  begin,
  pending,
  failure,
  submit,
}: TextDialogProps) {
  const { t } = useTranslation()
  const [text, setText] = useState(begin)
  const field = useId()
  const area = useRef<GetRef<typeof Input.TextArea>>(null)
  const mayFinish = text.trim() !== '' && !pending
  async function finish() {
    if (!mayFinish) return
    const result = await submit(text)
    if (!result.ok) return
    onDone(result.value)
    onClose()
  }
  return (
    <Modal
      open
      title={title}
      okText={button}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: text.trim() === '', loading: pending }}
      onOk={() => void finish()}
      onCancel={onClose}
    >
      <blockquote className="suggestion-quote pre">{suggestion.text}</blockquote>
      {presets.length > 0 && (
        <Presets
          presets={presets}
          chosen={text}
          onChoose={(preset) => {
            setText(preset)
            area.current?.focus()
          }}
        />
      )}
      <label htmlFor={field}>{label}</label>
      <div className="counted-field">
        <Input.TextArea
          id={field}
          ref={area}
          autoFocus={presets.length === 0}
          value={text}
          maxLength={max}
          showCount
          autoSize={{ minRows: 3, maxRows: 10 }}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onConfirmKey(() => void finish())}
        />
      </div>
      <FailureNote failure={failure} />
    </Modal>
  )
}
