import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TrialUsername, trialMeeting } from '../../server/trial/ids.ts'
import type { Participant } from '../../shared/media.ts'
import { framesArrive, makeCameraSmall, openBrowser } from '../support/browser.ts'
import { freePort, type Program, startProgram, trialPassword } from '../support/program.ts'

const artifacts = join(import.meta.dirname, '../.artifacts')
const desktop = { width: 1440, height: 900 }
const phoneSize = { width: 390, height: 844 }
const { sites } = trialMeeting
const room = (siteId: string) => `/meetings/${trialMeeting.id}/room?site=${siteId}`
const minutes = `/meetings/${trialMeeting.id}/minutes`
const wish = '早上六点半第一班公交到渡口，可第一班船要七点，赶早市的人干等半小时，能不能提前到六点四十。'

let program: Program
let browser: Browser
let dataDir: string

beforeAll(async () => {
  await mkdir(artifacts, { recursive: true })
  dataDir = await mkdtemp(join(tmpdir(), 'yishi-journey-'))
  program = await startProgram({ dataDir, port: await freePort() })
  browser = await openBrowser()
}, 90_000)

afterAll(async () => {
  await browser?.close()
  await program?.stop()
  await rm(dataDir, { recursive: true, force: true })
})

async function contextOfSize(viewport: typeof desktop): Promise<BrowserContext> {
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport,
    permissions: ['camera', 'microphone'],
  })
  await context.addInitScript(makeCameraSmall)
  context.setDefaultTimeout(15_000)
  return context
}

/** Signs in on the page, as a person does, and goes to `path`. */
async function signIn(page: Page, username: TrialUsername, path: string) {
  await page.context().clearCookies()
  await page.goto(`${program.url}/sign-in`)
  await page.getByLabel('用户名').fill(username)
  await page.getByLabel('密码', { exact: true }).fill(trialPassword)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByText('等您办理').waitFor()
  await page.goto(`${program.url}${path}`)
}

async function somebody(username: TrialUsername, path: string): Promise<Page> {
  const page = await (await contextOfSize(desktop)).newPage()
  await signIn(page, username, path)
  return page
}

async function enterRoom(page: Page) {
  await page.getByRole('button', { name: '进入会场', exact: true }).click()
  await page.getByRole('toolbar').waitFor()
}

const picture = (page: Page, name: string) => page.screenshot({ path: join(artifacts, `${name}.png`) })

/** The id of a participant by name, as the page's own session may read it. */
async function tileOf(page: Page, name: string): Promise<Participant['id']> {
  const tile = page.locator('[data-testid^="tile-"]').filter({ hasText: name })
  await tile.waitFor()
  return (await tile.getAttribute('data-testid'))!.slice('tile-'.length)
}

async function seesMoving(page: Page, name: string) {
  await framesArrive(page, await tileOf(page, name))
}

test('one joint meeting of two provinces, from the first camera to the answer on the citizen’s phone', async () => {
  // Two halls of two provinces see each other.
  const chair = await somebody('moderator', room(sites.nanxunHall))
  const member = await somebody('member-wujiang', room(sites.wujiangHall))
  await picture(member, 'room-door')
  await enterRoom(chair)
  await enterRoom(member)
  await seesMoving(chair, '庄亦农')
  await seesMoving(member, '陆怀清')

  // A citizen scans the code and suggests something; the room sees it at once.
  const phone = await (await contextOfSize(phoneSize)).newPage()
  const { code } = (await (await fetch(`${program.url}/api/meetings/${trialMeeting.id}`)).json()) as { code: string }
  await phone.goto(`${program.url}/s/${code}`)
  await phone.getByLabel('您的意见建议').fill(wish)
  await chair.getByRole('tab', { name: /意见建议/ }).click()
  await phone.getByRole('button', { name: '提建议', exact: true }).last().click()
  await phone.getByText('您的回执码').waitFor()
  const receipt = (await phone
    .getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    .first()
    .textContent())!
  await picture(phone, 'phone-receipt')
  const inRoom = chair.locator('[data-testid^="suggestion-"]').filter({ hasText: wish })
  await inRoom.waitFor()
  await member.getByRole('tab', { name: /意见建议/ }).click()
  await member.getByText(wish).waitFor()
  await picture(chair, 'room-suggestions')

  // The chair publishes it; every phone can read it.
  await inRoom.getByRole('button', { name: '公开', exact: true }).click()
  const other = await (await contextOfSize(phoneSize)).newPage()
  await other.goto(`${program.url}/s/${code}`)
  await other.getByText(wish).first().waitFor()
  await picture(other, 'phone')
  await other.context().close()

  // The member asks for the floor, is given it, speaks and is done.
  await member.getByRole('button', { name: '请求发言' }).click()
  await member.getByRole('menuitem', { name: '回应' }).click()
  await chair.getByRole('tab', { name: /发言/ }).click()
  await chair.getByRole('button', { name: '给予发言' }).first().click()
  await member.getByRole('button', { name: '结束我的发言' }).waitFor()
  await chair.getByText('正在发言').first().waitFor()
  await seesMoving(chair, '庄亦农')
  await picture(chair, 'room')
  await member.getByRole('button', { name: '结束我的发言' }).click()
  await chair.getByText('目前没有人发言').waitFor()

  // Recorders of both districts write one document, and cite what was suggested and said.
  const nanxun = await somebody('recorder-nanxun', minutes)
  const wujiang = await somebody('recorder-wujiang', minutes)
  const write = async (page: Page, text: string) => {
    // Into the last line: a click in the middle may choose a whole block.
    await page.getByRole('textbox', { name: '协商纪要正文' }).locator('> *').last().click()
    await page.keyboard.press('Control+End')
    await page.keyboard.press('Enter')
    await page.keyboard.type(text)
  }
  await write(nanxun, '双方同意渡船首班提前到六点四十。')
  await write(wujiang, '吴江一侧同步调整接驳公交。')
  for (const page of [nanxun, wujiang]) {
    await page.getByText('双方同意渡船首班提前到六点四十。').waitFor()
    await page.getByText('吴江一侧同步调整接驳公交。').waitFor()
  }
  await cite(nanxun, '意见建议', wish)
  await cite(wujiang, '发言', '庄亦农')
  for (const page of [nanxun, wujiang]) {
    await page.getByRole('textbox', { name: '协商纪要正文' }).getByText(wish).waitFor()
    await page.getByText('已保存').first().waitFor()
  }
  await picture(nanxun, 'minutes')
  await chair.getByRole('tab', { name: /纪要/ }).click()
  await chair.getByRole('textbox', { name: '协商纪要正文' }).getByText('吴江一侧同步调整接驳公交。').waitFor()
  await picture(chair, 'room-minutes')

  // The meeting ends; everybody is told.
  await chair.getByRole('button', { name: '更多', exact: true }).click()
  await chair.getByRole('menuitem', { name: '结束协商会' }).click()
  await chair.getByRole('dialog').getByRole('button', { name: '结束协商会' }).click()
  await member.getByText('协商会已结束').first().waitFor()

  // The secretariats make a recommendation of it, and each gives it to its own department.
  await signIn(chair, 'secretary-nanxun', `/recommendations/new?meeting=${trialMeeting.id}`)
  await chair.getByLabel('标题').fill('渡船首班与公交早班衔接')
  await chair.getByLabel('建议正文').fill('渡船首班提前到六点四十，两侧公交早班同步衔接，并在渡口公布统一时刻表。')
  await chair.getByRole('checkbox', { name: /双方同意渡船首班提前到六点四十/ }).check()
  await chair
    .getByRole('checkbox', { name: new RegExp(wish.slice(0, 12)) })
    .last()
    .check()
  await picture(chair, 'recommendation-new')
  await chair.getByRole('button', { name: '形成协商建议' }).click()
  await chair.waitForURL(/recommendations\/[0-9a-f-]{36}/)
  const recommendation = new URL(chair.url()).pathname
  await issue(chair, '南浔区交通运输局')
  await signIn(chair, 'secretary-wujiang', recommendation)
  await issue(chair, '吴江区交通运输局')
  await picture(chair, 'recommendation-issued')

  // Each department signs and answers item by item.
  const handler = await somebody('handler-nanxun', recommendation)
  await handler.getByRole('button', { name: '签收', exact: true }).click()
  await answer(handler, '渡船首班自下月起提前到六点四十。', '采纳', '送负责人签发')
  await handler.getByText('答复稿等待负责人签发').waitFor()
  await picture(handler, 'recommendation-drafted')
  await signIn(handler, 'head-nanxun', recommendation)
  await handler.getByRole('button', { name: '签发并提交答复' }).click()
  await handler.getByText('章秉文签发').waitFor()
  await picture(handler, 'recommendation-replied')
  await signIn(handler, 'head-wujiang', recommendation)
  await handler.getByRole('button', { name: '签收', exact: true }).click()
  await answer(handler, '接驳公交早班已同步调整。', '部分采纳', '签发并提交答复')

  // Whoever proposed it is not satisfied: a second round opens by itself.
  await signIn(chair, 'secretary-nanxun', recommendation)
  await chair.getByRole('button', { name: '审核通过' }).click()
  await judge(chair, '不满意')
  await signIn(handler, 'head-nanxun', recommendation)
  await judge(handler, '满意')
  await chair.reload()
  await chair.getByRole('button', { name: '结束评议' }).click()
  await chair.getByRole('dialog').getByRole('button', { name: '结束评议' }).click()
  await chair.getByText('进入二轮办理', { exact: true }).first().waitFor()
  await picture(chair, 'recommendation-second-round')
  await handler.reload()
  await answer(handler, '早班公交改到六点三十五，与首班渡船衔接。', '采纳', '签发并提交答复')

  // Whoever holds the receipt reads all the answers.
  await phone.goto(`${program.url}/r/${receipt}`)
  await phone.getByText('渡船首班自下月起提前到六点四十。').first().waitFor()
  await phone.getByText('接驳公交早班已同步调整。').first().waitFor()
  await phone.getByText('早班公交改到六点三十五，与首班渡船衔接。').first().waitFor()
  await phone.screenshot({ path: join(artifacts, 'phone-answer.png'), fullPage: true })

  // The papers can be taken away as files.
  for (const paper of ['minutes.docx', 'minutes.json', 'recommendations.docx', 'recommendations.json']) {
    const file = await chair.request.get(`${program.url}/api/meetings/${trialMeeting.id}/export/${paper}`)
    expect([paper, file.status()]).toEqual([paper, 200])
    await writeFile(join(artifacts, paper), await file.body())
    expect((await stat(join(artifacts, paper))).size).toBeGreaterThan(500)
  }
}, 240_000)

async function cite(page: Page, tab: '意见建议' | '发言', text: string) {
  await page.getByRole('button', { name: '引用', exact: true }).click()
  await page.getByRole('tab', { name: tab }).click()
  await page.getByRole('button', { name: text }).first().click()
}

async function issue(page: Page, department: string) {
  await page.getByRole('combobox', { name: '承办单位' }).click()
  await page.getByTitle(department, { exact: true }).click()
  await page.getByRole('button', { name: '交办', exact: true }).click()
  await page.getByText(department).first().waitFor()
  await page.getByText('待签收').first().waitFor()
}

/** Says how it was handled: full marks, and this on the whole. */
async function judge(page: Page, grade: '满意' | '不满意') {
  await page.getByText('身份评议').waitFor()
  for (const marks of await page.locator('.mark-choice').all()) await marks.getByText('5', { exact: true }).click()
  await page.getByRole('radio', { name: grade, exact: true }).check()
  if (grade === '不满意') await page.getByLabel('不满意的理由').fill('早班公交仍与首班渡船衔接不上。')
  await page.getByRole('button', { name: '提交评议' }).click()
  await page.getByText('您已评议').waitFor()
}

async function answer(page: Page, text: string, outcome: string, button: string) {
  await page.getByLabel('总体答复').fill(text)
  await page.getByRole('radio', { name: outcome, exact: true }).check()
  await page.getByRole('radio', { name: /^B/ }).check()
  await page.getByLabel(/答复说明/).fill('已与对岸商定。')
  await page.getByRole('button', { name: button }).click()
  // The form gives way to the answer only when it is stored.
  await page.getByLabel('总体答复').waitFor({ state: 'detached' })
  await page.getByText(text).first().waitFor()
}
