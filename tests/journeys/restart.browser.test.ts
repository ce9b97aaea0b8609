import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TrialUsername, trialMeeting } from '../../server/trial/ids.ts'
import { framesArrive, makeCameraSmall, openBrowser } from '../support/browser.ts'
import { freePort, type Program, startProgram, trialPassword } from '../support/program.ts'

const { sites } = trialMeeting

let program: Program
let browser: Browser
let dataDir: string
let port: number

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'yishi-restart-'))
  port = await freePort()
  program = await startProgram({ dataDir, port })
  browser = await openBrowser()
}, 90_000)

afterAll(async () => {
  await browser?.close()
  await program?.stop()
  await rm(dataDir, { recursive: true, force: true })
})

async function somebody(username: TrialUsername | null, path: string): Promise<Page> {
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    locale: 'zh-CN',
    viewport: { width: 1280, height: 720 },
    permissions: ['camera', 'microphone'],
  })
  await context.addInitScript(makeCameraSmall)
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  if (username) {
    const data = { username, password: trialPassword }
    const signedIn = await context.request.post(`${program.url}/api/auth/sign-in/username`, { data, headers: { origin: program.url } })
    expect(signedIn.status()).toBe(200)
  }
  await page.goto(`${program.url}${path}`)
  return page
}

async function inRoom(username: TrialUsername, siteId: string): Promise<Page> {
  const page = await somebody(username, `/meetings/${trialMeeting.id}/room?site=${siteId}`)
  await page.getByRole('button', { name: '进入会场', exact: true }).click()
  await page.getByRole('toolbar').waitFor()
  return page
}

async function idOf(page: Page, name: string): Promise<string> {
  const tile = page.locator('[data-testid^="tile-"]').filter({ hasText: name })
  await tile.waitFor()
  return (await tile.getAttribute('data-testid'))!.slice('tile-'.length)
}

const seesMoving = async (page: Page, name: string) => framesArrive(page, await idOf(page, name))

test('a program killed in the middle of a meeting and started again loses nothing it acknowledged, and everybody comes back by themselves', async () => {
  const chair = await inRoom('moderator', sites.nanxunHall)
  const member = await inRoom('member-wujiang', sites.wujiangHall)
  await seesMoving(chair, '庄亦农')

  const { code } = (await (await fetch(`${program.url}/api/meetings/${trialMeeting.id}`)).json()) as { code: string }
  const phone = await somebody(null, `/s/${code}`)
  await phone.getByLabel('您的意见建议').fill('停电那天渡口的灯也灭了，请装一盏太阳能灯。')
  await phone.getByRole('button', { name: '提建议', exact: true }).last().click()
  const receipt = (await phone
    .getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    .first()
    .textContent())!

  const recorder = await somebody('recorder-nanxun', `/meetings/${trialMeeting.id}/minutes`)
  const paper = recorder.getByRole('textbox', { name: '协商纪要正文' })
  await paper.click()
  await recorder.keyboard.press('Control+End')
  await recorder.keyboard.type('断电之前写下的这一句。')
  await recorder.getByText('已保存').first().waitFor()

  await program.kill()
  await chair.getByText('连接中断，正在自动恢复').waitFor()
  // What is written while the server is away is kept on the page and stored afterwards.
  await paper.click()
  await recorder.keyboard.press('Control+End')
  await recorder.keyboard.type('服务器不在时写下的这一句。')
  await recorder.getByText('离线').first().waitFor()
  program = await startProgram({ dataDir, port })

  await chair.getByText('连接中断，正在自动恢复').waitFor({ state: 'hidden', timeout: 30_000 })
  await seesMoving(chair, '庄亦农')
  await seesMoving(member, '陆怀清')
  await recorder.getByText('已保存').first().waitFor()

  const way = await (await fetch(`${program.url}/api/receipts/${receipt}`)).json()
  expect(way).toMatchObject({ suggestion: { text: '停电那天渡口的灯也灭了，请装一盏太阳能灯。', status: 'pending' } })
  const other = await somebody('recorder-wujiang', `/meetings/${trialMeeting.id}/minutes`)
  await other.getByText('断电之前写下的这一句。服务器不在时写下的这一句。').waitFor()
}, 180_000)
