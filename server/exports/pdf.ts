import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Logger } from 'pino'
import { AppError } from '../../shared/errors.ts'
import { fontsConf } from './fonts-conf.ts'

/** `searchPath` is where programs are looked for; nothing else of our environment is LibreOffice's business. */
type Deps = { binary: string; searchPath: string; log: Logger; limitMs?: number }

/** More than that many would wait for minutes. */
const mostWaiting = 8

export type PdfConverter = ReturnType<typeof createPdfConverter>

/**
 * Makes PDF of DOCX by LibreOffice, where there is one: one file at a time, since it takes as much as it gets of the machine, with
 * a folder and settings of its own, so that it neither reads nor disturbs anybody else's.
 */
export function createPdfConverter({ binary, searchPath, log, limitMs = 90_000 }: Deps) {
  let known: Promise<boolean> | undefined
  let folder: Promise<string> | undefined
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()
  const running = new Set<() => void>()

  function home(): Promise<string> {
    folder ??= makeFolder()
    return folder
  }

  /** Its folder, made at the first need. */
  async function makeFolder(): Promise<string> {
    const made = await mkdtemp(join(tmpdir(), 'yishi-pdf-'))
    await writeFile(join(made, 'fonts.conf'), fontsConf)
    return made
  }

  /** Whether it ended well within its time. */
  async function run(args: string[], ms: number): Promise<boolean> {
    const own = await home()
    return new Promise((resolve) => {
      const child = spawn(binary, [`-env:UserInstallation=${pathToFileURL(join(own, 'profile'))}`, '--headless', '--norestore', ...args], {
        cwd: own,
        env: { PATH: searchPath, HOME: own, LANG: 'C.UTF-8', FONTCONFIG_FILE: join(own, 'fonts.conf') },
        stdio: 'ignore',
        // `soffice` starts the program proper: both have to end.
        detached: true,
      })
      const end = () => void (child.pid !== undefined && child.exitCode === null && killGroup(child.pid))
      const timer = setTimeout(end, ms)
      running.add(end)
      const done = (ok: boolean) => {
        clearTimeout(timer)
        running.delete(end)
        resolve(ok)
      }
      child.once('error', () => done(false))
      child.once('close', (code) => done(code === 0))
    })
  }

  async function convert(docx: Buffer): Promise<Buffer> {
    const work = await mkdtemp(join(await home(), 'paper-'))
    try {
      await writeFile(join(work, 'paper.docx'), docx)
      const ok = await run(['--convert-to', 'pdf', '--outdir', work, join(work, 'paper.docx')], limitMs)
      if (ok) return await readFile(join(work, 'paper.pdf'))
    } catch (error) {
      log.warn({ err: error }, 'a paper did not become a PDF')
    } finally {
      await rm(work, { recursive: true, force: true })
    }
    throw new AppError('unavailable', 'pdf-failed')
  }

  /** Whether it can be run here. What was missing may have been installed meanwhile: only a yes is remembered. */
  async function available(): Promise<boolean> {
    known ??= run(['--version'], 20_000)
    const yes = await known
    if (!yes) known = undefined
    return yes
  }

  const leave = () => {
    waiting -= 1
  }

  return {
    available,
    /** @throws AppError `unavailable` where there is no LibreOffice, too many wait, or it fails */
    async convert(docx: Buffer): Promise<Buffer> {
      if (!(await available())) throw new AppError('unavailable', 'pdf-not-here')
      if (waiting >= mostWaiting) throw new AppError('unavailable', 'pdf-busy')
      waiting += 1
      const mine = last.then(() => convert(docx)).finally(leave)
      last = mine.catch(() => {})
      return mine
    },
    async close() {
      for (const end of running) end()
      await last
      if (folder) await rm(await folder, { recursive: true, force: true })
    },
  }
}

function killGroup(pid: number) {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended already.
  }
}
