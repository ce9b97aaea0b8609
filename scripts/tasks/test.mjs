import process from 'node:process'
import { ensureSystemPackages } from '../setup/debian.mjs'
import { prepare } from '../setup/prepare.mjs'
import { ask, findCommand, hasCommand } from '../setup/process.mjs'
import { handOver } from '../setup/terminal.mjs'

const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

const needed = [
  { name: 'chromium', isPresent: () => Boolean(process.env.CHROMIUM_BIN) || browsers.some(hasCommand) },
  { name: 'redis-server', isPresent: () => hasCommand('redis-server') },
  { name: 'ffmpeg', isPresent: () => hasCommand('ffmpeg') && hasCommand('ffprobe') },
  // Papers become PDF, whose pages are measured: 22 lines of 28 characters. 21 seconds to install, without a desktop.
  { name: 'libreoffice-writer-nogui', isPresent: () => Boolean(process.env.SOFFICE_BIN) || hasCommand('soffice') },
  { name: 'poppler-utils', isPresent: () => hasCommand('pdftoppm') && hasCommand('pdftotext') },
  { name: 'fontconfig', isPresent: () => hasCommand('fc-list') },
  // Without Chinese glyphs the screenshots show boxes.
  { name: 'fonts-noto-cjk', isPresent: () => ask('fc-list', [':lang=zh-cn', 'family']).output !== '' },
]

/** `npm test`: makes ready what is missing, then runs every test, or those named in the arguments. */
export async function main(args) {
  const { log } = await prepare({ mediaWorker: true, client: true })
  await ensureSystemPackages(needed, { why: 'for the tests', log })
  process.env.CHROMIUM_BIN ||= browsers.map(findCommand).find(Boolean)
  return handOver('node', ['node_modules/vitest/vitest.mjs', 'run', ...args])
}
