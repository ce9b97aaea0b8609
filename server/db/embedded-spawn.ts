import { join } from 'node:path'
import type { PostgresBinaries } from './embedded-binaries.ts'
import { EmbeddedPostgresError } from './embedded-error.ts'
import type { ProcessOwner } from './embedded-processes.ts'

/** nobody:nogroup nearly everywhere, and the overflow id of the kernel where it has no name. */
export const nobody = { uid: 65_534, gid: 65_534 }

/** @throws EmbeddedPostgresError start-failed, always */
export function cannotRun(cause: Error): never {
  const message = `The embedded PostgreSQL cannot be run on this machine (${cause.message}): set DATABASE_URL to a PostgreSQL server instead.`
  throw new EmbeddedPostgresError('start-failed', message, { cause })
}

/**
 * How PostgreSQL is told its folder. On Linux it is told "where you stand", because a folder beneath one that only
 * root may enter (/root, a fresh mktemp -d) can be stood in by another user, but not be named.
 */
export function ownPlace(folder: string): string {
  return process.platform === 'linux' ? '/proc/self/cwd' : folder
}

/** The environment is emptied because PGDATA, PGOPTIONS and the like would be obeyed. */
export function spawnOptions(binaries: PostgresBinaries, owner: ProcessOwner, cwd: string) {
  const env = { PATH: '/usr/bin:/bin', LD_LIBRARY_PATH: join(binaries.root, 'native/lib'), LANG: 'C', TZ: 'UTC' }
  return { cwd, env, ...owner }
}
