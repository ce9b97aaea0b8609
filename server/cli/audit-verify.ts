import { verifyChain } from '../audit/service.ts'
import type { Db } from '../db/db.ts'
import { runOnDatabase } from './run.ts'

/** `npm run audit:verify`: whether the audit trail is as it was written; exit code 1 when it is not. */
async function verify(db: Db): Promise<number> {
  const { sealed, unsealed, brokenAt } = await verifyChain(db)
  const counts = `${sealed} entries are chained and hold; ${unsealed} are waiting to be chained`
  if (brokenAt === null) console.log(`${counts}.`)
  else console.error(`The audit trail is broken at place ${brokenAt}: an entry there was changed, removed or put in. Before it ${counts}.`)
  return brokenAt === null ? 0 : 1
}

await runOnDatabase(verify)
