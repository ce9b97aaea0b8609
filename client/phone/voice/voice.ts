import type { Failure } from '../../../shared/errors.ts'
import type { MyStances, Stance } from '../../../shared/stances.ts'
import type { Suggestion } from '../../../shared/suggestions.ts'
import type { Api } from '../api.ts'
import type { Storage } from '../storage.ts'
import { createPresses, type Press } from './presses.ts'

export type VoiceState = {
  /** Waiting to be judged, in the server's order. */
  cards: Suggestion[]
  given: number
  total: number
  /** The last one judged, to think again. */
  last: { suggestion: Suggestion; stance: Stance } | null
  /** What I said of each; null until it was asked for. */
  mine: MyStances | null
  /** What the server did not want of what was pressed last. */
  refusal: Failure | null
}

export type Voice = ReturnType<typeof createVoice>

type Deps = {
  code: string
  api: Pick<Api, 'press' | 'supports' | 'nextCards' | 'myStances'>
  storage: Storage
  meetingId: () => string | undefined
  onChange: () => void
  onSession: () => void
}

/** So many cards are there before they are needed: a tunnel is no reason to stop. */
const ahead = 5
const countedMs = 1_500

/** What I support and what I think, as this phone knows it: what the server has said, and what was pressed since. */
export function createVoice({ code, api, storage, meetingId, onChange, onSession }: Deps) {
  let state: VoiceState = { cards: [], given: 0, total: 0, last: null, mine: null, refusal: null }
  let supports: ReadonlySet<string> = new Set()
  /** How many presses the server has answered: what was read before one of them may be older than it. */
  let answers = 0
  /** Judged since the server last counted. */
  let judged = new Set<string>()
  let closed = false
  let filling = false
  let counted: ReturnType<typeof setTimeout> | undefined

  const presses = createPresses({
    code,
    storage,
    send: (press) => api.press(press, onSession),
    onChange,
    onAnswered: (press, refusal) => void answered(press, refusal),
  })

  function change(part: Partial<VoiceState>) {
    if (closed) return
    state = { ...state, ...part }
    onChange()
  }

  async function answered(press: Press, refusal: Failure | null) {
    answers += 1
    if (press.kind === 'support') {
      const others = [...supports].filter((id) => id !== press.suggestionId)
      supports = new Set(press.supported && !refusal ? [...others, press.suggestionId] : others)
    }
    change({ refusal })
    if (press.kind === 'stance' && (state.cards.length < 2 || refusal)) await refill()
    if (press.kind === 'stance' && state.mine) {
      await readMine()
      // Votes are counted a second later.
      clearTimeout(counted)
      counted = setTimeout(() => void readMine(), countedMs)
    }
  }

  /** Asks for cards when few are left. What is kept on this phone the server does not know of yet. */
  async function refill() {
    const id = meetingId()
    if (id === undefined || filling) return
    filling = true
    const result = await api.nextCards(id, ahead)
    filling = false
    if (!result.ok) return
    const waiting = presses.list().flatMap((press) => (press.kind === 'stance' ? press.suggestionId : []))
    judged = new Set(waiting)
    const { cards, given, total } = result.value
    change({ cards: cards.filter((card) => !judged.has(card.id)), given, total })
  }

  async function readSupports(id: string): Promise<void> {
    const before = answers
    const read = await api.supports(id)
    if (!read.ok) return
    if (answers !== before) return readSupports(id)
    supports = new Set(read.value)
  }

  async function readMine() {
    const id = meetingId()
    const result = id === undefined ? null : await api.myStances(id)
    if (result?.ok) change({ mine: result.value })
  }

  return {
    state: () => ({ ...state, given: Math.min(state.total, state.given + judged.size) }),
    /** How many presses wait for the network. */
    waiting: () => presses.list().length,
    supported(suggestionId: string): boolean {
      const pressed = presses.list().find((press) => press.kind === 'support' && press.suggestionId === suggestionId)
      return pressed?.kind === 'support' ? pressed.supported : supports.has(suggestionId)
    },
    support: (suggestionId: string, supported: boolean) => presses.press(suggestionId, { kind: 'support', supported }),
    judge(suggestion: Suggestion, stance: Stance) {
      const again = !state.cards.some(({ id }) => id === suggestion.id)
      if (!again) judged.add(suggestion.id)
      change({ cards: state.cards.filter(({ id }) => id !== suggestion.id), last: { suggestion, stance }, refusal: null })
      presses.press(suggestion.id, { kind: 'stance', stance })
    },
    /** One more is public: a card for whoever has none left, without asking for it. */
    fresh(suggestion: Suggestion) {
      if (judged.has(suggestion.id) || state.cards.some(({ id }) => id === suggestion.id)) return
      change({ total: state.total + 1, cards: state.cards.length < ahead ? [...state.cards, suggestion] : state.cards })
    },
    readMine,
    /** Reads what the server knows, and sends what waits. */
    async wake() {
      const id = meetingId()
      if (id === undefined) return
      await presses.flush()
      await Promise.all([readSupports(id), refill()])
      onChange()
    },
    close() {
      closed = true
      clearTimeout(counted)
      presses.close()
    },
  }
}
