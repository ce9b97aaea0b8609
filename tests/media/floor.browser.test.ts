import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Meeting } from '../../shared/meetings.ts'
import type { Role } from '../../shared/policy.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { contextOf, enterRoom, openBrowser } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting, plan } from '../support/meetings.ts'
import { value } from '../support/people.ts'
import { forceMicrophone, keepConnections, soundDuring } from './sound.ts'

const artifacts = join(import.meta.dirname, '../.artifacts')

let app: TestApp
let browser: Browser
beforeAll(async () => {
  await mkdir(artifacts, { recursive: true })
  app = await startApp({ clientFolder: inject('clientFolder') })
  await addRegions(app)
  browser = await openBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

async function inside(meeting: Meeting, role: Role, name: string, site: number) {
  const person = await app.person({ name, grants: [inMeeting(role, meeting.id)] })
  const context = await contextOf(browser, app.url, person, { width: 1_440, height: 900 })
  await context.addInitScript(keepConnections)
  const page = await context.newPage()
  await enterRoom(page, app.url, meeting.id, meeting.sites[site]!.id)
  return { person, page }
}

/** Which streams arrive at a page now; those that arrive are decoded to something that can be heard. */
async function heardBy(page: Page): Promise<number[]> {
  const heard = (await soundDuring(page, 1_500)).filter(({ packets }) => packets > 0)
  for (const { energy } of heard) expect(energy).toBeGreaterThan(0)
  return heard.map(({ stream }) => stream)
}

const currentOf = (meetingId: string) => `update speeches set limit_seconds = $1 where ended_at is null and meeting_id = '${meetingId}'`

test('the floor passes between three sites: only whoever has the word is heard, until the time is up', async () => {
  const secretary = await app.person({ name: '沈秘书', grants: [inRegion('secretary', districts.nanxun)] })
  const sites = [...plan().sites, { id: v7(), name: '渡口村协商驿站', regionCode: districts.wujiang, kind: 'branch' as const }]
  const meeting = await makeMeeting(secretary, { sites })
  const listener = await inside(meeting, 'member', '钱建国', 0)
  const speaker = await inside(meeting, 'member', '陆雅琴', 1)
  const other = await inside(meeting, 'member', '周明', 2)
  const { person: chair, page: chairPage } = await inside(meeting, 'moderator', '主持人', 0)
  // The chair is heard without the word, and so is silent here by its own choice.
  await chairPage.getByRole('button', { name: '静音', exact: true }).click()
  const give = async (name: string) => {
    const { requests } = await chair.get<{ requests: { id: string; name: string }[] }>(`/api/meetings/${meeting.id}/floor`)
    const requestId = requests.find((request) => request.name === name)!.id
    value(await chair.post('floor:give', { meetingId: meeting.id, requestId, speechId: v7() }))
  }

  // Nobody has the word: nothing arrives anywhere, even from a client that sends all the same.
  const closed = speaker.page.getByRole('button', { name: '已闭麦：尚未获得发言' })
  await closed.waitFor()
  await forceMicrophone(speaker.page)
  const sent = soundDuring(speaker.page, 1_500, 'outbound-rtp')
  expect(await heardBy(listener.page)).toEqual([])
  expect((await sent)[0]!.packets).toBeGreaterThan(20)

  // The closed microphone says why, and offers to ask.
  await closed.click()
  await speaker.page.getByText('麦克风为什么是关闭的').waitFor()
  await speaker.page.screenshot({ path: join(artifacts, 'floor-closed.png') })
  await speaker.page.getByRole('tooltip').getByRole('button', { name: '请求发言' }).click()
  await listener.page.getByText(/^首次发言 · /).waitFor()
  await give('陆雅琴')
  await speaker.page.getByRole('button', { name: '静音', exact: true }).waitFor()
  const first = await eventually(async () => {
    const streams = await heardBy(listener.page)
    expect(streams).toHaveLength(1)
    return streams[0]
  })
  expect(await heardBy(other.page)).toHaveLength(1)
  expect(await heardBy(speaker.page)).toEqual([])

  // It passes on: the one falls silent, the other is heard.
  await other.page.getByRole('button', { name: '请求发言' }).click()
  await other.page.getByRole('menuitem', { name: '提问' }).click()
  await other.page.getByRole('button', { name: '撤回请求', exact: true }).first().waitFor()
  await give('周明')
  await other.page.getByRole('button', { name: '结束我的发言' }).waitFor()
  await forceMicrophone(speaker.page)
  const second = await eventually(async () => {
    const streams = await heardBy(listener.page)
    expect(streams).toHaveLength(1)
    expect(streams[0]).not.toBe(first)
    return streams[0]
  })
  expect(await heardBy(speaker.page)).toHaveLength(1)

  // Near the end the speaker and the chair are warned, and the chair can give more time; at the end the microphone closes by itself.
  await app.db.pool.query(currentOf(meeting.id), [25])
  value(await chair.post('floor:rule', { meetingId: meeting.id, rule: 'first-come' }))
  await other.page.getByText('您的发言时间即将用完').waitFor()
  await other.page.screenshot({ path: join(artifacts, 'floor-ending.png') })
  await chairPage.getByText('周明 的发言时间即将用完').waitFor()
  await speaker.page.getByRole('button', { name: '请求发言' }).click()
  await speaker.page.getByRole('menuitem', { name: '回应' }).click()
  await chairPage.getByText(/本人已用/).waitFor()
  await chairPage.getByText('发言时间统计').click()
  await chairPage.screenshot({ path: join(artifacts, 'floor-chair.png') })
  await chairPage.getByRole('button', { name: '延长 1 分钟' }).first().click()
  await other.page.getByText('您的发言时间即将用完').waitFor({ state: 'detached' })
  await app.db.pool.query(currentOf(meeting.id), [1])
  await other.page.getByRole('button', { name: '已闭麦：尚未获得发言' }).waitFor()
  await forceMicrophone(other.page)
  await eventually(async () => expect(await heardBy(listener.page)).toEqual([]))
  expect(second).toBeDefined()
  await listener.page.getByText('时间用完').waitFor()
}, 120_000)
