import { createHash } from 'node:crypto'
import { lchown, lstat, mkdir, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canReach, locateBinaries, type PostgresBinaries } from './embedded-binaries.ts'
import { EmbeddedPostgresError } from './embedded-error.ts'
import { giveTo, initialise, removeAbandonedDrafts } from './embedded-initdb.ts'
import type { ProcessOwner } from './embedded-processes.ts'
import { nobody } from './embedded-spawn.ts'

/** sun_path holds 108 bytes on Linux with its end mark and 104 elsewhere; libpq's file name takes the rest. */
const maxSocketFolderBytes = (process.platform === 'linux' ? 107 : 103) - '/.s.PGSQL.5432'.length

/** A folder that is ready to be served, and what is needed to serve it. */
export type Cluster = { folder: string; socketFolder: string; owner: ProcessOwner; binaries: PostgresBinaries }

/** Whom the folder belongs to is whom PostgreSQL runs as; never root. */
export async function prepareCluster(folder: string, durable: boolean): Promise<Cluster> {
  const owner = await chooseOwner(folder)
  const binaries = await locateBinaries(owner)
  await removeAbandonedDrafts(folder)
  const found = await inspect(folder, binaries.major)
  if (found === 'empty') await initialise(folder, { binaries, owner, durable })
  // A folder that root has restored from a backup is root's, and PostgreSQL would refuse it.
  else if (owner && (await lstat(folder)).uid === 0) await giveTo(owner, folder)
  return { folder, owner, binaries, socketFolder: await prepareSocketFolder(folder, owner) }
}

async function chooseOwner(folder: string): Promise<ProcessOwner> {
  const found = await lstat(folder).catch(() => undefined)
  const self = process.getuid?.() ?? 0
  if (self === 0) return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid || nobody.gid } : nobody
  if (found && found.uid !== self) {
    const message = `${folder} belongs to user ${found.uid} but the program runs as user ${self}: run it as user ${found.uid} or root, or chown -R ${self} the folder.`
    throw new EmbeddedPostgresError('not-owner', message)
  }
  return undefined
}

async function inspect(folder: string, major: number): Promise<'cluster' | 'empty'> {
  const version = await readFile(join(folder, 'PG_VERSION'), 'utf8').catch(() => undefined)
  if (version === undefined) {
    const entries = await readdir(folder).catch(() => [])
    if (entries.length === 0) return 'empty'
    const message = `${folder} holds other files and no PostgreSQL database: move them away, or choose another DATA_DIR.`
    throw new EmbeddedPostgresError('foreign-folder', message)
  }
  const written = Number.parseInt(version, 10)
  if (written === major) return 'cluster'
  const message = `${folder} was written by PostgreSQL ${written} and this release runs ${major}. Nothing was changed. Start the release that wrote it, save its data with PostgreSQL ${Math.max(written, major)}'s pg_dumpall -h ${folder} -U yishi -f yishi.sql, stop it, move the folder away, start this release and load it with npm run db:shell -- -f yishi.sql`
  throw new EmbeddedPostgresError(written < major ? 'older-major' : 'newer-major', message)
}

/** The data folder itself, closed to everybody else; a short private folder when its path is too long for a socket. */
async function prepareSocketFolder(folder: string, owner: ProcessOwner): Promise<string> {
  if (Buffer.byteLength(folder) <= maxSocketFolderBytes) return folder
  const name = `yishi-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`
  const short = join((await isGoodParent(tmpdir(), name, owner)) ? tmpdir() : '/tmp', name)
  await mkdir(short, { mode: 0o700 }).catch(() => undefined)
  const found = await lstat(short)
  const uid = owner?.uid ?? process.getuid?.()
  if (found.uid === process.getuid?.() && owner) await lchown(short, owner.uid, owner.gid)
  else if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o077) !== 0) {
    throw new EmbeddedPostgresError('start-failed', `${short} is in the way: remove it, or choose a DATA_DIR with a shorter path.`)
  }
  return short
}

async function isGoodParent(parent: string, name: string, owner: ProcessOwner): Promise<boolean> {
  if (Buffer.byteLength(join(parent, name)) > maxSocketFolderBytes) return false
  return owner === undefined || canReach(parent, owner)
}
