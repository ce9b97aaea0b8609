import { mergeAttributes, Node } from '@tiptap/core'
import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { Selection } from '@tiptap/pm/state'
import { ReactNodeViewRenderer } from '@tiptap/react'
import { headFieldNames, headFieldSchema } from '../../shared/minutes-nodes.ts'
import { MeetingHeadView } from './MeetingHeadView.tsx'

/** What the meeting was, above everything else: filled in from the meeting, and people's to change. */
export const MeetingHeadNode = Node.create({
  name: 'meetingHead',
  group: 'block',
  content: 'meetingField+',
  defining: true,
  isolating: true,
  parseHTML: () => [{ tag: 'section[data-meeting-head]' }],
  renderHTML: ({ HTMLAttributes }) => ['section', mergeAttributes(HTMLAttributes, { 'data-meeting-head': '' }), 0],
  addNodeView: () => ReactNodeViewRenderer(MeetingHeadView),
})

/** One line of the head. */
export const MeetingFieldNode = Node.create({
  name: 'meetingField',
  content: 'text*',
  marks: '',
  defining: true,
  isolating: true,
  addAttributes: () => ({
    name: {
      default: null,
      parseHTML: (element: HTMLElement) => element.getAttribute('data-meeting-field'),
      renderHTML: ({ name }: Record<string, unknown>) => ({ 'data-meeting-field': name, 'data-label': labelOf(name) }),
    },
  }),
  parseHTML: () => [{ tag: 'p[data-meeting-field]', priority: 60 }],
  renderHTML: ({ HTMLAttributes }) => ['p', HTMLAttributes, 0],
  addKeyboardShortcuts() {
    return {
      // A field is one line: the key goes to the next one, and from the last one out of the head.
      Enter: () => {
        const { $from } = this.editor.state.selection
        if ($from.parent.type.name !== this.name) return false
        const next = Selection.findFrom(this.editor.state.doc.resolve($from.after()), 1, true)
        return this.editor
          .chain()
          .command(({ tr }) => {
            if (next) tr.setSelection(next).scrollIntoView()
            return true
          })
          .run()
      },
    }
  },
})

const labelOf = (name: unknown) => {
  const field = headFieldSchema.safeParse(name).data
  return field ? headFieldNames[field] : ''
}

/** The head with what the meeting says now. What it says nothing about keeps its words. */
export function headWith(head: ProseMirrorNode, said: Partial<Record<string, string>>): ProseMirrorNode {
  const { schema } = head.type
  const fields: ProseMirrorNode[] = []
  head.forEach((field) => {
    const words = said[String(field.attrs.name)]
    fields.push(words ? field.type.create(field.attrs, schema.text(words)) : field)
  })
  return head.type.create(head.attrs, fields)
}
