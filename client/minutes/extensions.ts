import { type Extensions, getSchema } from '@tiptap/core'
import { Collaboration, isChangeOrigin } from '@tiptap/extension-collaboration'
import { CollaborationCaret } from '@tiptap/extension-collaboration-caret'
import { TableKit } from '@tiptap/extension-table'
import { UniqueID } from '@tiptap/extension-unique-id'
import { StarterKit } from '@tiptap/starter-kit'
import { minutesBlockTypes, minutesField } from '../../shared/minutes.ts'
import { GroupResultNode, PollResultNode, SpeechCitationNode, SuggestionCitationNode, VoteResultNode } from './citationNodes.ts'
import { FootnoteNode } from './footnoteNode.ts'
import { MeetingFieldNode, MeetingHeadNode } from './headNodes.ts'
import { ImageNode } from './imageNode.ts'
import { type Limits, SectionLimits } from './sectionLimits.ts'
import type { MinutesSession } from './session.ts'
import { unknownNodes } from './unknownNodes.ts'
import { AgendaHeadings, DecisionNode, RecommendationPassageNode } from './wordBlockNodes.ts'

/** What the minutes are made of. Where somebody may not write nothing may change the document by itself: the server would refuse it. */
export function minutesExtensions({ doc, provider }: MinutesSession, mayEdit: boolean, limits: Limits | null = null): Extensions {
  const own = [
    StarterKit.configure({
      undoRedo: false,
      link: false,
      code: false,
      codeBlock: false,
      horizontalRule: false,
      heading: { levels: [1, 2, 3] },
      ...((!mayEdit || limits) && { trailingNode: false }),
    }),
    Collaboration.configure({ document: doc, field: minutesField }),
    CollaborationCaret.configure({ provider, user: provider.awareness.getLocalState()?.user ?? {} }),
    UniqueID.configure({
      attributeName: 'blockId',
      types: [...minutesBlockTypes.filter((type) => type !== 'codeBlock')],
      filterTransaction: (transaction) => !isChangeOrigin(transaction),
      updateDocument: mayEdit,
    }),
    AgendaHeadings,
    MeetingHeadNode,
    MeetingFieldNode,
    DecisionNode,
    RecommendationPassageNode,
    FootnoteNode,
    ImageNode,
    // Widths of columns are not part of what is minuted.
    TableKit.configure({ table: { resizable: false } }),
    SuggestionCitationNode,
    SpeechCitationNode,
    VoteResultNode,
    PollResultNode,
    GroupResultNode,
    SectionLimits.configure({ limits }),
  ]
  return [...own, ...unknownNodes(doc, new Set(Object.keys(getSchema(own).nodes)))]
}
