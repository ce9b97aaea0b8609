import type { Editor } from '@tiptap/core'
import { App } from 'antd'
import { useCallback, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import type { MinutesImage } from '../../shared/minutes-nodes.ts'
import { mostPhotoBytes, photoPath } from '../../shared/photo-rules.ts'
import type { Photo } from '../../shared/photos.ts'
import { command, putBytes } from '../transport/http.ts'
import { useFailureText } from '../ui/useFailureText.ts'
import { insertBlock } from './selection.ts'

/** Puts pictures into the minutes: chosen, pasted or dropped. They are kept by the program before they stand in the text. */
export function useImages(editor: Editor, meetingId: string, mayEdit: boolean): { choose: () => void } {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const failureText = useFailureText()

  const add = useCallback(
    async (file: File) => {
      if (file.size > mostPhotoBytes) return void message.error(t('minutes.image.tooLarge'))
      const hide = message.loading(t('minutes.image.sending'), 0)
      const result = await keep(file, meetingId)
      hide()
      if (!result.ok) return void message.error(failureText(result.error))
      insertBlock(editor, { type: 'image', attrs: result.value }, true)
    },
    [editor, meetingId, message, t, failureText],
  )

  useEffect(() => {
    if (!mayEdit) return
    const take = (event: ClipboardEvent | DragEvent, files: FileList | undefined) => {
      const pictures = [...(files ?? [])].filter(({ type }) => type.startsWith('image/'))
      // A cell range or text copied from an office program carries a picture of itself as well.
      const hasText = 'clipboardData' in event && event.clipboardData?.types.includes('text/html')
      if (pictures.length === 0 || hasText) return
      event.preventDefault()
      event.stopPropagation()
      for (const picture of pictures) void add(picture)
    }
    const paste = (event: ClipboardEvent) => take(event, event.clipboardData?.files)
    const drop = (event: DragEvent) => take(event, event.dataTransfer?.files)
    const { dom } = editor.view
    dom.addEventListener('paste', paste, true)
    dom.addEventListener('drop', drop, true)
    return () => {
      dom.removeEventListener('paste', paste, true)
      dom.removeEventListener('drop', drop, true)
    }
  }, [editor, mayEdit, add])

  const choose = useCallback(() => {
    const input = Object.assign(document.createElement('input'), { type: 'file', accept: 'image/jpeg,image/png,image/webp', hidden: true })
    input.onchange = () => {
      input.remove()
      for (const file of input.files ?? []) void add(file)
    }
    input.oncancel = () => input.remove()
    // In the page, because a browser may throw away one that is nowhere while its box is still open.
    document.body.append(input)
    input.click()
  }, [add])
  return { choose }
}

async function keep(file: File, meetingId: string) {
  const photoId = v7()
  const kept = await putBytes<Photo>(photoPath(photoId), await file.arrayBuffer())
  if (!kept.ok) return kept
  const taken = await command('minutes:add-image', { meetingId, photoId })
  if (!taken.ok) return taken
  const { width, height } = kept.value
  return { ok: true as const, value: { photoId, width, height, caption: '' } satisfies MinutesImage }
}
