import { mkdirSync, readFileSync } from 'node:fs'
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'

const artifacts = new URL('../.artifacts/', import.meta.url).pathname
const axe = new URL('../../node_modules/axe-core/axe.min.js', import.meta.url).pathname

type Options = { locale?: 'zh-CN' | 'en-US'; large?: boolean }

/** Phones with a real browser, each with nothing in its storage. */
export async function startPhones(url: string) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_BIN ?? '/usr/bin/chromium', args: ['--no-sandbox'] })
  const device: BrowserContextOptions = {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    timezoneId: 'Asia/Shanghai',
  }
  return {
    async open(path: string, { locale = 'zh-CN', large = false }: Options = {}) {
      const context = await browser.newContext({ ...device, locale, baseURL: url })
      context.setDefaultTimeout(20_000)
      if (large) await context.addInitScript(() => localStorage.setItem('yishi.phone.large', 'true'))
      const page = await context.newPage()
      await page.goto(path)
      return page
    },
    close: () => browser.close(),
  }
}

/** A screenshot to look at, in the folder of artifacts. */
export async function picture(page: Page, name: string) {
  mkdirSync(artifacts, { recursive: true })
  await page.screenshot({ path: `${artifacts}phone-${name}.png`, fullPage: true })
}

/** Fails with what is wrong and where, by axe-core's rules for WCAG 2.2 AA and good practice. */
export async function expectAccessible(page: Page) {
  await page.evaluate(readFileSync(axe, 'utf8'))
  const wrong = await page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof import('axe-core') }).axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  })
  expect(wrong).toEqual([])
}

/** Everything that can be pressed and is in sight, with its size; links within a sentence are not on this page. A file is chosen by its label. */
export const targetsOf = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('button, a, summary, input:not([type="file"]), select, textarea')]
      .filter((element) => element.checkVisibility())
      .map((element) => ({ what: element.textContent || element.tagName, height: element.getBoundingClientRect().height })),
  )
