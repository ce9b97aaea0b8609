import { hashPassword } from 'better-auth/crypto'
import { sql } from 'drizzle-orm'
import { pino } from 'pino'
import { v7 } from 'uuid'
import { type Actor, type Grant, program } from '../../shared/policy.ts'
import { type AuditService, createAuditService } from '../audit/service.ts'
import type { Config } from '../config.ts'
import type { Db, Tx } from '../db/db.ts'
import { readablePassword } from '../identity/readable-password.ts'
import { anyAccount, insertAccount, insertGrant } from '../identity/store.ts'
import { loadTrial, type Trial } from './load.ts'

/** Any constant will do: of several nodes that start at once on an empty database, one fills it. */
const firstRunLock = 0x66697273

export type FirstRun = { administrator: { username: string; name: string; password: string }; trial: Trial | null }

type Deps = { db: Db; config: Pick<Config, 'trial' | 'trialPassword' | 'adminPassword'>; now: () => Date }

const everywhere: Grant = { role: 'admin', scope: { kind: 'region', regionCode: '' } }

/**
 * Gives a database without any account its first administrator and, where the settings ask for it, the trial: all of it
 * or, when the program dies meanwhile, nothing. Null when there is an account already. The passwords are known only to
 * the caller from here on.
 */
export function prepareFirstRun({ db, config, now }: Deps): Promise<FirstRun | null> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${firstRunLock})`)
    if (await anyAccount(tx)) return null
    const audit = createAuditService({ db, now, log: pino({ level: 'silent' }) })
    const { actor, administrator } = await createFirstAdministrator(tx, audit, config.adminPassword ?? readablePassword())
    const trial = config.trial
      ? await loadTrial({ db: within(db, tx), tx, audit, administrator: actor, password: config.trialPassword ?? readablePassword(), now })
      : null
    return { administrator, trial }
  })
}

async function createFirstAdministrator(tx: Tx, audit: AuditService, password: string) {
  const [id, username, name] = [v7(), 'admin', '系统管理员']
  await insertAccount(tx, { id, username, name, passwordHash: await hashPassword(password) })
  await insertGrant(tx, v7(), id, everywhere)
  await audit.record(tx, program, 'account:create', id, { username })
  await audit.record(tx, program, 'role:grant', id, everywhere)
  const actor: Actor = { accountId: id, name, anonymous: false, sessionId: null, grants: [everywhere] }
  return { actor, administrator: { username, name, password } }
}

/** The database as it is seen from within a transaction, so that whole services take part in it. */
const within = (db: Db, tx: Tx): Db => ({ pool: db.pool, reader: tx, transaction: (work) => work(tx) })
