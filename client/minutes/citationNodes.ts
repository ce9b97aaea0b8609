import { mergeAttributes, Node } from '@tiptap/core'
import { ReactNodeViewRenderer } from '@tiptap/react'
import { GroupResultView } from './GroupResultView.tsx'
import { PollResultView } from './PollResultView.tsx'
import { SpeechCitationView } from './SpeechCitationView.tsx'
import { SuggestionCitationView } from './SuggestionCitationView.tsx'
import { VoteResultView } from './VoteResultView.tsx'

const shape = { group: 'block', atom: true, selectable: true, draggable: true, isolating: true } as const

/** A plain attribute: kept in `data-` when a block is copied. */
const kept = (name: string) => ({
  default: null,
  parseHTML: (element: HTMLElement): unknown => JSON.parse(element.getAttribute(`data-${name}`) ?? 'null'),
  renderHTML: (attributes: Record<string, unknown>) => ({ [`data-${name}`]: JSON.stringify(attributes[camel(name)]) }),
})
const camel = (name: string) => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
const keptAll = (...names: string[]) => Object.fromEntries(names.map((name) => [camel(name), kept(name)]))

/** A suggestion in the minutes, as it read when it was cited. */
export const SuggestionCitationNode = Node.create({
  name: 'suggestionCitation',
  ...shape,
  addAttributes: () => keptAll('suggestion-id', 'text', 'author-name', 'cited-at'),
  parseHTML: () => [{ tag: 'blockquote[data-suggestion-id]', priority: 60 }],
  renderHTML: ({ node, HTMLAttributes }) => ['blockquote', mergeAttributes(HTMLAttributes), String(node.attrs.text)],
  renderText: ({ node }) => String(node.attrs.text),
  addNodeView: () => ReactNodeViewRenderer(SuggestionCitationView),
})

/** A speech in the minutes: who, from where, when and for how long. */
export const SpeechCitationNode = Node.create({
  name: 'speechCitation',
  ...shape,
  addAttributes: () => keptAll('speech-id', 'name', 'site-name', 'region', 'started-at', 'seconds'),
  parseHTML: () => [{ tag: 'blockquote[data-speech-id]', priority: 60 }],
  renderHTML: ({ node, HTMLAttributes }) => ['blockquote', mergeAttributes(HTMLAttributes), String(node.attrs.name)],
  renderText: ({ node }) => String(node.attrs.name),
  addNodeView: () => ReactNodeViewRenderer(SpeechCitationView),
})

/** A vote's result in the minutes, with its numbers. */
export const VoteResultNode = Node.create({
  name: 'voteResult',
  ...shape,
  addAttributes: () =>
    keptAll('vote-id', 'question', 'secret', 'majority', 'base', 'yes', 'no', 'abstain', 'present', 'quorum', 'outcome', 'closed-at'),
  parseHTML: () => [{ tag: 'blockquote[data-vote-id]', priority: 60 }],
  renderHTML: ({ node, HTMLAttributes }) => ['blockquote', mergeAttributes(HTMLAttributes), String(node.attrs.question)],
  renderText: ({ node }) => String(node.attrs.question),
  addNodeView: () => ReactNodeViewRenderer(VoteResultView),
})

/** How people answered what the chair asked. */
export const PollResultNode = Node.create({
  name: 'pollResult',
  ...shape,
  addAttributes: () => keptAll('poll-id', 'kind', 'question', 'options', 'counts', 'answered', 'closed-at'),
  parseHTML: () => [{ tag: 'blockquote[data-poll-id]', priority: 60 }],
  renderHTML: ({ node, HTMLAttributes }) => ['blockquote', mergeAttributes(HTMLAttributes), String(node.attrs.question)],
  renderText: ({ node }) => String(node.attrs.question),
  addNodeView: () => ReactNodeViewRenderer(PollResultView),
})

/** What a group of the meeting came to. */
export const GroupResultNode = Node.create({
  name: 'groupResult',
  ...shape,
  addAttributes: () => keptAll('group-id', 'name', 'topic', 'text', 'opened-at'),
  parseHTML: () => [{ tag: 'blockquote[data-group-id]', priority: 60 }],
  renderHTML: ({ node, HTMLAttributes }) => ['blockquote', mergeAttributes(HTMLAttributes), String(node.attrs.text)],
  renderText: ({ node }) => String(node.attrs.text),
  addNodeView: () => ReactNodeViewRenderer(GroupResultView),
})
