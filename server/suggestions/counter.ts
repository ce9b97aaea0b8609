import type { Logger } from 'pino'
import type { StanceCounts } from '../../shared/stances.ts'
import type { Db, Tx } from '../db/db.ts'
import type { Publish } from '../transport/publish.ts'
import * as counts from './counts.ts'

/** Thousands may press at once: what they did is counted and told together, not one by one. */
const everyMs = 1_000

/** Counts more about the suggestions, and stores it. `changed` says whether it is other than before. */
export type CountSource = (tx: Tx, suggestionIds: string[]) => Promise<{ counts: StanceCounts; changed: boolean }[]>

export type Counter = ReturnType<typeof createCounter>

/**
 * Keeps the counts of suggestions. Whoever changes what is counted says which suggestions are touched; a second later one
 * query for the meeting counts them anew from the rows, so that nothing is ever counted twice, and one piece of news tells.
 */
export function createCounter({ db, publish, log }: { db: Db; publish: Publish; log: Logger }) {
  const touched = new Map<string, Set<string>>()
  const sources: CountSource[] = []
  const listeners: ((meetingId: string) => void)[] = []
  let timer: NodeJS.Timeout | undefined
  let counting: Promise<void> = Promise.resolve()

  function touch(meetingId: string, suggestionIds: readonly string[]) {
    const ids = touched.get(meetingId) ?? new Set()
    for (const id of suggestionIds) ids.add(id)
    touched.set(meetingId, ids)
    timer ??= setTimeout(() => {
      timer = undefined
      counting = counting.then(countAll)
    }, everyMs)
  }

  async function countAll() {
    const meetings = [...touched]
    touched.clear()
    for (const [meetingId, ids] of meetings) {
      try {
        await db.transaction((tx) => count(tx, meetingId, [...ids]))
        for (const listener of listeners) listener(meetingId)
      } catch (error) {
        log.warn({ err: error, meetingId }, 'suggestions could not be counted; trying again')
        touch(meetingId, [...ids])
      }
    }
  }

  async function count(tx: Tx, meetingId: string, ids: string[]) {
    const supports = await counts.countSupports(tx, await counts.lockSurvivors(tx, ids))
    const stances = new Map<string, Awaited<ReturnType<CountSource>>[number]>()
    for (const source of sources) for (const one of await source(tx, [...supports.keys()])) stances.set(one.counts.suggestionId, one)
    const news = [...supports].map(([id, { count: people, changed }]) => {
      const { suggestionId: _, ...thoughts } = stances.get(id)?.counts ?? { suggestionId: id }
      return { publicly: changed, at: changed || stances.get(id)?.changed, counts: { id, supports: people, ...thoughts } }
    })
    const forChair = news.filter(({ at }) => at).map((item) => item.counts)
    const forAll = news.filter(({ publicly }) => publicly).map(({ counts: { id, supports: people } }) => ({ id, supports: people }))
    // Whoever is not of the chair's side sees what people think once they have voted themselves, and asks for it.
    if (forChair.length > 0) publish(tx, meetingId, ['chair'], 'suggestions:counted', forChair)
    if (forAll.length > 0) publish(tx, meetingId, ['public', 'room'], 'suggestions:counted', forAll)
  }

  return {
    touch,
    addSource: (source: CountSource) => void sources.push(source),
    /** Told after a meeting was counted, a second after the change at the latest. */
    onCounted: (listener: (meetingId: string) => void) => void listeners.push(listener),
    /** A program that died between a change and its count left a count behind; those of live meetings are made good. */
    async start() {
      for (const { meetingId, ids } of await counts.listLive(db.reader)) touch(meetingId, ids)
    },
    async close() {
      if (timer) {
        clearTimeout(timer)
        counting = counting.then(countAll)
      }
      await counting
      clearTimeout(timer)
    },
  }
}
