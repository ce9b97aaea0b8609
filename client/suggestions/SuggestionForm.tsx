import { App, Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { formatReceipt, type Suggestion } from '../../shared/suggestions.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { PlainForm } from '../ui/PlainForm.tsx'

/** Puts in a suggestion from within the room. */
export function SuggestionForm({ meetingId, onPosted }: { meetingId: string; onPosted: (suggestion: Suggestion) => void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const post = useCommand('suggestion:post')
  const [text, setText] = useState('')
  // The same id until it is taken: asking again after a lost answer must not post it twice.
  const [id, setId] = useState(() => v7())

  async function submit() {
    const result = await post.send({ id, meetingId, text })
    if (!result.ok) return
    onPosted(result.value.suggestion)
    setText('')
    setId(v7())
    void message.success(t('suggestions.posted', { receipt: formatReceipt(result.value.receipt) }))
  }
  return (
    <PlainForm className="suggestion-form" onSubmit={submit}>
      <Input.TextArea
        value={text}
        maxLength={1_000}
        autoSize={{ minRows: 2, maxRows: 6 }}
        placeholder={t('suggestions.placeholder')}
        aria-label={t('suggestions.placeholder')}
        onChange={(event) => setText(event.target.value)}
      />
      <Button htmlType="submit" type="primary" loading={post.pending} disabled={text.trim() === ''}>
        {t('suggestions.suggest')}
      </Button>
      <FailureNote failure={post.failure} />
    </PlainForm>
  )
}
