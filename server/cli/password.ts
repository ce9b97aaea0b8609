import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { hashPassword } from 'better-auth/crypto'
import { pino } from 'pino'
import { passwordSchema } from '../../shared/identity.ts'
import { program } from '../../shared/policy.ts'
import { createAuditService } from '../audit/service.ts'
import type { Db } from '../db/db.ts'
import { readablePassword } from '../identity/readable-password.ts'
import { deleteSessions, setPassword } from '../identity/store.ts'
import { CliError, runOnDatabase } from './run.ts'

/** `npm run password -- <username>`: a new password for somebody who lost theirs; whoever is signed in as them is signed out. */
async function changePassword(db: Db): Promise<number> {
  const username = process.argv[2]?.toLowerCase()
  if (!username) throw new CliError('Whose password? npm run password -- <username>')
  const typed = process.stdin.isTTY ? await askForPassword(username) : ''
  if (typed !== '' && !passwordSchema.safeParse(typed).success)
    throw new CliError('A password has 10 to 128 characters; nothing was changed.')
  const password = typed || readablePassword()
  const revoked = await store(db, username, await hashPassword(password))
  console.log(typed ? `The password of ${username} is changed.` : `The password of ${username} is now: ${password}`)
  console.log(`Sessions ended: ${revoked}. A page that is still open notices when it next asks for something or reconnects.`)
  return 0
}

function store(db: Db, username: string, passwordHash: string): Promise<number> {
  const audit = createAuditService({ db, now: () => new Date(), log: pino({ level: 'silent' }) })
  return db.transaction(async (tx) => {
    const accountId = await setPassword(tx, username, passwordHash)
    if (accountId === null) throw new CliError(`There is no account with the user name ${username}.`)
    const sessions = await deleteSessions(tx, { accountId })
    await audit.record(tx, program, 'account:set-password', accountId, { username, sessions: sessions.length })
    return sessions.length
  })
}

/** Nothing of what is typed is shown. */
async function askForPassword(username: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  process.stdout.write(`New password for ${username} (nothing for a random one): `)
  const stopped = new Promise<never>((_, reject) => lines.once('SIGINT', () => reject(new CliError('\nNothing was changed.'))))
  const typed = await Promise.race([lines.question(''), stopped]).finally(() => lines.close())
  process.stdout.write('\n')
  return typed
}

await runOnDatabase(changePassword)
