import { App } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Result } from '../../shared/commands.ts'
import type { Suggestion } from '../../shared/suggestions.ts'
import { usePutStage, useStage } from '../stage/useStage.ts'
import { command } from '../transport/http.ts'
import { useFailureText } from '../ui/useFailureText.ts'

type Undo = () => Promise<Result<Suggestion | readonly Suggestion[]>>

/** What moderators do with suggestions from the keyboard, each of which can be undone. */
export function useDecisions(meetingId: string, put: (...suggestions: Suggestion[]) => void) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const say = useFailureText()
  const putStage = usePutStage()
  const stage = useStage(meetingId)
  const undos = useRef<Undo[]>([])

  function settled(result: Result<Suggestion | readonly Suggestion[]>): boolean {
    if (result.ok) put(...[result.value].flat())
    else void message.error(say(result.error))
    return result.ok
  }

  const reopen = (suggestionId: string) => () => command('suggestion:reopen', { suggestionId })
  /** What a dialog has done already. */
  const done = (what: 'answered' | 'hidden' | 'merged', suggestion: Suggestion) => {
    put(suggestion)
    undos.current.push(what === 'merged' ? () => command('suggestion:unmerge', { suggestionId: suggestion.id }) : reopen(suggestion.id))
  }

  return {
    done,
    shownId: stage.suggestionId,
    async publish({ id }: Suggestion) {
      if (settled(await command('suggestion:publish', { suggestionId: id }))) undos.current.push(reopen(id))
    },
    async publishMany(suggestionIds: string[]) {
      const result = await command('suggestion:publish-many', { meetingId, suggestionIds })
      if (!settled(result) || !result.ok) return
      const published = result.value.map(({ id }) => id)
      void message.success(t('queue.publishedMany', { count: published.length, left: suggestionIds.length - published.length }))
      undos.current.push(async () => {
        const back: Suggestion[] = []
        for (const suggestionId of published) {
          const undone = await command('suggestion:reopen', { suggestionId })
          if (!undone.ok) return undone
          back.push(undone.value)
        }
        return { ok: true, value: back }
      })
    },
    async pin({ id, pinned }: Suggestion) {
      const turn = (to: boolean) => command('suggestion:pin', { suggestionId: id, pinned: to })
      if (settled(await turn(!pinned))) undos.current.push(() => turn(pinned))
    },
    async discuss({ id }: Suggestion) {
      const result = await command('stage:show', { meetingId, suggestionId: stage.suggestionId === id ? null : id })
      if (result.ok) putStage(result.value)
      else void message.error(say(result.error))
    },
    async takeOver({ id }: Suggestion) {
      const result = await command('queue:claim', { suggestionId: id, takeOver: true })
      if (!result.ok) void message.error(say(result.error))
    },
    async undo() {
      const last = undos.current.pop()
      if (!last) return void message.info(t('queue.nothingToUndo'))
      if (settled(await last())) void message.success(t('queue.undone'))
    },
  }
}
