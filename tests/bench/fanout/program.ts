import { v7 } from 'uuid'
import { addRegions, districts, inRegion, plan } from '../../support/meetings.ts'
import { createPeople, value } from '../../support/people.ts'
import { startBenchServer } from '../server.ts'
import type { Running } from './server.ts'

/** The whole program with its database, and a live meeting whose suggestions are published at once. */
export async function startProgram(dataDir: string, meetingId: string): Promise<Running> {
  // Each phone comes from an address of its own, as behind a proxy.
  const server = await startBenchServer({ env: { TRUST_PROXY: 'true' }, dataDir })
  return {
    port: Number(new URL(server.url).port),
    meetingId: meetingId || (await openMeeting(server)),
    close: server.close,
  }
}

async function openMeeting(server: Awaited<ReturnType<typeof startBenchServer>>): Promise<string> {
  const people = createPeople(server.url, server.db)
  await addRegions(server)
  const secretary = await people.person({ grants: [inRegion('secretary', districts.nanxun)] })
  const wish = { ...plan(), id: v7(), suggestionPolicy: 'immediate' as const }
  const { id: meetingId } = value(await secretary.post('meeting:create', wish))
  value(await secretary.post('meeting:open', { meetingId }))
  people.close()
  return meetingId
}
