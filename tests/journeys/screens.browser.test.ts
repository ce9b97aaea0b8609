import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TrialUsername, trialMeeting, trialNextMeeting } from '../../server/trial/ids.ts'
import { openBrowser } from '../support/browser.ts'
import { freePort, type Program, startProgram, trialPassword } from '../support/program.ts'

const artifacts = join(import.meta.dirname, '../.artifacts/screens')
const axe = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Every screen that has an address of its own, as somebody who uses it. */
const screens: { name: string; path: string; as: TrialUsername | 'admin' | null }[] = [
  { name: 'sign-in', path: '/sign-in', as: null },
  { name: 'home-stranger', path: '/', as: null },
  { name: 'home-secretary', path: '/', as: 'secretary-nanxun' },
  { name: 'home-handler', path: '/', as: 'handler-nanxun' },
  { name: 'meetings', path: '/meetings', as: 'member-nanxun' },
  { name: 'meeting', path: `/meetings/${trialMeeting.id}`, as: 'secretary-nanxun' },
  { name: 'meeting-scheduled', path: `/meetings/${trialNextMeeting.id}`, as: 'moderator' },
  { name: 'meeting-new', path: '/meetings/new', as: 'secretary-nanxun' },
  { name: 'meeting-edit', path: `/meetings/${trialNextMeeting.id}/edit`, as: 'secretary-nanxun' },
  { name: 'minutes', path: `/meetings/${trialMeeting.id}/minutes`, as: 'recorder-wujiang' },
  { name: 'minutes-observer', path: `/meetings/${trialMeeting.id}/minutes`, as: 'observer' },
  { name: 'room-door', path: `/meetings/${trialMeeting.id}/room`, as: 'member-nanxun' },
  { name: 'recommendations', path: '/recommendations', as: 'secretary-nanxun' },
  { name: 'recommendation-new', path: `/recommendations/new?meeting=${trialMeeting.id}`, as: 'secretary-nanxun' },
  { name: 'proposals', path: '/recommendations/proposals', as: 'secretary-nanxun' },
  { name: 'proposal-rules', path: '/admin?tab=proposals', as: 'secretary-nanxun' },
  { name: 'worklist', path: '/worklist', as: 'handler-nanxun' },
  { name: 'admin', path: '/admin', as: 'admin' },
  { name: 'sessions', path: '/me/sessions', as: 'member-nanxun' },
  { name: 'notices', path: '/me/notices', as: 'secretary-nanxun' },
  { name: 'outcomes', path: '/public', as: null },
  { name: 'not-found', path: '/nothing/here', as: null },
  { name: 'receipt-form', path: '/r/', as: null },
]

const looks = [
  { name: '1440-zh', locale: 'zh-CN', viewport: { width: 1440, height: 900 } },
  { name: '390-en', locale: 'en-US', viewport: { width: 390, height: 844 } },
]

let program: Program
let browser: Browser
let dataDir: string

beforeAll(async () => {
  await mkdir(artifacts, { recursive: true })
  dataDir = await mkdtemp(join(tmpdir(), 'yishi-screens-'))
  program = await startProgram({ dataDir, port: await freePort() })
  browser = await openBrowser()
}, 90_000)

afterAll(async () => {
  await browser?.close()
  await program?.stop()
  await rm(dataDir, { recursive: true, force: true })
})

/** Serious breaches of WCAG 2.2 AA, as `rule: selector`. */
async function breaches(page: Page): Promise<string[]> {
  await page.evaluate(await axe)
  return page.evaluate(async () => {
    const { violations } = await (window as never as { axe: typeof import('axe-core') }).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    })
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    return serious.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
  })
}

/** The profile of one person at one size: signed in once, for all that they look at. */
const profiles = new Map<string, Promise<BrowserContext>>()

function profileOf(as: string | null, look: (typeof looks)[number]): Promise<BrowserContext> {
  const key = `${as} ${look.name}`
  const known = profiles.get(key) ?? openProfile(as, look)
  profiles.set(key, known)
  return known
}

async function openProfile(as: string | null, { locale, viewport }: (typeof looks)[number]) {
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    locale,
    viewport,
    timezoneId: 'Asia/Shanghai',
    permissions: ['camera', 'microphone'],
  })
  context.setDefaultTimeout(15_000)
  if (as) {
    const data = { username: as, password: trialPassword }
    const signedIn = await context.request.post(`${program.url}/api/auth/sign-in/username`, { data, headers: { origin: program.url } })
    expect(signedIn.status()).toBe(200)
  }
  return context
}

// At once, since each waits half a second for the network to fall silent.
describe.concurrent.each(looks)('at $name', (look) => {
  test.each(screens)('the screen $name is whole, within its width, without errors and accessible', async ({ name, path, as }) => {
    const context = await profileOf(as, look)
    const page = await context.newPage()
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(String(error)))
    await page.goto(`${program.url}${path}`)
    await page.getByRole('heading', { level: 1 }).or(page.getByRole('textbox')).or(page.getByRole('button')).first().waitFor()
    await page.waitForLoadState('networkidle')
    await page.screenshot({ path: join(artifacts, `${name}-${look.name}.png`) })
    expect(errors).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
    expect(await breaches(page)).toEqual([])
    await page.close()
  })
})
