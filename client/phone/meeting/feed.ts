import type { NewsItem } from '../../../shared/contract.ts'
import type { Meeting } from '../../../shared/meetings.ts'
import type { PollView } from '../../../shared/polls.ts'
import type { WayIn } from '../../../shared/stations.ts'
import { wholeSuggestion } from '../../../shared/suggestion-rules.ts'
import type { PostedSuggestion, Suggestion } from '../../../shared/suggestions.ts'
import type { Api } from '../api.ts'
import type { LinkState, Live, watchMeeting } from '../live.ts'
import { hearPolls, learnPolls } from '../polls/polls.ts'
import type { Storage } from '../storage.ts'
import { asKnown, type Known, learn, nothingKnown, publicOf, recount } from './suggestionList.ts'

export type FeedState = {
  /** Where the scanned code leads: a meeting, one of its sites, a station. */
  way: WayIn | null
  meeting: Meeting | null
  /** `failed` with a way in hand means: the one remembered from last time is shown. */
  load: 'loading' | 'ready' | 'missing' | 'failed'
  list: 'loading' | 'ready' | 'failed'
  known: Known
  mine: PostedSuggestion[]
  /** What the hall talks about, as of the stage's version. */
  discussed: { suggestion: Suggestion | null; version: number }
  /** What the chair asked, the newest first. */
  polls: PollView[]
  link: LinkState
}

/** What is worth saying aloud. */
export type Notice =
  | { kind: 'fresh'; count: number }
  | { kind: 'answer' }
  | { kind: 'poll'; question: string }
  | { kind: 'agenda'; title: string }
  | { kind: 'live' }
  | { kind: 'ended' }

export type Feed = ReturnType<typeof createFeed>

type Deps = {
  code: string
  api: Api
  storage: Storage
  watch: typeof watchMeeting
  onChange: () => void
  onNotice: (notice: Notice) => void
  /** News is heard again from now on. */
  onBack: () => void
  /** The public may read one more. */
  onFresh: (suggestion: Suggestion) => void
}

// A socket that takes longer than this must not keep the lists waiting.
const patienceMs = 1_500
const firstRetryMs = 3_000
const stationRetryMs = 60_000

/** Everything the page knows of a meeting: read once it is watched, kept new by its news, read again after a break. */
export function createFeed({ code, api, storage, watch, onChange, onNotice, onBack, onFresh }: Deps) {
  const rememberedAt = `way.${code}`
  const remembered = storage.get<WayIn>(rememberedAt)
  let state: FeedState = {
    way: remembered,
    meeting: remembered?.meeting ?? null,
    load: 'loading',
    list: 'loading',
    known: nothingKnown,
    mine: [],
    discussed: { suggestion: null, version: -1 },
    polls: [],
    link: 'connecting',
  }
  let live: Live | null = null
  let retryMs = firstRetryMs
  let retry: ReturnType<typeof setTimeout> | undefined
  let reading: ReturnType<typeof setTimeout> | undefined
  let readings = 0
  let closed = false

  function change(part: Partial<FeedState>) {
    if (closed) return
    state = { ...state, ...part }
    onChange()
  }

  function meet(meeting: Meeting) {
    if (state.meeting?.id === meeting.id && state.load === 'ready' && meeting.version <= state.meeting.version) return
    if (state.way) storage.set(rememberedAt, { ...state.way, meeting })
    if (state.load === 'ready' && state.meeting) for (const notice of changesBetween(state.meeting, meeting)) onNotice(notice)
    change({ meeting, load: 'ready' })
  }

  async function open() {
    clearTimeout(retry)
    const result = await api.way(code)
    if (closed || live) return
    if (result.ok) {
      const { meeting } = result.value
      storage.set(rememberedAt, result.value)
      change({ way: result.value })
      if (!meeting) {
        // A station: one day there is a meeting to show.
        retry = setTimeout(() => void open(), stationRetryMs)
        return change({ meeting, load: 'ready' })
      }
      meet(meeting)
      void readFirst(meeting.id)
      follow(meeting.id)
    } else if (result.error.code === 'not-found' || result.error.code === 'invalid-input') {
      change({ load: 'missing' })
    } else {
      change({ load: 'failed' })
      retry = setTimeout(() => void open(), retryMs)
      retryMs = Math.min(retryMs * 2, 60_000)
    }
  }

  function follow(meetingId: string) {
    live ??= watch(meetingId, {
      onNews: hear,
      onState: (link) => change({ link }),
      onWatching: () => {
        clearTimeout(reading)
        onBack()
        void readAgain()
      },
    })
    reading = setTimeout(() => void readAgain(), patienceMs)
  }

  /** What there is to read at once, before the news is heard. It may miss something; the whole list that follows does not. */
  async function readFirst(meetingId: string) {
    const list = await api.firstSuggestions(meetingId)
    if (list.ok && state.list !== 'ready') change({ list: 'ready', known: learn(state.known, list.value.map(asKnown)) })
  }

  /** The list replaces what was known, but for news that arrived while it was on its way. */
  async function readAgain() {
    const meetingId = state.meeting?.id
    if (meetingId === undefined) return
    const turn = ++readings
    const before = state.known
    const [meeting, list, mine, discussed, polls] = await Promise.all([
      api.meeting(meetingId),
      api.suggestions(meetingId),
      api.mine(meetingId),
      api.discussed(meetingId),
      api.polls(meetingId),
    ])
    if (closed || turn !== readings) return
    if (meeting.ok) meet(meeting.value)
    if (discussed.ok) discuss(discussed.value)
    if (polls.ok) change({ polls: learnPolls(state.polls, polls.value) })
    const arrived = [...state.known].filter(([id, item]) => before.get(id) !== item).map(([id, item]) => ({ id, ...item }))
    change({
      list: list.ok ? 'ready' : state.list === 'ready' ? 'ready' : 'failed',
      known: list.ok ? learn(learn(nothingKnown, list.value.map(asKnown)), arrived) : state.known,
      mine: mine.ok ? mine.value : state.mine,
    })
    if (!list.ok) retry = setTimeout(() => void readAgain(), 10_000)
  }

  function discuss({ suggestion, version }: FeedState['discussed']) {
    if (version >= state.discussed.version) change({ discussed: { suggestion, version } })
  }

  async function readMine() {
    const meetingId = state.meeting?.id
    const mine = meetingId === undefined ? null : await api.mine(meetingId)
    if (mine?.ok) change({ mine: mine.value })
  }

  function hear(items: NewsItem[]) {
    const before = publicOf(state.known)
    for (const [name, payload] of items) {
      if (name === 'meeting:changed' && payload.id === state.meeting?.id) meet(payload)
      // My own suggestions to other meetings are told to this connection too.
      if (name === 'suggestion:changed' && payload.meetingId === state.meeting?.id)
        change({ known: learn(state.known, [asKnown(payload)]) })
      if (name === 'suggestions:counted') change({ known: recount(state.known, payload) })
      if (name === 'stage:shown') discuss(payload)
      if (name === 'suggestion:shown' && state.meeting)
        change({ known: learn(state.known, [asKnown(wholeSuggestion(state.meeting.id, payload))]) })
      if (name === 'suggestion:withdrawn') {
        change({ known: learn(state.known, [{ id: payload.id, version: payload.version, suggestion: null }]) })
        if (payload.id === state.discussed.suggestion?.id) {
          const survivor = payload.mergedIntoId === null ? undefined : state.known.get(payload.mergedIntoId)
          change({ discussed: { ...state.discussed, suggestion: survivor?.suggestion ?? null } })
        }
        if (state.mine.some((mine) => mine.suggestion.id === payload.id)) void readMine()
      }
    }
    hearOfPolls(items)
    const after = publicOf(state.known)
    for (const notice of newsBetween(before, after)) onNotice(notice)
    const old = new Set(before.map(({ id }) => id))
    for (const suggestion of after) if (!old.has(suggestion.id)) onFresh(suggestion)
  }

  function hearOfPolls(items: NewsItem[]) {
    const polls = hearPolls(state.polls, items, state.meeting?.id)
    if (polls === state.polls) return
    const [asked] = polls
    if (asked && polls.length > state.polls.length) onNotice({ kind: 'poll', question: asked.question })
    change({ polls })
  }

  void open()

  return {
    state: () => state,
    /** My own have changed in a way that is told to nobody else: posted, or hidden before they were published. */
    readMine,
    /** What answering a poll said. */
    learnPoll: (poll: PollView) =>
      change({
        polls: learnPolls(
          state.polls,
          state.polls.map((one) => (one.id === poll.id ? poll : one)),
        ),
      }),
    /** A session was made: from now on, news of my own suggestions is for this connection too. */
    renew: () => live?.renew(),
    /** The phone is back from sleep or from a tunnel. */
    wake() {
      if (!live) void open()
      else if (state.link === 'lost') live?.hurry()
      else void readMine()
    },
    close() {
      closed = true
      clearTimeout(retry)
      clearTimeout(reading)
      live?.close()
    },
  }
}

function changesBetween(before: Meeting, after: Meeting): Notice[] {
  if (after.status === 'ended' && before.status !== 'ended') return [{ kind: 'ended' }]
  if (after.status === 'live' && before.status === 'scheduled') return [{ kind: 'live' }]
  const item = after.agenda.find(({ id }) => id === after.currentAgendaItemId)
  return item && after.currentAgendaItemId !== before.currentAgendaItemId ? [{ kind: 'agenda', title: item.title }] : []
}

function newsBetween(before: Suggestion[], after: Suggestion[]): Notice[] {
  const old = new Map(before.map((suggestion) => [suggestion.id, suggestion]))
  const fresh = after.filter(({ id }) => !old.has(id)).length
  const answered = after.some(({ id, answer }) => answer !== null && old.has(id) && old.get(id)?.answer === null)
  return [...(fresh > 0 ? [{ kind: 'fresh' as const, count: fresh }] : []), ...(answered ? [{ kind: 'answer' as const }] : [])]
}
