/*
 * The minutes' server beside @y/websocket-server and Hocuspocus with its SQLite extension: how fast a letter reaches the others
 * at a steady rate, how many are carried under load and what that costs, and the memory of a document and a connection. Ours
 * stores durably all the while. All servers are loaded in turn in one run; where there is `taskset` they have one core, their
 * databases included, and the generator another. `npm run bench -- minutes [rounds] [seconds] [parts]`; parts are loads as
 * clients×documents, and `memory`: `10x1,50x1,memory`.
 */
import { type Compared, compareLoads, type Load, measureMemory } from './minutes.ts'
import { pinGenerator, startHocuspocus, startOwn, startYWebsocket, type YjsServer } from './yjs/servers.ts'

/** Ratios of ours to theirs; a run's noise is 10 to 20 %, so "as good as" is up to 1.15. */
const goals = {
  p99: 1.15,
  oneDocument: { edits: 2, cpu: 0.5 },
  manyDocuments: { editsToYWebsocket: 1 / 1.15, cpuToYWebsocket: 1.15 },
}
const rounds = Math.max(1, Number(process.argv[2] ?? 5))
const seconds = Math.max(1, Number(process.argv[3] ?? 3))
const allLoads: Load[] = [
  { documents: 1, clients: 10, perSecond: 50 },
  { documents: 1, clients: 50, perSecond: 100 },
  { documents: 1, clients: 200, perSecond: 50 },
  { documents: 50, clients: 4, perSecond: 200 },
  { documents: 200, clients: 3, perSecond: 200 },
]
const nameOf = ({ clients, documents }: Load) => `${clients}x${documents}`
const parts = new Set(process.argv[4]?.split(',') ?? [...allLoads.map(nameOf), 'memory'])
const loads = allLoads.filter((load) => parts.has(nameOf(load)))

const meets = ({ load, ratios }: Compared) =>
  ratios.p99 <= goals.p99 &&
  (load.documents === 1
    ? ratios.edits >= goals.oneDocument.edits && ratios.cpu <= goals.oneDocument.cpu
    : ratios.editsToFirst >= goals.manyDocuments.editsToYWebsocket && ratios.cpuToFirst <= goals.manyDocuments.cpuToYWebsocket)

if (!pinGenerator()) console.log('no taskset here: the servers and the generator share the cores as it comes')
const starters = [startYWebsocket, startHocuspocus, startOwn]
const measured: (Compared & { met: boolean })[] = []
const servers: YjsServer[] = []
try {
  for (const start of starters) servers.push(await start())
  for (const load of loads) {
    const compared = await compareLoads(servers, load, { rounds, steadySeconds: seconds, loadSeconds: seconds })
    measured.push({ ...compared, met: meets(compared) })
    tell(compared)
  }
} finally {
  for (const server of servers) await server.close()
}

const memory: Record<string, Awaited<ReturnType<typeof measureMemory>>> = {}
for (const start of parts.has('memory') ? starters : []) {
  const server = await start()
  memory[server.name] = await measureMemory(server, 200).finally(server.close)
  console.log(`memory of ${server.name}: ${JSON.stringify(memory[server.name])}`)
}
console.log(
  JSON.stringify({
    bench: 'minutes',
    measured: { loads: measured, memory },
    goals,
    met: measured.length > 0 && measured.every(({ met }) => met),
  }),
)
process.exit(0)

function tell({ load, servers: of, ratios }: Compared) {
  for (const [name, round] of Object.entries(of)) {
    const {
      p50,
      p99,
      storedP50,
      storedP99,
      editsPerSecond,
      perCoreSecond,
      cpuPerDeliveredEdit,
      serverShare,
      generatorShare,
      editsPerFrame,
    } = round
    const stored = storedP50 === null ? '' : `, stored ${storedP50}/${storedP99} ms`
    const limited = generatorShare > 0.9 ? ', THE GENERATOR WAS THE LIMIT' : ''
    console.log(
      `${load.clients}×${load.documents} ${name}: at ${load.perSecond}/s edit → peers ${p50}/${p99} ms${stored}; under load ${editsPerSecond} edits/s with ${serverShare} of a core (${perCoreSecond} with a whole one), ${cpuPerDeliveredEdit} µs per delivered edit, ${editsPerFrame} edits a frame; generator ${generatorShare} of its core${limited}`,
    )
  }
  console.log(`${load.clients}×${load.documents} ours to theirs: ${JSON.stringify(ratios)}`)
}
