import type { Editor } from '@tiptap/core'
import { App } from 'antd'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { suggestionSummary } from '../../shared/minutes-summary.ts'
import { get } from '../transport/http.ts'
import { insertBlock } from './selection.ts'

/** Drafts what people put in, at the cursor, for the recorder to correct. */
export function useSummary(editor: Editor, meetingId: string): () => Promise<void> {
  const { t } = useTranslation()
  const { message } = App.useApp()
  return useCallback(async () => {
    const voice = await get('voice', { meetingId }).catch(() => null)
    if (!voice) return void message.error(t('minutes.summary.failed'))
    const sentences = suggestionSummary(voice)
    if (sentences.length === 0) return void message.info(t('minutes.summary.nothing'))
    for (const text of sentences) insertBlock(editor, { type: 'paragraph', content: [{ type: 'text', text }] }, true)
    message.success(t(voice.results ? 'minutes.summary.done' : 'minutes.summary.doneWithoutStances'))
  }, [editor, meetingId, message, t])
}
