/** What travels in the typed arrays. `withdrawn` in a log takes a vote back. */
export const vote = { agree: 1, pass: 0, disagree: -1, withdrawn: 2 } as const

/** Votes in the order in which they were given: of one person on one suggestion the last counts. Rows are people, columns suggestions. */
export type VoteLog = { rows: Int32Array; columns: Int32Array; votes: Int8Array }

/**
 * The people × suggestions matrix in compressed sparse rows: row `i` holds the entries from `starts[i]` to `starts[i + 1]`, its columns
 * in ascending order. What is not there was never voted on, which is not the same as a pass.
 */
export type VoteMatrix = { people: number; suggestions: number; starts: Int32Array; columns: Int32Array; votes: Int8Array }

export const emptyLog: VoteLog = { rows: new Int32Array(), columns: new Int32Array(), votes: new Int8Array() }
export const emptyMatrix: VoteMatrix = {
  people: 0,
  suggestions: 0,
  starts: new Int32Array(1),
  columns: new Int32Array(),
  votes: new Int8Array(),
}

/** A log of the votes that a matrix holds. */
function logOf({ people, starts, columns, votes }: VoteMatrix): VoteLog {
  const rows = new Int32Array(columns.length)
  for (let row = 0; row < people; row++) rows.fill(row, starts[row], starts[row + 1])
  return { rows, columns, votes }
}

function concat(first: VoteLog, second: VoteLog): VoteLog {
  if (first.rows.length === 0) return second
  const joined = { rows: new Int32Array(first.rows.length + second.rows.length), columns: new Int32Array(), votes: new Int8Array() }
  joined.columns = new Int32Array(joined.rows.length)
  joined.votes = new Int8Array(joined.rows.length)
  for (const key of ['rows', 'columns', 'votes'] as const) {
    joined[key].set(first[key])
    joined[key].set(second[key], first.rows.length)
  }
  return joined
}

/** A counting sort that keeps the order of what is equal. */
function sortBy(key: 'rows' | 'columns', size: number, log: VoteLog): VoteLog {
  const count = log.rows.length
  const next = new Int32Array(size + 1)
  const keys = log[key]
  for (let entry = 0; entry < count; entry++) next[keys[entry]! + 1]!++
  for (let place = 0; place < size; place++) next[place + 1]! += next[place]!
  const sorted = { rows: new Int32Array(count), columns: new Int32Array(count), votes: new Int8Array(count) }
  for (let entry = 0; entry < count; entry++) {
    const place = next[keys[entry]!]!++
    sorted.rows[place] = log.rows[entry]!
    sorted.columns[place] = log.columns[entry]!
    sorted.votes[place] = log.votes[entry]!
  }
  return sorted
}

/** The matrix with more votes in it. It grows to `people` rows and `suggestions` columns; the given one stays as it is. */
export function withVotes(matrix: VoteMatrix, log: VoteLog, people: number, suggestions: number): VoteMatrix {
  const { rows, columns, votes } = sortBy('rows', people, sortBy('columns', suggestions, concat(logOf(matrix), log)))
  const starts = new Int32Array(people + 1)
  let kept = 0
  for (let entry = 0; entry < rows.length; entry++) {
    const row = rows[entry]!
    const replaced = row === rows[entry + 1] && columns[entry] === columns[entry + 1]
    if (replaced || votes[entry] === vote.withdrawn) continue
    columns[kept] = columns[entry]!
    votes[kept++] = votes[entry]!
    starts[row + 1]!++
  }
  for (let row = 0; row < people; row++) starts[row + 1]! += starts[row]!
  return { people, suggestions, starts, columns: columns.slice(0, kept), votes: votes.slice(0, kept) }
}

/** The same matrix without the votes of some people or on some suggestions, whose rows and columns stay and are empty. */
export function without(matrix: VoteMatrix, left: { people?: ReadonlySet<number>; suggestions?: ReadonlySet<number> }): VoteMatrix {
  if (!left.people?.size && !left.suggestions?.size) return matrix
  const { people, suggestions, starts } = matrix
  const [columns, votes, kept] = [matrix.columns.slice(), matrix.votes.slice(), new Int32Array(people + 1)]
  let count = 0
  for (let row = 0; row < people; row++) {
    for (let entry = starts[row]!; entry < starts[row + 1]! && !left.people?.has(row); entry++) {
      if (left.suggestions?.has(columns[entry]!)) continue
      columns[count] = columns[entry]!
      votes[count++] = votes[entry]!
    }
    kept[row + 1] = count
  }
  return { people, suggestions, starts: kept, columns: columns.slice(0, count), votes: votes.slice(0, count) }
}

export const votesOfRow = ({ starts }: VoteMatrix, row: number) => starts[row + 1]! - starts[row]!

/** How many voted on each suggestion, and the mean of their votes: what takes the place of the votes that are missing. */
export function columnMeans({ suggestions, columns, votes }: VoteMatrix): { counts: Int32Array; means: Float64Array } {
  const [counts, means] = [new Int32Array(suggestions), new Float64Array(suggestions)]
  for (let entry = 0; entry < columns.length; entry++) {
    const column = columns[entry]!
    counts[column]!++
    means[column]! += votes[entry]!
  }
  for (let column = 0; column < suggestions; column++) if (counts[column]! > 0) means[column]! /= counts[column]!
  return { counts, means }
}
