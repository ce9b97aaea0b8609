import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TrialUsername, trialMeeting } from '../../server/trial/ids.ts'
import type { Evaluation } from '../../shared/evaluations.ts'
import type { Participant } from '../../shared/media.ts'
import type { Recommendation } from '../../shared/recommendations.ts'
import { ballotFor } from '../evaluations/judging.ts'
import { openMailbox } from '../notifications/mailbox.ts'
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
let mailbox: Awaited<ReturnType<typeof openMailbox>>
let dataDir: string

beforeAll(async () => {
  await mkdir(artifacts, { recursive: true })
  dataDir = await mkdtemp(join(tmpdir(), 'yishi-journey-'))
  mailbox = await openMailbox()
  const port = await freePort()
  const mail = { SMTP_URL: mailbox.url, SMTP_FROM: '议事 <yishi@example.cn>', PUBLIC_URL: `http://127.0.0.1:${port}` }
  program = await startProgram({ dataDir, port, env: mail })
  browser = await openBrowser()
}, 90_000)

afterAll(async () => {
  await browser?.close()
  await program?.stop()
  await mailbox?.close()
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
  await leaveAddress(phone, receipt)
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

  // The secretariats make a recommendation of it, and each gives it to its own department. The first one says whose it is instead.
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
  await issue(chair, '南浔区水利局')
  const water = await somebody('handler-water', recommendation)
  await sendBack(water, '南浔区交通运输局')
  await issue(chair, '南浔区交通运输局')
  const { assignments } = await read<Recommendation>(chair, `/api${recommendation}`)
  const [beside, lead] = ['南浔区水利局', '南浔区交通运输局'].map((name) => assignments.find((one) => one.organizationName === name)!)
  await command(chair, 'assignment:insist', { assignmentId: beside!.id, reason: '码头设施由贵局管养', part: 'co-handler' })
  await signIn(chair, 'secretary-wujiang', recommendation)
  await issue(chair, '吴江区交通运输局')
  await picture(chair, 'recommendation-issued')

  // Each department signs and answers item by item.
  const handler = await somebody('handler-nanxun', recommendation)
  await handler.getByRole('button', { name: '签收', exact: true }).click()
  await answer(handler, '渡船首班自下月起提前到六点四十。', '采纳', '送负责人签发')
  await handler.getByText('答复稿等待负责人签发').waitFor()
  // Who has a part in it counter-signs before the head can.
  await handler
    .getByText(/南浔区水利局/)
    .first()
    .waitFor()
  await water.getByRole('button', { name: '签收', exact: true }).click()
  await water.getByLabel('本单位意见（选填）').fill('码头候船亭由我局年内加固。')
  await water.getByRole('button', { name: '会签', exact: true }).click()
  await water.getByText('码头候船亭由我局年内加固。').first().waitFor()
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
  await give(water, lead!.id)
  await chair.reload()
  await chair.getByRole('button', { name: '结束评议' }).click()
  await chair.getByRole('dialog').getByRole('button', { name: '结束评议' }).click()
  await chair.getByText('进入二轮办理', { exact: true }).first().waitFor()
  await picture(chair, 'recommendation-second-round')
  await handler.reload()
  await answer(handler, '早班公交改到六点三十五，与首班渡船衔接。', '采纳', '签发并提交答复')

  // This time everybody is satisfied, and it is done with.
  await command(chair, 'assignment:accept', { assignmentId: lead!.id })
  for (const page of [chair, handler, water]) await give(page, lead!.id)
  const second = (await read<Evaluation[]>(chair, `/api/assignments/${lead!.id}/evaluations`)).at(-1)!
  await command(chair, 'evaluation:close', { evaluationId: second.id })
  await chair.reload()
  await chair.getByText('办结', { exact: true }).first().waitFor()
  const outcome = await (await fetch(`${program.url}/public/${recommendation.split('/').at(-1)}?lang=zh-CN`)).text()
  for (const words of ['进入二轮办理', '二轮办理评议结果', '结论：办结']) expect(outcome).toContain(words)

  // Whoever left an address was told by each department, and with the last letter the address is gone.
  const told = await mailbox.to(citizenAddress, 3)
  expect(told.map(({ subject }) => subject)).toEqual([
    expect.stringContaining('请确认'),
    expect.stringContaining('南浔区交通运输局答复了您的意见建议'),
    expect.stringContaining('吴江区交通运输局答复了您的意见建议'),
  ])
  expect(told[2]!.text).toContain(`${program.url}/r/${receipt}`)
  expect(told[2]!.text).toContain('您的邮箱已从系统中删去')

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

const citizenAddress = 'citizen@example.cn'

/** Asks for the answer by e-mail, and confirms by the link of the letter that comes. */
async function leaveAddress(page: Page, receipt: string) {
  await page.goto(`${program.url}/r/${receipt}`)
  await page.getByText('用邮箱接收答复').click()
  await page.getByLabel('邮箱', { exact: true }).fill(citizenAddress)
  await page.screenshot({ path: join(artifacts, 'phone-letters.png'), fullPage: true })
  await page.getByRole('button', { name: '发确认邮件' }).click()
  await page.getByText(/确认邮件已发出/).waitFor()
  const [letter] = await mailbox.to(citizenAddress)
  await page.goto(/http\S+confirm=\S+/.exec(letter!.text!)![0])
  await page.getByRole('button', { name: '确认接收' }).click()
  await page.getByText(/^已确认/).waitFor()
}

/** What a page's own session may do, where it is seen elsewhere. */
async function command(page: Page, name: string, input: object) {
  const response = await page.request.post(`${program.url}/api/commands/${name}`, { data: input })
  expect([name, await response.json()]).toMatchObject([name, { ok: true }])
}
const read = async <T>(page: Page, path: string): Promise<T> => (await page.request.get(`${program.url}${path}`)).json()

/** Says that it was handled well, for whatever sides the page's account judges. */
async function give(page: Page, assignmentId: string) {
  const open = (await read<Evaluation[]>(page, `/api/assignments/${assignmentId}/evaluations`)).at(-1)!
  for (const { evaluatorId, side } of open.mine) await command(page, 'evaluation:give', { evaluatorId, ...ballotFor(side) })
}

/** 退办, with the reason and whose it may be. */
async function sendBack(page: Page, whose: string) {
  await page.getByRole('button', { name: '不属本单位职责，退办' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('建议改由哪个单位办理（选填）').click()
  await page.getByTitle(whose, { exact: true }).click()
  await dialog.getByLabel('理由').fill('渡船班次由交通运输部门管理。')
  await dialog.getByRole('button', { name: '退办', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('渡船班次由交通运输部门管理。').first().waitFor()
}

async function issue(page: Page, department: string) {
  await page.getByRole('combobox', { name: '承办单位' }).click()
  await page.getByTitle(department, { exact: true }).click()
  // Once it has been pressed, the button's name begins with that of its icon.
  await page.getByRole('button', { name: /交办$/ }).click()
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
