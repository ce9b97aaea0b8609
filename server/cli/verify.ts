import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { dateOnPaper } from '../../shared/on-paper.ts'
import { type Finding, type Verdict, verifyBundle } from '../exports/bundle/verify.ts'
import { CliError } from './run.ts'
import { holding, problems } from './verify-words.ts'

const usage = `npm run verify -- <bundle.zip> [--key <fingerprint>]

核验纪要存档包：无需服务器和数据库。--key 为秘书处公布的服务器公钥指纹。
Checks a bundle of minutes without any server or database. --key is the fingerprint of the server that should have made it.`

/** `npm run verify`: says what holds of a bundle and what does not; exit code 1 when something does not. */
async function verify(args: string[]): Promise<number> {
  const { path, key } = wishOf(args)
  const bytes = await readFile(path).catch((error: Error) => {
    throw new CliError(`${path}: ${error.message}`)
  })
  const verdict = verifyBundle(bytes, { key })
  console.log([...about(verdict), ...verdict.findings.flatMap(linesOf), ...ending(verdict, key)].join('\n'))
  return verdict.holds ? 0 : 1
}

function wishOf(args: string[]): { path: string; key: string | undefined } {
  try {
    const { positionals, values } = parseArgs({ args, allowPositionals: true, options: { key: { type: 'string' } } })
    const [path] = positionals
    if (path !== undefined && positionals.length === 1) return { path, key: values.key }
  } catch {
    // An option that there is not: the usage says which there are.
  }
  throw new CliError(usage)
}

function about({ manifest, signatures, entries }: Verdict): string[] {
  if (!manifest) return []
  const pathOf = new Map(signatures?.regions.map(({ code, path }) => [code, path.join('')]))
  return [
    manifest.title,
    `${dateOnPaper(manifest.madeAt)} · ${manifest.files.length} 个文件 files · ${entries} 条留痕 audit entries`,
    ...(signatures?.signatures ?? []).map(
      ({ regionCode, name, signedAt }) => `  ${pathOf.get(regionCode) ?? regionCode} · ${name} · ${dateOnPaper(signedAt)}`,
    ),
    '',
  ]
}

function linesOf({ check, problems: found }: Finding): string[] {
  if (found.length === 0) return [`✓ ${holding[check].zh} · ${holding[check].en}`]
  return found.map(({ problem, about: what }) => `✗ ${problems[problem].zh} · ${problems[problem].en}${what === '' ? '' : `: ${what}`}`)
}

function ending({ holds, manifest, signatures, fingerprint }: Verdict, key: string | undefined): string[] {
  if (!manifest) return []
  const unsigned = '注意：这份纪要打包时尚未签署完成。· Note: these minutes were not yet signed by all when they were packed.'
  const unknown = `请核对服务器指纹 · Compare the server's fingerprint: ${fingerprint}`
  return [
    '',
    ...(signatures && signatures.stage !== 'signed' ? [unsigned] : []),
    ...(key === undefined ? [unknown] : []),
    holds ? '结论：未被改动。· Nothing was changed.' : '结论：核验不通过。· It does not hold.',
  ]
}

try {
  process.exitCode = await verify(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof CliError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
