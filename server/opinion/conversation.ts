import type { Opinion } from '../../shared/opinion.ts'
import { emptyMatrix, type VoteLog, type VoteMatrix, without, withVotes } from './matrix.ts'
import { drawOpinion, type OpinionMemory, type OpinionPicture } from './picture.ts'
import { createRoster, type Roster } from './roster.ts'
import { tellOpinion } from './telling.ts'

/** Votes in the order in which they were given. `rows` and `columns` count into the two lists of ids. */
export type VoteBatch = { people: string[]; suggestions: string[]; log: VoteLog }

export type View = Opinion['with']
export type Places = { groupOf: Int8Array; x: Float64Array; y: Float64Array }
/** What is drawn, and where each person stands, in the order in which people came. */
export type Drawn = { opinion: Opinion; picture: OpinionPicture; places: Places }

/** What of a conversation has to outlive the program so that its groups keep their names: nothing that says who is in which group. */
export type StoredView = Omit<OpinionMemory, 'components' | 'groupOf' | 'early'> & {
  suggestions: string[]
  components: [number[], number[]]
  /** Those who were placed while there were fewer suggestions. */
  early: string[]
}
export type StoredState = Partial<Record<View, StoredView>>

export type Conversation = ReturnType<typeof createConversation>

/** The votes of one conversation, to which more come, and the picture of them, which stays close to the one before. */
export function createConversation(stored: StoredState = {}) {
  const [people, suggestions] = [createRoster(), createRoster()]
  const memories: Partial<Record<View, OpinionMemory>> = {}
  let matrix: VoteMatrix = emptyMatrix

  /** What was stored counts until the first picture of its kind is drawn. */
  const memoryOf = (view: View) => memories[view] ?? (stored[view] ? restored(stored[view], people, suggestions) : null)

  return {
    people: people.ids,
    suggestions: suggestions.ids,

    add({ people: who, suggestions: what, log }: VoteBatch) {
      const [rows, columns] = [who.map(people.numberOf), what.map(suggestions.numberOf)]
      const own = { rows: log.rows.map((row) => rows[row]!), columns: log.columns.map((column) => columns[column]!), votes: log.votes }
      matrix = withVotes(matrix, own, people.ids.length, suggestions.ids.length)
    },

    /** Forgets all votes on these, whether they come anew or not. */
    clear(ids: readonly string[]) {
      const columns = ids.map(suggestions.find).filter((column) => column !== undefined)
      matrix = without(matrix, { suggestions: new Set(columns) })
    },

    /** @param setAside people who are left out. @param zeroed see `drawOpinion`. */
    draw(setAside: ReadonlySet<string> = new Set(), { zeroed = 0, view = 'counted' as View } = {}): Drawn {
      const out = [...setAside].map(people.find).filter((row) => row !== undefined)
      const seen = view === 'all' ? matrix : without(matrix, { people: new Set(out) })
      const { picture, memory } = drawOpinion(seen, memoryOf(view), zeroed)
      memories[view] = memory
      const opinion = { with: view, setAside: setAside.size, ...tellOpinion(picture, suggestions.ids) }
      return { opinion, picture, places: { groupOf: picture.groupOf, ...picture.places } }
    },

    state(): StoredState {
      const views = Object.entries(memories) as [View, OpinionMemory][]
      return { ...stored, ...Object.fromEntries(views.map(([view, memory]) => [view, toStore(memory, people, suggestions)])) }
    },
  }
}

function toStore({ components, groupOf: _, early, ...memory }: OpinionMemory, people: Roster, suggestions: Roster): StoredView {
  const [first, second] = components
  return {
    ...memory,
    suggestions: suggestions.ids.slice(0, first.length),
    components: [Array.from(first), Array.from(second)],
    early: Array.from(early, (row) => people.ids[row]!),
  }
}

/** Suggestions may come in another order this time. */
function restored({ suggestions: ids, components, early, ...memory }: StoredView, people: Roster, suggestions: Roster): OpinionMemory {
  const weights = components.map((component) => {
    const byId = new Map(ids.map((id, place) => [id, component[place] ?? 0]))
    return Float64Array.from(suggestions.ids, (id) => byId.get(id) ?? 0)
  }) as OpinionMemory['components']
  const rows = early.map(people.find).filter((row) => row !== undefined)
  return { ...memory, components: weights, groupOf: null, early: new Set(rows) }
}
