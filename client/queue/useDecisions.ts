import { App } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Result } from '../../shared/commands.ts'
import type { BarredDevice } from '../../shared/guard.ts'
import type { Claim } from '../../shared/queue.ts'
import type { Suggestion } from '../../shared/suggestions.ts'
import { usePutStage, useStage } from '../stage/useStage.ts'
import { command } from '../transport/http.ts'
import { useFailureText } from '../ui/useFailureText.ts'

type Changed = Result<readonly Suggestion[]>
type Step = { suggestionId: string; words: string; undo: () => Promise<Changed> }

const textInWords = 24
/** What may go well a little later, so that it can be tried again. */
const passing = (result: Changed) => !result.ok && (result.error.code !== 'conflict' || result.error.reason === 'claimed')

/** What moderators do with suggestions from the keyboard. Each can be undone, the last one first. */
export function useDecisions(meetingId: string, put: (...suggestions: Suggestion[]) => void, putClaim: (claim: Claim) => void) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const say = useFailureText()
  const putStage = usePutStage()
  const stage = useStage(meetingId)
  const steps = useRef<readonly Step[]>([])
  const [said, setSaid] = useState('')
  const [undoable, setUndoable] = useState(false)
  const under = useRef<Promise<void>>(undefined)
  const [pending, setPending] = useState(false)

  function begin(work: () => Promise<unknown>) {
    setPending(true)
    const doing = work().then(() => {
      if (under.current !== doing) return
      under.current = undefined
      setPending(false)
    })
    under.current = doing
  }
  /** Whoever presses a key twice means it once: the next one would be decided unseen. */
  const once = (work: () => Promise<unknown>) => under.current ?? begin(work)
  /** As often as it is pressed, one after the other. */
  const inOrder = (work: () => Promise<unknown>) => {
    const before = under.current
    begin(async () => {
      await before
      await work()
    })
  }

  function keep(next: readonly Step[], words: string) {
    steps.current = next
    setUndoable(next.length > 0)
    setSaid(words)
  }
  const remember = (step: Step) => keep([...steps.current, step], step.words)
  const forget = (which: (step: Step) => boolean, words = '') =>
    keep(
      steps.current.filter((step) => !which(step)),
      words,
    )

  function settled(result: Changed): boolean {
    if (result.ok) put(...result.value)
    else void message.error(say(result.error))
    return result.ok
  }

  const did = (what: Did, { id, text }: Suggestion, undo: Step['undo']) =>
    remember({ suggestionId: id, words: t(`queue.did.${what}`, { text: shortOf(text) }), undo })
  const reopen = (suggestionId: string) => () => alone(command('suggestion:reopen', { suggestionId }))
  const unmerge = (suggestionId: string) => () => alone(command('suggestion:unmerge', { suggestionId }))

  async function show(suggestionId: string | null): Promise<Changed> {
    const result = await command('stage:show', { meetingId, suggestionId })
    if (!result.ok) return result
    putStage(result.value)
    return { ok: true, value: [] }
  }

  return {
    pending,
    shownId: stage.suggestionId,
    /** What was done last, in words. */
    said,
    undoable,

    /** What a dialog has done already. */
    done(what: 'answered' | 'hidden' | 'merged', suggestion: Suggestion) {
      put(suggestion)
      did(what, suggestion, what === 'merged' ? unmerge(suggestion.id) : reopen(suggestion.id))
    },
    barred(suggestion: Suggestion, { id }: BarredDevice) {
      did('barred', suggestion, async () => {
        const result = await command('guard:unbar', { barredDeviceId: id })
        return result.ok ? { ok: true, value: [] } : result
      })
    },
    publish: (suggestion: Suggestion) =>
      once(async () => {
        const { id: suggestionId } = suggestion
        if (settled(await alone(command('suggestion:publish', { suggestionId })))) did('published', suggestion, reopen(suggestionId))
      }),
    publishMany: (suggestionIds: string[]) =>
      once(async () => {
        const result = await command('suggestion:publish-many', { meetingId, suggestionIds })
        if (!settled(result) || !result.ok) return
        const count = result.value.length
        const words = t('queue.publishedMany', { count, left: suggestionIds.length - count })
        const undo = () => inTurn(result.value.map(({ id }) => reopen(id)))
        if (count > 0) remember({ suggestionId: '', words, undo })
        else setSaid(words)
      }),
    keep: (suggestion: Suggestion) =>
      once(async () => {
        const { id: suggestionId } = suggestion
        const turn = (kept: boolean) => alone(command('suggestion:keep', { suggestionId, kept }))
        if (settled(await turn(true))) did('kept', suggestion, () => turn(false))
      }),
    pin: (suggestion: Suggestion) =>
      once(async () => {
        const { id: suggestionId, pinned } = suggestion
        const turn = (to: boolean) => alone(command('suggestion:pin', { suggestionId, pinned: to }))
        if (settled(await turn(!pinned))) did(pinned ? 'unpinned' : 'pinned', suggestion, () => turn(pinned))
      }),
    discuss: (suggestion: Suggestion) =>
      once(async () => {
        const before = stage.suggestionId
        const ends = before === suggestion.id
        if (settled(await show(ends ? null : suggestion.id))) did(ends ? 'discussedNoMore' : 'discussed', suggestion, () => show(before))
      }),
    takeOver: ({ id }: Suggestion) =>
      once(async () => {
        const result = await command('queue:claim', { suggestionId: id, takeOver: true })
        if (result.ok) putClaim(result.value)
        else void message.error(say(result.error))
      }),
    /** Takes back what was decided about this one last, whoever decided it. */
    reopen: ({ id, status }: Suggestion) =>
      once(async () => {
        if (settled(await (status === 'merged' ? unmerge(id) : reopen(id))())) forget(({ suggestionId }) => suggestionId === id)
      }),
    /** Tells which one it was, so that it is looked at again. */
    undo: (onUndone: (suggestionId: string) => void) =>
      inOrder(async () => {
        const latest = steps.current.at(-1)
        if (!latest) return setSaid(t('queue.nothingToUndo'))
        const result = await latest.undo()
        if (settled(result)) onUndone(latest.suggestionId)
        else if (passing(result)) return
        forget((step) => step === latest, result.ok ? t('queue.undone', { what: latest.words }) : '')
      }),
  }
}

type Did = 'published' | 'kept' | 'answered' | 'hidden' | 'merged' | 'pinned' | 'unpinned' | 'discussed' | 'discussedNoMore' | 'barred'

const shortOf = (text: string) => (text.length > textInWords ? `${text.slice(0, textInWords)}…` : text)

async function alone(asked: Promise<Result<Suggestion>>): Promise<Changed> {
  const result = await asked
  return result.ok ? { ok: true, value: [result.value] } : result
}

/** One after the other, as far as it goes. */
async function inTurn(works: readonly (() => Promise<Changed>)[]): Promise<Changed> {
  const all: Suggestion[] = []
  for (const work of works) {
    const result = await work()
    if (!result.ok) return result
    all.push(...result.value)
  }
  return { ok: true, value: all }
}
