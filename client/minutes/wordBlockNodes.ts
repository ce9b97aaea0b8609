import { Extension, Node } from '@tiptap/core'
import { wordBlockNames } from '../../shared/minutes-nodes.ts'

const wordBlock = (name: keyof typeof wordBlockNames, mark: string) =>
  Node.create({
    name,
    group: 'block',
    content: 'inline*',
    defining: true,
    parseHTML: () => [{ tag: `p[${mark}]`, priority: 60 }],
    renderHTML: ({ HTMLAttributes }) => [
      'p',
      { ...HTMLAttributes, [mark]: '', 'data-label': wordBlockNames[name], class: 'minutes-word-block' },
      0,
    ],
    addKeyboardShortcuts() {
      return {
        // At its beginning the key makes a plain paragraph of it, as it does of a heading.
        Backspace: () => {
          const { empty, $from } = this.editor.state.selection
          if (!empty || $from.parentOffset > 0 || $from.parent.type.name !== name) return false
          return this.editor.commands.setParagraph()
        },
      }
    },
  })

/** What was decided on an agenda item. */
export const DecisionNode = wordBlock('decision', 'data-decision')

/** What is to become a recommendation. */
export const RecommendationPassageNode = wordBlock('recommendationPassage', 'data-recommendation')

/** The heading of an agenda item knows which one it is, so that it can be reworded. */
export const AgendaHeadings = Extension.create({
  name: 'agendaHeadings',
  addGlobalAttributes: () => [
    {
      types: ['heading'],
      attributes: {
        agendaItemId: {
          default: null,
          keepOnSplit: false,
          parseHTML: (element: HTMLElement) => element.getAttribute('data-agenda-item'),
          renderHTML: ({ agendaItemId }: Record<string, unknown>) => (agendaItemId ? { 'data-agenda-item': agendaItemId } : {}),
        },
      },
    },
  ],
})
