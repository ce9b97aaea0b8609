import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordings as recordingsTable } from '../../server/recording/schema.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { Recording, RecordingState } from '../../shared/recording.ts'
import { ask, call, chairedMeeting, give, member } from '../floor/rooms.ts'
import { createDatabase, startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'

type Listed = RecordingState & { recordings: Recording[] }

let app: TestApp
let database: Awaited<ReturnType<typeof createDatabase>>
let dataDir: string
let secretary: Person
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'yishi-recording-'))
  database = await createDatabase()
  app = await startApp({ database, env: { DATA_DIR: dataDir } })
  await addRegions(app)
  secretary = await app.person({ name: '沈秘书', grants: [inRegion('secretary', districts.nanxun)] })
})
afterAll(async () => {
  await app?.close()
  await database?.close()
  await rm(dataDir, { recursive: true, force: true })
})

const listOf = (person: Person, { id }: Meeting) => person.get<Listed>(`/api/meetings/${id}/recordings`)

test('the chair switches recording on and off, and everybody in the room is told', async () => {
  const { meeting, chair } = await chairedMeeting(app, secretary)
  const qian = await member(app, meeting, '钱建国')
  const told = qian.person.next('recording:changed', ({ on }) => on)
  expect(value(await chair.person.ask('recording:start', { meetingId: meeting.id }))).toMatchObject({ on: true, available: true })
  await told
  // Asked twice, it is on once.
  const { version } = value(await chair.person.post('recording:start', { meetingId: meeting.id }))
  expect(await listOf(qian.person, meeting)).toMatchObject({ on: true, available: true, version, recordings: [] })
  const off = qian.person.next('recording:changed', ({ on }) => !on)
  value(await chair.person.ask('recording:stop', { meetingId: meeting.id }))
  await off
  const rows = await app.db.pool.query(`select action from audit_entries where subject_id = $1 and action like 'recording:%' order by id`, [
    meeting.id,
  ])
  expect(rows.rows.map(({ action }) => action)).toEqual(['recording:start', 'recording:stop'])
})

test('only the chair may switch it, and only while the meeting runs', async () => {
  const { meeting } = await chairedMeeting(app, secretary)
  const wish = { meetingId: meeting.id }
  const observer = await app.person({ grants: [inMeeting('observer', meeting.id)] })
  const elsewhere = await app.person({ grants: [inRegion('secretary', '31')] })
  for (const person of [await app.person({ grants: [inMeeting('member', meeting.id)] }), elsewhere, observer, await app.visitor()]) {
    expect(failure(await person.post('recording:start', wish)).code).toBe('not-allowed')
    expect(failure(await person.post('recording:stop', wish)).code).toBe('not-allowed')
  }
  expect(failure(await app.stranger().post('recording:start', wish)).code).toBe('not-signed-in')
  const scheduled = await makeMeeting(secretary, { live: false })
  const chair = await app.person({ grants: [inMeeting('moderator', scheduled.id)] })
  expect(failure(await chair.post('recording:start', { meetingId: scheduled.id }))).toEqual({
    code: 'conflict',
    reason: 'meeting-not-live',
  })
  expect(failure(await chair.post('recording:start', { meetingId: v7() })).code).toBe('not-found')
})

test('with the meeting recording ends', async () => {
  const { meeting, chair } = await chairedMeeting(app, secretary)
  value(await chair.person.ask('recording:start', { meetingId: meeting.id }))
  value(await secretary.ask('meeting:end', { meetingId: meeting.id }))
  expect((await listOf(secretary, meeting)).on).toBe(false)
})

test('where ffmpeg is absent everybody is told so, and starting is refused', async () => {
  const without = await startApp({ database, env: { FFMPEG_BIN: '/nowhere/ffmpeg' } })
  try {
    const meeting = await makeMeeting(secretary)
    const chair = await without.person({ grants: [inMeeting('moderator', meeting.id)] })
    expect(await listOf(chair, meeting)).toMatchObject({ available: false, on: false })
    expect(failure(await chair.post('recording:start', { meetingId: meeting.id }))).toEqual({
      code: 'unavailable',
      reason: 'recording-unavailable',
    })
  } finally {
    await without.close()
  }
})

/** A meeting with a speech whose recording is as a killed program leaves it: open, in a file without an end. */
async function leftOpen(bytes: Buffer | null) {
  const { meeting, chair } = await chairedMeeting(app, secretary)
  const qian = await member(app, meeting, '钱建国')
  const floor = await give(chair, meeting, await ask(qian, meeting))
  const speech = floor.current!
  value(await chair.person.ask('floor:end', { meetingId: meeting.id }))
  const file = `${speech.id}-speaker-1.webm`
  const folder = join(dataDir, 'recordings', meeting.id)
  await mkdir(folder, { recursive: true })
  if (bytes) await writeFile(join(folder, file), bytes)
  const id = v7()
  await app.db.reader.insert(recordingsTable).values({
    ...{ id, meetingId: meeting.id, speechId: speech.id, source: 'speaker', part: 1, file, hasAudio: true, hasVideo: true },
    ...{ startedAt: speech.startedAt, host: await ownerOf() },
  })
  return { meeting, id, speech }
}

async function ownerOf() {
  const owner = v7()
  const path = join(dataDir, 'recordings', 'owner')
  await mkdir(join(dataDir, 'recordings'), { recursive: true })
  await writeFile(path, owner, { flag: 'wx' }).catch(() => {})
  return readFile(path, 'utf8')
}

/** Three seconds of picture and sound, cut off somewhere after the middle. */
function cutFile(): Buffer {
  const input = ['-f', 'lavfi', '-i', 'testsrc=size=160x90:rate=5:duration=3', '-f', 'lavfi', '-i', 'sine=duration=3']
  const args = [
    ...input,
    '-c:v',
    'libvpx',
    '-deadline',
    'realtime',
    '-cpu-used',
    '8',
    '-c:a',
    'libopus',
    '-cluster_time_limit',
    '500',
    '-f',
    'webm',
    'pipe:1',
  ]
  const whole = execFileSync('ffmpeg', ['-v', 'error', ...args], { maxBuffer: 10_000_000 })
  return whole.subarray(0, Math.floor(whole.length * 0.7))
}

test('what a kill has left open is closed by the next start: what can be read is kept and served in ranges', async () => {
  const kept = await leftOpen(cutFile())
  const lost = await leftOpen(null)
  expect(failure(await (await secretary.fetch(`/api/meetings/${kept.meeting.id}/recordings/${kept.id}/file`)).json())).toEqual({
    code: 'conflict',
    reason: 'recording-in-progress',
  })
  const again = await startApp({ database, env: { DATA_DIR: dataDir } })
  try {
    const recording = await eventually(async () => closed((await listOf(secretary, kept.meeting)).recordings[0]))
    expect(recording).toMatchObject({ end: 'interrupted', part: 1, speechId: kept.speech.id, offsetSeconds: 0 })
    expect(recording.seconds).toBeGreaterThan(1)
    await eventually(async () => (await listOf(secretary, lost.meeting)).recordings[0]?.end === 'lost')
    await served(again, kept.meeting, kept.id)
    expect((await secretary.fetch(`/api/meetings/${lost.meeting.id}/recordings/${lost.id}/file`)).status).toBe(404)
  } finally {
    await again.close()
  }
})

function closed(recording: Recording | undefined): Recording {
  if (!recording?.end) throw new Error('is still open')
  return recording
}

async function served(from: TestApp, meeting: Meeting, id: string) {
  const path = `/api/meetings/${meeting.id}/recordings/${id}/file`
  const guest = await from.person({ grants: [inMeeting('observer', meeting.id)] })
  const whole = await guest.fetch(path)
  expect([whole.status, whole.headers.get('content-type'), whole.headers.get('accept-ranges')]).toEqual([200, 'video/webm', 'bytes'])
  const bytes = new Uint8Array(await whole.arrayBuffer())
  const part = await guest.fetch(path, { headers: { range: 'bytes=100-199' } })
  expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 100-199/${bytes.length}`])
  expect(new Uint8Array(await part.arrayBuffer())).toEqual(bytes.slice(100, 200))
  expect((await guest.fetch(path, { headers: { range: `bytes=${bytes.length}-` } })).status).toBe(416)

  expect((await from.stranger().fetch(path)).status).toBe(401)
  expect((await (await from.visitor()).fetch(path)).status).toBe(403)
  const elsewhere = await from.person({ grants: [inMeeting('moderator', v7())] })
  expect((await elsewhere.fetch(path)).status).toBe(403)
  expect((await elsewhere.fetch(`/api/meetings/${meeting.id}/recordings`)).status).toBe(403)
  // A recording is found only under its own meeting.
  const other = await makeMeeting(secretary)
  expect((await secretary.fetch(`/api/meetings/${other.id}/recordings/${id}/file`)).status).toBe(404)
  expect((await secretary.fetch(`/api/meetings/${meeting.id}/recordings/..%2F..%2Fowner/file`)).status).toBe(400)
}

test('a speech without any stream begins no file', async () => {
  const { meeting, chair } = await chairedMeeting(app, secretary)
  value(await chair.person.ask('recording:start', { meetingId: meeting.id }))
  const silent = await member(app, meeting, '陆雅琴', 1, { paused: true })
  await call(chair, meeting, silent)
  value(await chair.person.ask('floor:end', { meetingId: meeting.id }))
  expect((await listOf(secretary, meeting)).recordings).toEqual([])
})
