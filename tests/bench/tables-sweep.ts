import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import type { App } from '../../server/app.ts'
import type { Db } from '../../server/db/db.ts'
import { inRegion } from '../support/meetings.ts'
import { createPeople } from '../support/people.ts'

export type Sweep = { reminded: number; seconds: number; longestPauseMs: number; listMeanwhileP99Ms: number }
type Place = { url: string; db: Db; reminders: App['services']['reminders'] }

/** Looks at all deadlines as after a long standstill, while somebody goes on reading the ledger. */
export async function measureSweep({ url, db, reminders }: Place): Promise<Sweep> {
  await db.pool.query('truncate clock_reminders')
  const people = createPeople(url, db)
  const reader = await people.person({ grants: [inRegion('secretary', '')] })
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const began = performance.now()
  const times: number[] = []
  let over = false
  const sweep = sweepAll(reminders).finally(() => {
    over = true
  })
  while (!over) {
    const asked = performance.now()
    await (await reader.fetch('/api/ledger')).arrayBuffer()
    times.push(performance.now() - asked)
    await pause(50)
  }
  const reminded = await sweep
  const seconds = Math.round((performance.now() - began) / 100) / 10
  delay.disable()
  people.close()
  times.sort((one, other) => one - other)
  return {
    reminded,
    seconds,
    longestPauseMs: Math.round(delay.max / 1e6),
    listMeanwhileP99Ms: Math.round(times[Math.min(times.length - 1, Math.floor(times.length * 0.99))] ?? 0),
  }
}

async function sweepAll(reminders: App['services']['reminders']): Promise<number> {
  for (let all = 0; ; ) {
    const some = await reminders.look()
    if (some === 0) return all
    all += some
  }
}
