/*
 * How suggestions reach thousands of phones: the whole program with its durable database, every post committed before it is
 * acknowledged, beside a bare Socket.IO broadcast and a bare `ws` broadcast that store nothing, in turns on the same core.
 * `npm run bench -- fanout [quick | phones [rounds]]`
 */
import { loadavg } from 'node:os'
import { type Measured, measureServer, median, type Settings } from './fanout/measure.ts'
import { canPin, cores, type Kind, pinSelf } from './fanout/processes.ts'

/** At the largest crowd. Rate and CPU are of bare Socket.IO in the same run. */
const goals = { timesSocketIoRate: 10, sustainedP99Ms: 400, steadyP99Ms: 250, timesSocketIoCpu: 1, timesSocketIoMemory: 1.15 }
const quick = process.argv.includes('quick')
const [phones, turns] = process.argv.slice(2).map(Number)
const crowds = quick ? [200] : phones ? [phones] : [500, 2_000]
const rounds = quick ? 1 : (turns ?? 3)
const kinds: Kind[] = ['own', 'socketio', 'ws']

const pinned = canPin()
if (pinned) pinSelf(cores.clients)
else console.log('taskset is missing or there is one core only: servers and clients share what there is')

const settingsFor = (phones: number): Settings => ({
  phones,
  pinned,
  steadyMs: quick ? 3_000 : 20_000,
  warmUpMs: quick ? 2_000 : 20_000,
  stepMs: quick ? 1_500 : 5_000,
  firstRate: 20,
  factor: quick ? 2 : 1.5,
  halvings: quick ? 0 : 2,
})

const figure = (value: number, digits = 1) => value.toFixed(digits)
function line(kind: Kind, m: Measured): string {
  return [
    kind.padEnd(8),
    `p50/p99 ${figure(m.steadyP50Ms)}/${figure(m.steadyP99Ms)} ms`,
    `${figure(m.cpuPerDelivery, 2)} µs and ${figure(m.bytesPerDelivery, 0)} B a delivery at 10 posts/s`,
    `${figure(m.sustained)} posts/s sustained (p99 ${figure(m.sustainedP99Ms)} ms, ${figure(m.sustainedCpuPerDelivery, 2)} µs, clients ${figure(100 * m.clientsBusy, 0)} % busy)`,
    `${figure(m.rssPerPhone)} KiB a phone (${figure(m.livePerPhone)} live)`,
  ].join(' · ')
}

const medianOf = (all: Measured[]): Measured =>
  Object.fromEntries(
    (Object.keys(all[0]!) as (keyof Measured)[]).map((key) => [key, Number(median(all.map((one) => one[key])).toFixed(2))]),
  ) as Measured

async function compare(phones: number): Promise<Record<Kind, Measured>> {
  const measured: Record<Kind, Measured[]> = { own: [], socketio: [], ws: [] }
  for (let round = 0; round < rounds; round++) {
    console.log(`${phones} phones, round ${round + 1} of ${rounds}, load of the machine ${figure(loadavg()[0]!, 2)}`)
    // Each begins once, so that what changes on the machine meanwhile meets all of them.
    for (const [place] of kinds.entries()) {
      const kind = kinds[(place + round) % kinds.length]!
      const one = await measureServer(kind, settingsFor(phones))
      measured[kind].push(one)
      console.log(`  ${line(kind, one)}`)
    }
  }
  const medians = { own: medianOf(measured.own), socketio: medianOf(measured.socketio), ws: medianOf(measured.ws) }
  console.log(`${phones} phones, medians of ${rounds}`)
  for (const kind of kinds) console.log(`  ${line(kind, medians[kind])}`)
  return medians
}

const measured: Record<string, Record<Kind, Measured>> = {}
for (const phones of crowds) measured[phones] = await compare(phones)

const { own, socketio } = measured[crowds.at(-1)!]!
const times = {
  rate: Number((own.sustained / socketio.sustained).toFixed(2)),
  cpu: Number((own.cpuPerDelivery / socketio.cpuPerDelivery).toFixed(2)),
  memory: Number((own.rssPerPhone / socketio.rssPerPhone).toFixed(2)),
}
const met =
  times.rate >= goals.timesSocketIoRate &&
  own.sustainedP99Ms <= goals.sustainedP99Ms &&
  own.steadyP99Ms <= goals.steadyP99Ms &&
  times.cpu <= goals.timesSocketIoCpu &&
  times.memory <= goals.timesSocketIoMemory
console.log(JSON.stringify({ bench: 'fanout', measured: { timesSocketIo: times, ...measured }, goals, met }))
process.exit(0)
