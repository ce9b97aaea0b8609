import type { Extensions } from '@tiptap/core'
import { Collaboration, isChangeOrigin } from '@tiptap/extension-collaboration'
import { CollaborationCaret } from '@tiptap/extension-collaboration-caret'
import { UniqueID } from '@tiptap/extension-unique-id'
import { StarterKit } from '@tiptap/starter-kit'
import { minutesBlockTypes, minutesField } from '../../shared/minutes.ts'
import { GroupResultNode, PollResultNode, SpeechCitationNode, SuggestionCitationNode, VoteResultNode } from './citationNodes.ts'
import type { MinutesSession } from './session.ts'

/** What the minutes are made of. For a reader nothing may change the document by itself: the server would refuse it. */
export function minutesExtensions({ doc, provider }: MinutesSession, mayEdit: boolean): Extensions {
  return [
    StarterKit.configure({
      undoRedo: false,
      link: false,
      code: false,
      codeBlock: false,
      horizontalRule: false,
      heading: { levels: [1, 2, 3] },
      ...(!mayEdit && { trailingNode: false }),
    }),
    Collaboration.configure({ document: doc, field: minutesField }),
    CollaborationCaret.configure({ provider, user: provider.awareness.getLocalState()?.user ?? {} }),
    UniqueID.configure({
      attributeName: 'blockId',
      types: [...minutesBlockTypes.filter((type) => type !== 'codeBlock')],
      filterTransaction: (transaction) => !isChangeOrigin(transaction),
      updateDocument: mayEdit,
    }),
    SuggestionCitationNode,
    SpeechCitationNode,
    VoteResultNode,
    PollResultNode,
    GroupResultNode,
  ]
}
