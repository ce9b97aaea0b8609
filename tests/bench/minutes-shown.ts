import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import type { Keeper } from './minutes-load.ts'
import type { History } from './yjs/history.ts'

const browsers = [process.env.CHROMIUM_BIN, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Medians in milliseconds: of a device that has no copy of the document, and of one that had it open before. */
export type Shown = { ms: number; all: number[]; againMs: number; again: number[] }

/**
 * From the navigation until the last words stand on the page, of so many new pages, on a server started for each. The page's
 * own files are in the browser's cache, as they are for a recorder who has been here before. The browser has all cores, as people's
 * own have; the server has one.
 */
export async function showInBrowser(keeper: Keeper, history: History, rounds: number): Promise<Shown> {
  const executablePath = browsers.find((path) => path !== undefined && existsSync(path))
  if (!executablePath) throw new Error('no Chromium is installed')
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  const all: number[] = []
  const again: number[] = []
  try {
    const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1_440, height: 900 } })
    // One more than is counted, for the cache. Every second page finds the copy that the one before has left.
    for (let turn = 0; turn <= 2 * rounds; turn++) {
      const withCopy = turn % 2 === 0
      const server = await keeper.start()
      const url = `http://127.0.0.1:${server.port}`
      const cookies = server.headers(0).cookie!.split('; ')
      await context.addCookies(cookies.map((pair) => ({ name: pair.split('=')[0]!, value: pair.slice(pair.indexOf('=') + 1), url })))
      const page = await context.newPage()
      const cdp = await context.newCDPSession(page)
      if (!withCopy) await cdp.send('Storage.clearDataForOrigin', { origin: url, storageTypes: 'indexeddb' })
      await page.goto(`${url}/meetings/${keeper.document}/minutes`, { waitUntil: 'commit' })
      const ms = await page.evaluate(untilShown, history.text.replaceAll('\n', '').length)
      if (turn > 0) (withCopy ? again : all).push(Math.round(ms))
      await page.waitForFunction(hasCopy)
      await page.close()
      await server.close()
    }
  } finally {
    await browser.close()
  }
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
  return { ms: median(all), all, againMs: median(again), again }
}

/** Run in the page: resolves with the time since the navigation once so many characters have been painted. */
function untilShown(characters: number): Promise<number> {
  return new Promise((resolve) => {
    const look = () => {
      const text = document.querySelector('.minutes-text')
      if (text && (text.textContent?.length ?? 0) >= characters) requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))
      else requestAnimationFrame(look)
    }
    look()
  })
}

/** Run in the page: whether the device has a copy. */
function hasCopy(): Promise<boolean> {
  return new Promise((resolve) => {
    const request = indexedDB.open('yishi-minutes')
    request.onsuccess = () => {
      const count = request.result.transaction('parts').objectStore('parts').count()
      count.onsuccess = () => {
        request.result.close()
        resolve(count.result > 0)
      }
    }
  })
}
