/*
 * What joining the room costs on the wire: requests, frames and bytes of one participant's socket, from its connect to the
 * answer that makes media flow, with more and more people in the room. `npm run bench -- signalling [people]`
 */
import { createPeople } from '../support/people.ts'
import { startBenchServer } from './server.ts'
import { type JoinCost, measureJoins } from './signalling.ts'

const goals = { requests: 2 }
const people = Math.max(2, Number(process.argv[2] ?? 50))

let measured: { requests: number; first: JoinCost | undefined; last: JoinCost | undefined }
const server = await startBenchServer()
const { person, close } = createPeople(server.url, server.db)
try {
  const costs = await measureJoins({ ...server, person }, people)
  for (const { present, requests, framesUp, framesDown, bytesUp, bytesDown } of costs)
    console.log(
      `with ${present} present: ${requests} requests, ${framesUp} frames and ${bytesUp} B up, ${framesDown} frames and ${bytesDown} B down`,
    )
  measured = { requests: Math.max(...costs.map(({ requests }) => requests)), first: costs[0], last: costs.at(-1) }
} finally {
  close()
  await server.close()
}
console.log(JSON.stringify({ bench: 'signalling', measured, goals, met: measured.requests <= goals.requests }))
