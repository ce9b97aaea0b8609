/*
 * How long the picture of opinions takes to follow new votes, in its own thread, and how long the event loop of the program stands still meanwhile:
 * in a meeting of 2,000 people, and in one as large as Pol.is' largest. `npm run bench -- opinion`
 */
import { type Measured, measureOpinion } from './opinion.ts'

/** `pauseMs` is what the pauses of the event loop are longer than those of a thread that does nothing. */
const goals = { updateMs: 500, largeMs: 10_000, pauseMs: 50 }

const tell = ({ people, suggestions, votes, ...figures }: Measured) =>
  console.log(
    `${people} people × ${suggestions} suggestions, ${votes} votes: first picture ${figures.firstMs} ms, after new votes ${figures.updateMs} ms ` +
      `(slowest ${figures.slowestUpdateMs} ms); longest pause of the event loop ${figures.longestPauseMs} ms (${figures.idlePauseMs} ms when it does nothing); planted groups found: ${figures.adjustedRand}`,
  )

const meeting = await measureOpinion({ sizes: [800, 700, 500], suggestions: 200, votes: 120_000, updates: 20, votesAnUpdate: 200 })
tell(meeting)
const large = await measureOpinion({ sizes: [15_000, 12_000, 6_000], suggestions: 800, votes: 2_000_000, updates: 5, votesAnUpdate: 2_000 })
tell(large)

const measured = {
  updateMs: meeting.slowestUpdateMs,
  largeMs: Math.max(large.firstMs, large.slowestUpdateMs),
  pauseMs: Math.max(meeting.longestPauseMs - meeting.idlePauseMs, large.longestPauseMs - large.idlePauseMs),
  meeting,
  large,
}
const met = measured.updateMs < goals.updateMs && measured.largeMs < goals.largeMs && measured.pauseMs < goals.pauseMs
console.log(JSON.stringify({ bench: 'opinion', measured, goals, met }))
