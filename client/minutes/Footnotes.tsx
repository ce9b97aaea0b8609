import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { useTranslation } from 'react-i18next'

/** The notes at the foot of the paper, in the order of their numbers. */
export function Footnotes({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const notes = useEditorState({ editor, selector: () => notesIn(editor), equalityFn: sameNotes })
  if (notes.length === 0) return null
  return (
    <section className="minutes-paper footnotes" aria-label={t('minutes.footnote.list')}>
      <ol>
        {notes.map(({ place, text }) => (
          <li key={place}>{text || <span className="soft">{t('minutes.footnote.empty')}</span>}</li>
        ))}
      </ol>
    </section>
  )
}

type Note = { place: number; text: string }

function notesIn(editor: Editor): Note[] {
  const notes: Note[] = []
  editor.state.doc.descendants((node) => {
    if (node.type.name === 'footnote') notes.push({ place: notes.length, text: String(node.attrs.text) })
  })
  return notes
}

const sameNotes = (notes: Note[], others: Note[] | null) =>
  notes.length === others?.length && notes.every(({ text }, place) => text === others[place]?.text)
