import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { groupLetter } from '../../shared/opinion.ts'
import { FilesError, readExport } from '../opinion/polis-files.ts'
import { consensusCsv, groupsCsv, reportOn } from '../opinion/polis-report.ts'
import { CliError } from './run.ts'

const usage = `npm run opinion -- <folder> [<where to write>]

The folder holds a conversation in Pol.is' CSV form: comments.csv, and votes.csv (1 agree, -1 disagree, 0 pass; the last
vote of a person counts) or participants-votes.csv. Writes groups.csv, consensus.csv and report.json, beside them or where you say.`

/** `npm run opinion`: the groups and the common ground of an exported conversation. */
async function analyse([folder, target = folder]: string[]) {
  if (!folder || !target || folder.startsWith('-')) throw new CliError(usage)
  const { placed, ranked, texts, report } = reportOn(await readExport(folder))
  const files = {
    'groups.csv': groupsCsv(placed),
    'consensus.csv': consensusCsv(ranked, texts),
    'report.json': `${JSON.stringify(report, null, 2)}\n`,
  }
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(target, name), content).catch((error: Error) => {
      throw new CliError(`${name} cannot be written: ${error.message}`)
    })
  }
  const groups = report.groups.map(({ id, size }) => `${groupLetter(id)} ${size}`).join(', ')
  console.log(
    `${report.votes} votes of ${report.voters} people from ${report.source}; ${report.moderatedOut.length} comments are moderated out.`,
  )
  console.log(`${report.placed} people gave ${report.votesToBePlaced} votes or more: ${report.groups.length} groups (${groups || 'none'}).`)
  console.log(`Common ground: ${report.commonGround.length} comments. Written: ${Object.keys(files).join(', ')} in ${target}`)
}

try {
  await analyse(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof CliError || error instanceof FilesError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
