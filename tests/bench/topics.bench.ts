/* How long it takes to group the suggestions of a large meeting by what they are about, from nothing. `npm run bench -- topics [suggestions]` */
import { groupThemes } from '../../server/topics/text/themes.ts'
import { createWordReader } from '../../server/topics/text/words.ts'
import { fixture, unseen } from '../topics/fixture.ts'

const goals = { groupMs: 1_000 }
const count = Number(process.argv[2] ?? 2_000)
const rounds = 5

const read = createWordReader()
const all = [...fixture, ...unseen]
/** Beginnings and ends of real ones put together, so that hardly two are the same and many are alike. */
const suggestions = Array.from({ length: count }, (_, at) => {
  const [one, other] = [all[at % all.length]!.text, all[(at * 7 + 3) % all.length]!.text]
  return { id: `${10_000 + at}`, words: read(`${one.slice(0, 20 + (at % 9))}，${other.slice(at % 7)}`) }
})

function groupOnce() {
  let last = 0
  const began = performance.now()
  const { themes } = groupThemes(suggestions, { pins: new Map(), before: new Map(), labels: new Map() }, () => `theme ${++last}`)
  const ms = performance.now() - began
  console.log(`${count} suggestions, ${themes.length} themes, ${ms.toFixed(0)} ms`)
  return { ms, themes: themes.length }
}

const runs = Array.from({ length: rounds }, groupOnce).sort((a, b) => a.ms - b.ms)
const median = runs[Math.floor(rounds / 2)]!
const measured = { groupMs: Math.round(median.ms), themes: median.themes, suggestions: count }
console.log(JSON.stringify({ bench: 'topics', measured, goals, met: measured.groupMs < goals.groupMs }))
