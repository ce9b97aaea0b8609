import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type Browser, chromium } from 'playwright-core'

/** A line of the third generation at the edge of a village, as DevTools would shape it. */
export const line = { kbitPerSecond: 400, roundTripMs: 400 }
/** A phone of some years ago computes so many times slower than this machine. */
const slowdown = 4
/** WeChat's browser on Android, with an engine of 2020. */
const userAgent =
  'Mozilla/5.0 (Linux; Android 10; HLK-AL00 Build/HONORHLK-AL00; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/86.0.4240.99 XWEB/4317 MMWEBSDK/20220903 Mobile Safari/537.36 MicroMessenger/8.0.28'

export type Opening = {
  /** Until the box can be typed in. */
  boxMs: number
  /** Until the suggestions are there to read. */
  listMs: number
  /** What came over the line until then, with its headers. */
  bytes: number
}

/** Opens a page as somebody does who has never been here: nothing in any cache, a thin line and a slow phone. */
export async function openCold(browser: Browser, url: string): Promise<Opening> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
    deviceScaleFactor: 2,
    locale: 'zh-CN',
    userAgent,
  })
  try {
    const page = await context.newPage()
    const tools = await context.newCDPSession(page)
    const throughput = (line.kbitPerSecond * 1_000) / 8
    await tools.send('Network.enable')
    await tools.send('Network.setCacheDisabled', { cacheDisabled: true })
    await tools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: line.roundTripMs,
      downloadThroughput: throughput,
      uploadThroughput: throughput,
    })
    await tools.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
    let bytes = 0
    tools.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength
    })
    await page.addInitScript(watchForBoxAndList)
    await page.goto(url, { waitUntil: 'commit' })
    // Asked for within the page, whose clock began with the request.
    const times = await page.waitForFunction(() => (window.opened?.box && window.opened.list ? window.opened : null), null, {
      timeout: 60_000,
    })
    const { box, list } = (await times.jsonValue())!
    return { boxMs: box!, listMs: list!, bytes }
  } finally {
    await context.close()
  }
}

declare global {
  interface Window {
    opened?: { box?: number; list?: number }
  }
}

/** Runs in the page. What counts is what is drawn: the time is taken when the frame with it has been. */
function watchForBoxAndList() {
  window.opened = {}
  const look = () => {
    const opened = window.opened!
    const box = document.querySelector('textarea')
    if (!opened.box && box && !box.disabled) opened.box = performance.now()
    if (!opened.list && document.querySelector('section[aria-labelledby="list-title"] li')) opened.list = performance.now()
    if (!opened.box || !opened.list) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

export const openBrowser = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM_BIN ?? '/usr/bin/chromium', args: ['--no-sandbox'] })

type Chunk = { file: string; imports?: string[]; dynamicImports?: string[] }
const built = join(import.meta.dirname, '../../client/dist')

/** The files of JavaScript that the phone page loads at once or later. */
export function phoneScripts(folder = built): string[] {
  const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>
  const files = new Set<string>()
  const visit = (name: string) => {
    const chunk = manifest[name]
    if (!chunk || files.has(chunk.file)) return
    files.add(chunk.file)
    for (const next of [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])]) visit(next)
  }
  visit('phone.html')
  return [...files].map((file) => join(folder, file))
}

export const gzippedBytes = (files: readonly string[]) => files.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0)
