/*
 * How many consumers a core of the media worker serves, voices and simulcast pictures, behind the server's own control
 * plane and on a bare worker, in turn in the same run: compare the ratios, the rest is this machine's.
 * Where there is `taskset`, workers share one core and the sources and viewers have another.
 * `npm run bench -- consumers [rounds]`
 */
import { spawnSync } from 'node:child_process'
import { compareConsumers } from './consumers.ts'

const goals = { overheadRatio: 1.05, lossPercent: 1 }
const rounds = Math.max(3, Number(process.argv[2] ?? 5))

const toCore = (core: number) => (pid: number) => void spawnSync('taskset', ['-a', '-p', '-c', String(core), String(pid)])
toCore(1)(process.pid)

const loads = [
  { kind: 'audio', sources: 5, viewers: 80 },
  { kind: 'video', sources: 5, viewers: 40 },
] as const
const measured = []
for (const load of loads) {
  const result = await compareConsumers({ ...load, rounds, windowMs: 4_000 }, toCore(0))
  measured.push(result)
  console.log(
    `${load.kind}: own/bare ${result.overheadRatio} (${result.ratios.join(', ')}); own ${JSON.stringify(result.own)}; bare ${JSON.stringify(result.bare)}`,
  )
}
const met = measured.every(({ overheadRatio, own }) => overheadRatio <= goals.overheadRatio && own.lossPercent < goals.lossPercent)
console.log(JSON.stringify({ bench: 'consumers', measured, goals, met }))
