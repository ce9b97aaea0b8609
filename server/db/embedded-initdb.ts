import { spawn } from 'node:child_process'
import { lchown, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { PostgresBinaries } from './embedded-binaries.ts'
import { EmbeddedPostgresError } from './embedded-error.ts'
import { type ProcessOwner, processIdentity } from './embedded-processes.ts'
import { cannotRun, nobody, ownPlace, spawnOptions } from './embedded-spawn.ts'

type InitialiseOptions = { binaries: PostgresBinaries; owner: ProcessOwner; durable: boolean }

/** Made beside the folder and renamed, so that a folder is either absent or whole, whenever the program dies. */
export async function initialise(folder: string, options: InitialiseOptions): Promise<void> {
  const draft = `${folder}.initdb-${process.pid}`
  await mkdir(draft, { mode: 0o700 })
  try {
    // Unlike PostgreSQL itself, initdb needs a user with a name; an owner from outside a container may have none here.
    const maker = options.owner && nobody
    if (maker) await lchown(draft, maker.uid, maker.gid)
    await initdb(draft, { ...options, owner: maker })
    if (options.owner) await giveTo(options.owner, draft)
    await rename(draft, folder).catch((cause: NodeJS.ErrnoException) => refuseRename(folder, cause))
    if (options.durable) await syncFolder(dirname(folder))
  } finally {
    await removeDraft(draft)
  }
}

function refuseRename(folder: string, cause: NodeJS.ErrnoException): never {
  if (cause.code !== 'EBUSY' && cause.code !== 'EXDEV') throw cause
  throw new EmbeddedPostgresError('start-failed', `${folder} is a mount point: mount the volume on ${dirname(folder)} instead.`, { cause })
}

async function initdb(draft: string, options: InitialiseOptions): Promise<void> {
  // Sorting and case by PostgreSQL's own tables, the same on every machine. LC_CTYPE decides what pg_trgm and full
  // text search take for a letter: under C every Chinese character would be punctuation to them.
  const ctypes = process.platform === 'darwin' ? ['UTF-8'] : ['C.UTF-8', 'en_US.UTF-8', 'zh_CN.UTF-8']
  let said = ''
  for (const ctype of ctypes) {
    const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', `--lc-ctype=${ctype}`]
    const access = ['--auth-local=trust', '--auth-host=reject', '--username=yishi', '--no-instructions']
    const args = ['-D', ownPlace(draft), '--encoding=UTF8', ...locale, ...access, ...(options.durable ? [] : ['--no-sync'])]
    const child = spawn(join(options.binaries.root, 'native/bin/initdb'), args, {
      ...spawnOptions(options.binaries, options.owner, draft),
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
    const [code, errors] = await Promise.all([ended, text(child.stderr)]).catch(cannotRun)
    if (code === 0) return
    said = errors
    if (!errors.includes('invalid locale name')) break
  }
  if (said.includes('user does not exist')) {
    const message = `The program runs as user ${process.getuid?.()}, who has no name in /etc/passwd, and PostgreSQL's initdb needs one: add an entry, or start as another user.`
    throw new EmbeddedPostgresError('start-failed', message)
  }
  throw new EmbeddedPostgresError('start-failed', `PostgreSQL's initdb could not create ${draft}: ${said.trim().replaceAll(/\s+/g, ' ')}`)
}

/** Hands a folder and all in it to a user; only root may. */
export async function giveTo(owner: { uid: number; gid: number }, folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true })) await lchown(join(folder, entry), owner.uid, owner.gid)
  await lchown(folder, owner.uid, owner.gid)
}

/** A start that was killed while it made the folder leaves its draft. */
export async function removeAbandonedDrafts(folder: string): Promise<void> {
  const prefix = `${basename(folder)}.initdb-`
  for (const entry of await readdir(dirname(folder))) {
    if (!entry.startsWith(prefix)) continue
    const maker = Number(entry.slice(prefix.length))
    const abandoned = maker === process.pid || (await processIdentity(maker)) === undefined
    if (abandoned) await removeDraft(join(dirname(folder), entry))
  }
}

/** The initdb of a killed program may still be writing: what it adds meanwhile goes at the next start. */
function removeDraft(draft: string): Promise<void> {
  return rm(draft, { recursive: true, force: true, maxRetries: 3, retryDelay: 50 }).catch(() => undefined)
}

async function syncFolder(path: string): Promise<void> {
  const handle = await open(path)
  await handle.sync().finally(() => handle.close())
}
