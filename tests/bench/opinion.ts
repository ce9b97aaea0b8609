import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { VoteBatch } from '../../server/opinion/conversation.ts'
import { createOpinionEngine } from '../../server/opinion/engine.ts'
import { adjustedRand } from '../../server/opinion/likeness.ts'
import type { VoteLog } from '../../server/opinion/matrix.ts'
import { createRandom } from '../../server/opinion/random.ts'
import { createRoster } from '../../server/opinion/roster.ts'
import { logFrom, plant } from '../opinion/planted.ts'

export type Size = { sizes: number[]; suggestions: number; votes: number; updates: number; votesAnUpdate: number }
export type Measured = {
  people: number
  suggestions: number
  votes: number
  firstMs: number
  updateMs: number
  slowestUpdateMs: number
  longestPauseMs: number
  /** The same of a thread that does nothing while another computes: what the machine itself takes. */
  idlePauseMs: number
  adjustedRand: number
}

/**
 * A planted conversation in the opinion thread: its first picture, then updates after new votes, each from handing the votes over to having the picture.
 * Meanwhile the longest time that this thread's event loop stood still.
 */
export async function measureOpinion({ sizes, suggestions, votes, updates, votesAnUpdate }: Size): Promise<Measured> {
  const people = sizes.reduce((sum, size) => sum + size)
  const planted = plant({ seed: 1, sizes, suggestions, density: votes / (people * suggestions) })
  const engine = createOpinionEngine({ target: null })
  const everybody: string[] = []
  const draw = async (batch: VoteBatch) => {
    const startedAt = performance.now()
    const update = await engine.add({ conversationId: 'bench', batch, setAside: [] })
    everybody.push(...update.newPeople)
    return { update, ms: performance.now() - startedAt }
  }
  try {
    // The thread is up and its code compiled, as it is in a meeting that runs.
    await engine.add({ conversationId: 'warm', batch: { people: ['p'], suggestions: ['s'], log: logFrom([[0, 0, 1]]) }, setAside: [] })
    const everything = batchOf(planted.log)
    const pauses = watchPauses()
    const first = await draw(everything)
    const random = createRandom(2)
    const pick = (count: number) => Math.floor(random() * count)
    const times: number[] = []
    let last = first.update
    for (let update = 0; update < updates; update++) {
      const fresh = Array.from({ length: votesAnUpdate }, () => {
        const [row, column] = [pick(people), pick(suggestions)]
        return [row, column, planted.stances[planted.groupOf[row]!]![column]!] as const
      })
      const drawn = await draw(batchOf(logFrom(fresh)))
      times.push(drawn.ms)
      last = drawn.update
    }
    pauses.stop()
    times.sort((a, b) => a - b)
    return {
      people,
      suggestions,
      votes: last.counted.votes,
      firstMs: Math.round(first.ms),
      updateMs: Math.round(times[Math.floor(times.length / 2)]!),
      slowestUpdateMs: Math.round(times.at(-1)!),
      longestPauseMs: pauses.longest(),
      idlePauseMs: await idlePause(),
      adjustedRand:
        Math.round(
          adjustedRand(
            last.places.groupOf,
            everybody.map((id) => planted.groupOf[Number(id)]!),
          ) * 1e3,
        ) / 1e3,
    }
  } finally {
    await engine.close()
  }
}

/** As the service hands votes over: with the ids of those who gave them. */
function batchOf(log: VoteLog): VoteBatch {
  const [people, suggestions] = [createRoster(), createRoster()]
  const rows = log.rows.map((row) => people.numberOf(String(row)))
  const columns = log.columns.map((column) => suggestions.numberOf(String(column)))
  return { people: [...people.ids], suggestions: [...suggestions.ids], log: { rows, columns, votes: log.votes } }
}

function watchPauses() {
  const delays = monitorEventLoopDelay({ resolution: 1 })
  delays.enable()
  return { stop: () => delays.disable(), longest: () => Math.round(delays.max / 1e5) / 10 }
}

async function idlePause(): Promise<number> {
  const busy = new Worker('for (;;);', { eval: true })
  const pauses = watchPauses()
  await setTimeout(3_000)
  pauses.stop()
  await busy.terminate()
  return pauses.longest()
}
