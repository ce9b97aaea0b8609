import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { EmbeddedPostgresError } from './embedded-error.ts'
import { processIdentity, until } from './embedded-processes.ts'

/** How long a start waits for a program that is just closing. */
const closingTimeoutMs = 30_000
/** A lock file that stays unreadable for so long was left half-written by a program that died. */
const halfWrittenMs = 1_000

type Holder = { pid: number; identity: string; closing: boolean }

export type ProgramLock = { markClosing(): Promise<void>; release(): Promise<void> }

/**
 * The first of two locks on a folder: a file that names the living program which uses it. It answers at once and covers
 * the time before there is a database to ask; the lock inside the database (embedded-claim.ts) settles what races it leaves.
 * @throws EmbeddedPostgresError already-running
 */
export async function takeProgramLock(path: string, folder: string): Promise<ProgramLock> {
  const mine: Holder = { pid: process.pid, identity: (await processIdentity(process.pid)) ?? '', closing: false }
  while (!(await create(path, mine))) await removeIfStale(path, folder)
  const isMine = async () => {
    const holder = await readHolder(path)
    return typeof holder === 'object' && holder.pid === mine.pid && holder.identity === mine.identity
  }
  return {
    async markClosing() {
      if (await isMine()) await writeFile(path, JSON.stringify({ ...mine, closing: true }))
    },
    async release() {
      if (await isMine()) await rm(path, { force: true })
    },
  }
}

async function create(path: string, holder: Holder): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(holder), { flag: 'wx', mode: 0o644 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Returns once the file is gone; throws when its holder lives and means to stay. */
async function removeIfStale(path: string, folder: string): Promise<void> {
  await until(async () => (await readHolder(path)) !== 'half-written', { timeoutMs: halfWrittenMs })
  if (isClosing(await readHolder(path))) {
    await until(async () => !(await isAlive(await readHolder(path))), { timeoutMs: closingTimeoutMs, everyMs: 50 })
  }
  if (await isAlive(await readHolder(path))) throw alreadyRunning(folder, await holderName(path))
  // Renaming first: of several programs that found the same dead holder, only one can have it.
  const aside = `${path}.${process.pid}`
  await rename(path, aside).catch(ignoreMissing)
  const tookLiving = await isAlive(await readHolder(aside))
  if (tookLiving) await rename(aside, path)
  else await rm(aside, { force: true })
}

type Found = Holder | 'half-written' | undefined

const isClosing = (found: Found) => typeof found === 'object' && found.closing

async function isAlive(found: Found): Promise<boolean> {
  return typeof found === 'object' && (await processIdentity(found.pid)) === found.identity
}

async function holderName(path: string): Promise<string> {
  const found = await readHolder(path)
  return typeof found === 'object' ? `pid ${found.pid}` : 'its pid is unknown'
}

async function readHolder(path: string): Promise<Found> {
  const text = await readFile(path, 'utf8').catch(ignoreMissing)
  if (text === undefined) return undefined
  try {
    return JSON.parse(text) as Holder
  } catch {
    return 'half-written'
  }
}

/** Anything else, such as a missing permission, must not look like a free folder. */
function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}

export function alreadyRunning(folder: string, who: string): EmbeddedPostgresError {
  const message = `Another program (${who}) is already running on ${folder}: stop it first, or give this one a DATA_DIR of its own.`
  return new EmbeddedPostgresError('already-running', message)
}
