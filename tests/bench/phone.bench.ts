/*
 * How long it takes from scanning a code to being able to write and read, on a thin line with nothing in the cache, against the
 * real server in Chromium; and how much JavaScript that is. `npm run bench -- phone [openings]`
 */
import { v7 } from 'uuid'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import { createPeople, value } from '../support/people.ts'
import { gzippedBytes, line, type Opening, openBrowser, openCold, phoneScripts } from './phone.ts'
import { startBenchServer } from './server.ts'

const goals = { usableMs: 3_000, scriptBytes: 60_000 }
const openings = Math.max(1, Number(process.argv[2] ?? 7))
/** As many as a busy meeting has after some minutes. */
const suggestions = 60

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!

const server = await startBenchServer()
const people = createPeople(server.url, server.db)
const browser = await openBrowser()
const measured: Opening[] = []
try {
  await addRegions(server)
  const secretary = await people.person({ grants: [inRegion('secretary', districts.nanxun)] })
  const meeting = await makeMeeting(secretary, { suggestionPolicy: 'immediate' as never })
  const citizen = await people.visitor()
  for (let n = 0; n < suggestions; n++) {
    const text = `第 ${n} 条：渡口的末班船太早，从镇上看病回来常常赶不上，能不能再晚半个小时，或者周末加开一班。`
    value(await citizen.post('suggestion:post', { id: v7(), meetingId: meeting.id, text }))
  }
  for (let n = 0; n < openings; n++) {
    const opening = await openCold(browser, `${server.url}/s/${meeting.sites[0]!.code}`)
    measured.push(opening)
    console.log(
      `opening ${n + 1}: box ${Math.round(opening.boxMs)} ms, list ${Math.round(opening.listMs)} ms, ${opening.bytes} B over the line`,
    )
  }
} finally {
  await browser.close()
  people.close()
  await server.close()
}
const boxMs = Math.round(median(measured.map((one) => one.boxMs)))
const listMs = Math.round(median(measured.map((one) => one.listMs)))
const scriptBytes = gzippedBytes(phoneScripts())
const met = Math.max(boxMs, listMs) <= goals.usableMs && scriptBytes <= goals.scriptBytes
console.log(
  JSON.stringify({
    bench: 'phone',
    measured: {
      ...line,
      openings,
      boxMs,
      listMs,
      slowestMs: Math.round(Math.max(...measured.map((one) => one.listMs))),
      bytes: median(measured.map((one) => one.bytes)),
      scriptBytes,
    },
    goals,
    met,
  }),
)
