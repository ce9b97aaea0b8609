import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { CommandName, QueryName } from '../../shared/contract.ts'

/** What a command is about: the first word of its name. */
export type Subject = CommandName extends infer Name ? (Name extends `${infer First}:${string}` ? First : never) : never
export const subjectOf = (name: CommandName) => name.slice(0, name.indexOf(':')) as Subject

/** What shows recommendations, where they stand and until when. */
const ofRecommendations = [
  ...(['recommendation', 'recommendations', 'recommendation-publicity', 'worklist', 'ledger', 'ledger-counts'] as const),
  ...(['reply-draft', 'assignment-clocks', 'assignment-reminders', 'conversations'] as const),
  ...(['evaluations', 'to-evaluate', 'draw', 'look-backs', 'look-backs-of', 'register'] as const),
] satisfies QueryName[]

/**
 * Which answers are out of date once something was done to this: they are asked for again, those that are shown at once, the others when they
 * are. `useCommand` does it after every command, so that no page needs to know what other pages show. An empty list says that those who show
 * it keep what comes back, or follow its news.
 */
export const readAfter: Record<Subject, readonly QueryName[]> = {
  account: ['accounts'],
  role: ['accounts'],
  session: ['my-sessions', 'accounts'],
  organization: ['organizations'],
  // Among them is how early deadlines turn yellow.
  setting: ['region-setting', ...ofRecommendations, 'proposal-form'],
  notice: [],
  email: [],
  webhook: ['webhooks', 'webhook-deliveries'],
  meeting: [],
  agenda: [],
  invitation: ['invitations'],
  station: ['stations'],
  room: [],
  probe: [],
  recording: [],
  floor: [],
  chairing: [],
  chair: [],
  lobby: [],
  call: [],
  'roll-call': [],
  vote: [],
  breakout: [],
  guard: [],
  minutes: [],
  receipt: [],
  letters: [],
  suggestion: [],
  queue: [],
  poll: [],
  stance: [],
  stage: [],
  theme: [],
  topic: ['topics'],
  lexicon: [],
  clock: [...ofRecommendations, 'clock-rules'],
  version: [],
  amendment: [],
  assignment: ofRecommendations,
  // The last review makes a recommendation of it.
  proposal: ['proposals', ...ofRecommendations],
  recommendation: ['proposals', ...ofRecommendations],
  reviewer: [],
  conversation: ['conversations'],
  evaluation: ofRecommendations,
  draw: ofRecommendations,
  evaluator: ofRecommendations,
  candidate: ['candidates'],
  // What was found may become a topic.
  'look-back': [...ofRecommendations, 'topics'],
  ledger: ofRecommendations,
  'ledger-view': ['ledger-views'],
}

export function readAgain(queryClient: QueryClient, subject: Subject) {
  for (const name of readAfter[subject]) void queryClient.invalidateQueries({ queryKey: [name] })
}

/** Reads again what something done to this has put out of date. */
export function useReadAgain() {
  const queryClient = useQueryClient()
  return useCallback((subject: Subject) => readAgain(queryClient, subject), [queryClient])
}
