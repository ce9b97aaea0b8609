/*
 * How long minutes with a long writing history take to open on a server that does not hold them, right after the typing and
 * later, beside Hocuspocus with its SQLite extension, and what memory they take; and how soon a real Chromium shows them.
 * `npm run bench -- minutes-load [rounds] [edits]`; TRACE_FILE names the history, ../shared/traces/automerge-paper.json.gz otherwise.
 */
import { keepHocuspocus, keepOwn, type Opening, openCold, rest } from './minutes-load.ts'
import { showInBrowser } from './minutes-shown.ts'
import { loadHistory, realEdits, typeInto } from './yjs/history.ts'
import { pinGenerator, unpinGenerator } from './yjs/servers.ts'

const goals = { openedRatio: 1.15, memoryRatio: 1.15, shownMs: 1_500 }
const rounds = Math.max(1, Number(process.argv[2] ?? 5))
/** A document that nobody has open is put in order half a minute later. */
const restMs = 33_000

pinGenerator()
const history = await loadHistory(process.env.TRACE_FILE, Math.min(realEdits, Number(process.argv[3] ?? realEdits)))
console.log(`${history.patches.length} edits: ${history.source}`)
const { updates } = typeInto(history.patches)
const peer = await keepHocuspocus(updates)
const own = await keepOwn(updates)
for (const { name, typingSeconds } of [peer, own]) console.log(`${name} took the typing in ${typingSeconds} s`)
const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!

async function compare(when: string) {
  const opened: { peer: Opening; own: Opening }[] = []
  for (let round = 0; round < rounds; round++) opened.push({ peer: await openCold(peer, history), own: await openCold(own, history) })
  const of = (name: 'peer' | 'own') => ({
    ms: median(opened.map((turn) => turn[name].ms)),
    liveKiB: median(opened.map((turn) => turn[name].liveKiB)),
    residentKiB: median(opened.map((turn) => turn[name].residentKiB)),
  })
  const measured = {
    [peer.name]: of('peer'),
    [own.name]: of('own'),
    openedRatio: Number(median(opened.map((turn) => turn.own.ms / turn.peer.ms)).toFixed(2)),
    memoryRatio: Number(median(opened.map((turn) => turn.own.liveKiB / turn.peer.liveKiB)).toFixed(2)),
    residentRatio: Number(median(opened.map((turn) => turn.own.residentKiB / Math.max(1, turn.peer.residentKiB))).toFixed(2)),
  }
  console.log(`opened ${when}: ${JSON.stringify(measured)}`)
  return measured
}

try {
  const soon = await compare('right after the typing')
  for (const keeper of [peer, own]) await rest(keeper, restMs)
  const later = await compare('later')
  unpinGenerator()
  const shown = await showInBrowser(own, history, rounds)
  console.log(`shown in Chromium: ${JSON.stringify(shown)}`)
  const met =
    [soon, later].every(
      ({ openedRatio, memoryRatio, residentRatio }) =>
        openedRatio <= goals.openedRatio && Math.max(memoryRatio, residentRatio) <= goals.memoryRatio,
    ) && shown.ms < goals.shownMs
  console.log(
    JSON.stringify({
      bench: 'minutes-load',
      measured: { history: history.source, edits: history.patches.length, soon, later, shown },
      goals,
      met,
    }),
  )
} finally {
  await peer.remove()
  await own.remove()
}
process.exit(0)
