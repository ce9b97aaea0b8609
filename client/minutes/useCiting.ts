import { useQueryClient } from '@tanstack/react-query'
import type { Editor } from '@tiptap/core'
import { App } from 'antd'
import { useCallback, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Meeting } from '../../shared/meetings.ts'
import { groupCitation, pollCitation, voteCitation } from '../../shared/result-citations.ts'
import { speechCitation } from '../../shared/speech-citation.ts'
import { get } from '../transport/http.ts'
import { useCitable } from './CitableContext.tsx'
import { type CiteRequest, citeEvent, suggestionCitation } from './citations.ts'
import { insertBlock, showBlockWith } from './selection.ts'

export type Cite = (request: CiteRequest) => Promise<void>

/** Puts citations into the text: from the menu, and from anywhere on the page by the window's event. */
export function useCiting(editor: Editor, meeting: Meeting, mayEdit: boolean, wasUsed: () => boolean): Cite {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { suggestions, speeches } = useCitable()
  const queryClient = useQueryClient()

  const blockOf = useCallback(
    async ({ kind, id }: CiteRequest) => {
      if (kind === 'suggestion') {
        const cited =
          suggestions.find((one) => one.id === id) ??
          (await read(() => get('suggestions', { meetingId: meeting.id, limit: 500 }))).find((one) => one.id === id)
        return cited && { type: 'suggestionCitation', attrs: suggestionCitation(cited, new Date()) }
      }
      if (kind === 'vote') {
        const attrs = (await read(() => get('votes', { meetingId: meeting.id }))).filter((one) => one.id === id).map(voteCitation)[0]
        return attrs && { type: 'voteResult', attrs }
      }
      if (kind === 'poll') {
        const attrs = (await read(() => get('polls', { meetingId: meeting.id }))).filter((one) => one.id === id).map(pollCitation)[0]
        return attrs && { type: 'pollResult', attrs }
      }
      if (kind === 'group') {
        const meetingId = meeting.id
        const [notes, rounds] = await Promise.all([
          read(() => get('breakout-notes', { meetingId })),
          read(() => get('breakouts', { meetingId })),
        ])
        const attrs = notes.filter(({ groupId }) => groupId === id).map((note) => groupCitation(note, rounds, meeting))[0]
        return attrs && { type: 'groupResult', attrs }
      }
      const cited =
        speeches.find((one) => one.id === id) ?? (await read(() => get('speeches', { meetingId: meeting.id }))).find((one) => one.id === id)
      return cited && { type: 'speechCitation', attrs: speechCitation(cited, meeting) }
    },
    [suggestions, speeches, meeting],
  )

  const cite = useCallback<Cite>(
    async (request) => {
      // What is over comes into the minutes by itself; a suggestion may be cited in several places.
      const attribute = once[request.kind]
      if (attribute && showBlockWith(editor, attribute, request.id)) return void message.info(t('minutes.cite.already'))
      const block = await blockOf(request)
      if (!block) return void message.error(t('minutes.cite.missing'))
      if (!insertBlock(editor, block, wasUsed())) return
      message.success(t('minutes.cite.done'))
      void queryClient.invalidateQueries({ queryKey: ['minutes-passages'] })
    },
    [blockOf, editor, message, queryClient, t, wasUsed],
  )

  useEffect(() => {
    if (!mayEdit) return
    const hear = (event: Event) => {
      if (event instanceof CustomEvent && isRequest(event.detail)) void cite(event.detail)
    }
    window.addEventListener(citeEvent, hear)
    return () => window.removeEventListener(citeEvent, hear)
  }, [cite, mayEdit])
  return cite
}

/** What is cited once, with the attribute of the block that names it. */
const once: Partial<Record<CiteRequest['kind'], string>> = { speech: 'speechId', vote: 'voteId', poll: 'pollId', group: 'groupId' }

/** What cannot be read is not there to be cited. */
const read = <T>(list: () => Promise<T[]>): Promise<T[]> => list().catch(() => [])

const isRequest = (detail: unknown): detail is CiteRequest =>
  typeof detail === 'object' &&
  detail !== null &&
  'kind' in detail &&
  ['suggestion', 'speech', 'vote', 'poll', 'group'].some((kind) => detail.kind === kind) &&
  'id' in detail &&
  typeof detail.id === 'string'
