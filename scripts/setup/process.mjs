import { spawn, spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { SetupError } from './failure.mjs'
import { inProject, projectDir } from './paths.mjs'

/** The environment in which `node`, `vite`, `tsc` … are the project's own. */
export const projectEnv = (extra = {}) => ({
  ...process.env,
  PATH: `${inProject('node_modules', '.bin')}${path.delimiter}${process.env.PATH ?? ''}`,
  ...extra,
})

/** Runs a quick command without showing it. `ok` is false when it is missing, fails or takes too long. */
export function ask(command, args = [], options = {}) {
  const result = spawnSync(command, args, { encoding: 'utf8', timeout: 20_000, killSignal: 'SIGKILL', cwd: projectDir, ...options })
  return { ok: result.status === 0, code: result.status, output: `${result.stdout ?? ''}${result.stderr ?? ''}`.trim() }
}

/** Whether a command can be found on the PATH. */
export const hasCommand = (name) => findCommand(name) !== undefined

/** Where the shell would find a command. */
export const findCommand = (name) =>
  (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter((dir) => dir !== '')
    .map((dir) => path.join(dir, name))
    .find(isExecutable)

/** Whether a file is there and may be run. */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Runs a long command to its end. Its lines go to `onLine`, and its last lines into the error when it fails.
 * The child dies with us.
 * @returns {Promise<void>}
 * @throws {SetupError} when it cannot be started or fails
 */
export function run(command, args, { onLine = () => {}, what = command, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const lines = []
    const child = spawn(command, args, { cwd: projectDir, stdio: ['ignore', 'pipe', 'pipe'], ...options })
    const kill = () => child.kill('SIGTERM')
    process.once('exit', kill)
    for (const stream of [child.stdout, child.stderr])
      eachLine(stream, (line) => {
        keepLast(lines, line)
        onLine(line)
      })
    child.once('error', (error) => reject(new SetupError(`${what} could not be started: ${error.message}`)))
    child.once('close', (code, signal) => {
      process.off('exit', kill)
      if (code === 0) resolve()
      else reject(new SetupError(`${what} failed (${signal ?? `exit code ${code}`}): ${gist(lines)}`))
    })
  })
}

function eachLine(stream, onLine) {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk) => {
    const parts = (rest + chunk).split(/\r?\n/)
    rest = parts.pop() ?? ''
    for (const part of parts) if (part.trim()) onLine(part)
  })
  stream.on('end', () => {
    if (rest.trim()) onLine(rest)
  })
}

function keepLast(lines, line) {
  lines.push(line)
  if (lines.length > 200) lines.shift()
}

/** The line most likely to say why. npm says a code first and the reason some lines later. */
function gist(lines) {
  const fromNpm = lines.filter((line) => /^npm (error|ERR!) /.test(line)).map((line) => line.replace(/^npm (error|ERR!) /, '').trim())
  if (fromNpm.length > 0) return [fromNpm[0], fromNpm.find((line) => line.length > 30)].filter(Boolean).join(': ')
  const why = lines.find((line) => /\berror\b[: ]|^E: /i.test(line)) ?? lines.at(-1)
  return why?.trim() ?? 'it printed nothing'
}
