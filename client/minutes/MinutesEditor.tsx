import type { Editor } from '@tiptap/core'
import { EditorContent, useEditor } from '@tiptap/react'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Meeting } from '../../shared/meetings.ts'
import { minutesExtensions } from './extensions.ts'
import { Footnotes } from './Footnotes.tsx'
import { cleanPasted } from './pasted.ts'
import { type Limits, limitsKey } from './sectionLimits.ts'
import type { MinutesSession } from './session.ts'
import { Toolbar } from './Toolbar.tsx'
import { useCiting } from './useCiting.ts'
import { useImages } from './useImages.ts'
import { useSummary } from './useSummary.ts'

type Props = {
  session: MinutesSession
  meeting: Meeting
  mayEdit: boolean
  /** Where somebody writes who does not write everywhere. For other sections the editor is made anew, by its `key`. */
  limits: Limits | null
  /** More buttons above the paper. */
  tools?: ReactNode
  /** What stands beside the paper. */
  beside?: ((editor: Editor) => ReactNode) | null
}

/** The document itself, with its tools for those who may write. */
export function MinutesEditor({ session, meeting, mayEdit, limits, tools, beside = null }: Props) {
  const { t } = useTranslation()
  const first = useRef(limits).current
  const extensions = useMemo(() => minutesExtensions(session, mayEdit, first), [session, mayEdit, first])
  const wasUsed = useRef(false)
  const editor = useEditor(
    {
      extensions,
      editable: mayEdit,
      // The page's security policy lets no style sheet in that is made at run time; ours stands in minutes.css.
      injectCSS: false,
      onFocus: () => {
        wasUsed.current = true
      },
      editorProps: {
        transformPastedHTML: cleanPasted,
        attributes: {
          class: 'minutes-text',
          lang: 'zh-CN',
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-readonly': String(!mayEdit),
          'aria-label': t('minutes.editor'),
        },
      },
    },
    [extensions, mayEdit],
  )
  useEffect(() => {
    if (limits && !editor.isDestroyed) editor.view.dispatch(editor.state.tr.setMeta(limitsKey, limits))
  }, [editor, limits])
  const cite = useCiting(editor, meeting, mayEdit, () => wasUsed.current)
  const { choose } = useImages(editor, meeting.id, mayEdit)
  const draft = useSummary(editor, meeting.id)

  return (
    <>
      <Toolbar
        editor={editor}
        meeting={meeting}
        mayEdit={mayEdit}
        onCite={cite}
        tools={tools}
        fetching={{ image: choose, summary: () => void draft() }}
      />
      <div className="minutes-desk">
        <div className={beside ? 'minutes-beside' : undefined}>
          <div>
            <EditorContent editor={editor} className="minutes-paper" />
            <Footnotes editor={editor} />
          </div>
          {beside?.(editor)}
        </div>
      </div>
    </>
  )
}
