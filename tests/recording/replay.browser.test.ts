import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Floor } from '../../shared/floor.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { Role } from '../../shared/policy.ts'
import type { Recording } from '../../shared/recording.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { contextOf, enterRoom, openBrowser } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'

const artifacts = join(import.meta.dirname, '../.artifacts/recording')

let app: TestApp
let browser: Browser
let dataDir: string
beforeAll(async () => {
  await mkdir(artifacts, { recursive: true })
  dataDir = await mkdtemp(join(tmpdir(), 'yishi-replay-'))
  app = await startApp({ clientFolder: inject('clientFolder'), env: { DATA_DIR: dataDir } })
  await addRegions(app)
  browser = await openBrowser({ framesPerSecond: 10 })
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await app?.close()
  await rm(dataDir, { recursive: true, force: true })
})

async function inside(meeting: Meeting, role: Role, name: string, site: number) {
  const person = await app.person({ name, grants: [inMeeting(role, meeting.id)] })
  const page = await (await contextOf(browser, app.url, person, { width: 1_440, height: 900 })).newPage()
  await page.addInitScript(shareACanvas)
  await enterRoom(page, app.url, meeting.id, meeting.sites[site]!.id)
  return { person, page }
}

/** Run in the page: a machine without a screen has none to choose from. */
function shareACanvas() {
  if (!navigator.mediaDevices) return
  navigator.mediaDevices.getDisplayMedia = async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 180 })
    const context = canvas.getContext('2d')!
    setInterval(() => {
      context.fillStyle = `hsl(${Date.now() % 360} 50% 50%)`
      context.fillRect(0, 0, 320, 180)
    }, 100)
    return canvas.captureStream(10)
  }
}

const recordingsOf = async (person: Person, { id }: Meeting) =>
  (await person.get<{ recordings: Recording[] }>(`/api/meetings/${id}/recordings`)).recordings
const fileOf = ({ meetingId, file }: Recording) => join(dataDir, 'recordings', meetingId, file)

const sizeOf = async (recording: Recording) => (await stat(fileOf(recording)).catch(() => null))?.size ?? 0

/** What ffprobe says of a file. */
function probe(path: string): { kinds: string[]; seconds: number } {
  const words = execFileSync('ffprobe', ['-v', 'error', '-show_streams', '-show_format', '-of', 'json', path], { encoding: 'utf8' })
  const { streams, format } = JSON.parse(words) as { streams: { codec_type: string }[]; format: { duration: string } }
  return { kinds: streams.map(({ codec_type }) => codec_type).sort(), seconds: Number(format.duration) }
}

/** The program that writes this file. */
const writerOf = (path: string) => Number(execFileSync('pgrep', ['-f', path], { encoding: 'utf8' }).trim().split('\n')[0])

async function speak(chair: Person, meeting: Meeting, name: string, until: (spoken: number) => Promise<boolean>) {
  const { requests } = await chair.get<Floor>(`/api/meetings/${meeting.id}/floor`)
  const requestId = requests.find((request) => request.name === name)!.id
  const { current } = value(await chair.post('floor:give', { meetingId: meeting.id, requestId, speechId: v7() }))
  await eventually(() => until((Date.now() - Date.parse(current!.startedAt)) / 1_000), { timeoutMs: 30_000, everyMs: 100 })
  value(await chair.post('floor:end', { meetingId: meeting.id }))
  const parts = await eventually(async () => {
    const own = (await recordingsOf(chair, meeting)).filter(({ speechId }) => speechId === current!.id)
    expect(own.every(({ end }) => end !== null)).toBe(true)
    return own
  })
  const { endedAt } = (await chair.get<{ id: string; endedAt: string }[]>(`/api/meetings/${meeting.id}/speeches`)).find(
    ({ id }) => id === current!.id,
  )!
  return { id: current!.id, seconds: (Date.parse(endedAt) - Date.parse(current!.startedAt)) / 1_000, parts }
}

const secondsPlayed = (page: Page) =>
  page
    .locator('video')
    .first()
    .evaluate((video: HTMLVideoElement) => video.currentTime)

test('a speech is recorded by the chair’s decision, and replayed from its place in the minutes', { timeout: 150_000 }, async () => {
  const secretary = await app.person({ name: '沈秘书', grants: [inRegion('secretary', districts.nanxun)] })
  const meeting = await makeMeeting(secretary)
  const chair = await inside(meeting, 'moderator', '主持人', 0)
  const speaker = await inside(meeting, 'member', '陆雅琴', 1)
  const ask = async () => {
    await speaker.page.getByRole('button', { name: '请求发言' }).first().click()
    await speaker.page.getByRole('menuitem', { name: '回应' }).click()
    await speaker.page.getByRole('button', { name: '撤回请求', exact: true }).first().waitFor()
  }

  await chair.page.getByRole('button', { name: '更多', exact: true }).click()
  await chair.page.getByRole('menuitem', { name: '开始录制发言' }).click()
  for (const { page } of [chair, speaker]) await page.getByRole('banner').getByText('录制中').waitFor()
  await speaker.page.getByRole('button', { name: '共享屏幕' }).click()
  await chair.page.getByTestId('shared-screen').waitFor()
  await ask()
  const slidesRun = async () => (await recordingsOf(chair.person, meeting)).some(({ source }) => source === 'screen')
  const first = await speak(chair.person, meeting, '陆雅琴', async (spoken) => spoken > 4 && (await slidesRun()))
  await speaker.page.getByRole('button', { name: '停止共享' }).click()
  await chair.page.screenshot({ path: join(artifacts, 'room.png') })
  const recording = first.parts.find(({ source }) => source === 'speaker')
  const slides = first.parts.find(({ source }) => source === 'screen')
  expect(first.parts).toHaveLength(2)
  expect(recording).toMatchObject({ part: 1, end: 'finished', hasAudio: true, hasVideo: true })
  expect(slides).toMatchObject({ part: 1, end: 'finished', hasVideo: true })
  expect(probe(fileOf(slides!)).kinds).toContain('video')
  const { kinds, seconds } = probe(fileOf(recording!))
  expect(kinds).toEqual(['audio', 'video'])
  expect(Math.abs(seconds - first.seconds)).toBeLessThan(1.5)
  expect(recording!.offsetSeconds + recording!.seconds!).toBeCloseTo(first.seconds, 0)
  expect(recording!.agendaItemId).toBe(meeting.agenda[0]!.id)

  // A writer that dies is followed by another, and what it wrote is kept.
  await ask()
  const files = async () => (await recordingsOf(chair.person, meeting)).filter(({ speechId }) => speechId !== first.id)
  let killed = false
  const second = await speak(chair.person, meeting, '陆雅琴', async () => {
    const [begun, next] = await files()
    if (begun && !killed && (await sizeOf(begun)) > 20_000) {
      process.kill(writerOf(fileOf(begun)), 'SIGKILL')
      killed = true
    }
    return next !== undefined && (await sizeOf(next)) > 20_000
  })
  expect(second.parts).toMatchObject([
    { part: 1, end: 'interrupted', hasVideo: true },
    { part: 2, end: 'finished', hasVideo: true },
  ])
  for (const part of second.parts) expect(probe(fileOf(part)).seconds).toBeGreaterThan(0.5)
  const manifest = await eventually(async () => {
    const text = await readFile(join(dataDir, 'recordings', meeting.id, 'manifest.json'), 'utf8')
    const { agenda } = JSON.parse(text) as { agenda: { agendaItemId: string; recordings: Recording[] }[] }
    expect(agenda[0]!.recordings).toHaveLength(4)
    return agenda
  })
  expect(manifest[0]!.recordings).toEqual(await recordingsOf(chair.person, meeting))

  await chair.page.getByRole('button', { name: '更多', exact: true }).click()
  await chair.page.getByRole('menuitem', { name: '停止录制' }).click()
  for (const { page } of [chair, speaker]) await page.getByRole('banner').getByText('录制中').waitFor({ state: 'hidden' })

  // From the minutes to the speech.
  await chair.page.getByRole('tab', { name: /发言/ }).click()
  await chair.page.getByTestId(`speech-${first.id}`).getByRole('button', { name: '引用到纪要' }).click()
  await chair.page.getByRole('tab', { name: /纪要/ }).click()
  const link = chair.page.locator(`[data-speech-id="${first.id}"]`).getByRole('link', { name: '回放陆雅琴的发言' })
  const [replay] = await Promise.all([chair.page.waitForEvent('popup'), link.first().click()])
  expect(new URL(replay.url()).search).toBe(`?speech=${first.id}`)
  await eventually(async () => (await secondsPlayed(replay)) > 0.5, { timeoutMs: 15_000 })
  expect(
    await replay
      .locator('video')
      .first()
      .evaluate((video: HTMLVideoElement) => video.duration),
  ).toBeCloseTo(seconds, 1)
  await replay.getByLabel('共享屏幕').waitFor()
  await replay.screenshot({ path: join(artifacts, 'replay-slides.png') })
  await replay.getByRole('link', { name: '陆雅琴' }).nth(1).click()
  await replay.getByText('第 1 段，共 2 段').waitFor()
  await replay.getByText('第 2 段，共 2 段').waitFor({ timeout: 15_000 })
  await eventually(async () => (await secondsPlayed(replay)) > 0.2, { timeoutMs: 15_000 })
  await replay.screenshot({ path: join(artifacts, 'replay.png') })
})
