import type { LexiconCategory } from '../../shared/topics.ts'
import type { Grouping } from './text/themes.ts'

export type TextDocument = { id: string; text: string }

/** What can be asked of the thread, and what it answers. */
export type Requests = {
  group: {
    input: {
      documents: TextDocument[]
      pins: [suggestionId: string, themeId: string | null][]
      before: [suggestionId: string, themeId: string][]
      labels: [themeId: string, words: string[]][]
      lexicon: LexiconCategory[]
    }
    output: Grouping & { categories: [suggestionId: string, category: string | null][] }
  }
  /** Makes the index of a meeting in which `similar` looks. */
  index: { input: { meetingId: string; documents: TextDocument[] }; output: null }
  /** Null when there is no index of this meeting. */
  similar: { input: { meetingId: string; text: string }; output: string[] | null }
}
export type RequestName = keyof Requests
export type Request = { [K in RequestName]: { name: K; input: Requests[K]['input'] } }[RequestName]

type Answerers = { [K in RequestName]: (input: Requests[K]['input']) => Requests[K]['output'] }

/** Looks up who answers a request. */
export const answerers = (all: Answerers) => (request: Request) =>
  // The table is typed at both ends; in between, a request's name is only known at run time.
  (all[request.name] as (input: unknown) => unknown)(request.input)
