import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import process from 'node:process'
import { SetupError } from './failure.mjs'
import { projectDir } from './paths.mjs'
import { projectEnv } from './process.mjs'

/**
 * Hands the terminal over to a program and waits for it.
 *
 * With `ownGroup` the program gets a process group of its own, so that a Ctrl-C reaches it once, through us, and not
 * three times (from the terminal, from npm and from us). Without it the program keeps the terminal (psql needs that),
 * gets the terminal's Ctrl-C itself, and only other signals are passed on.
 * @param {string} command
 * @param {string[]} args
 * @param {{ ownGroup?: boolean }} [options]
 * @returns {Promise<number>} its exit code, as a shell would report it
 * @throws {SetupError} when it cannot be started
 */
export async function handOver(command, args, { ownGroup = false } = {}) {
  const program = start(command, args, ownGroup)
  const stop = passSignals([program], ownGroup)
  return program.ended.finally(stop)
}

/**
 * Runs programs side by side; when one ends, the others are stopped too.
 * @param {[command: string, args: string[]][]} commands
 * @returns {Promise<number>} the exit code of the one that ended first
 */
export async function startTogether(commands) {
  const programs = commands.map(([command, args]) => start(command, args, true))
  const stop = passSignals(programs, true)
  try {
    return await Promise.race(programs.map((program) => program.ended))
  } finally {
    for (const program of programs) if (!program.wasTold) tell(program, 'SIGTERM')
    await Promise.allSettled(programs.map((program) => program.ended))
    stop()
  }
}

function start(command, args, detached) {
  const child = spawn(command, args, { cwd: projectDir, stdio: 'inherit', env: projectEnv(), detached })
  const ended = new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new SetupError(`${command} could not be started: ${error.message}`)))
    child.once('close', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)))
  })
  return { child, ended, wasTold: false }
}

function tell(program, signal) {
  program.wasTold = true
  program.child.kill(signal)
}

/** npm repeats a Ctrl-C that the terminal sent us already; a person's second one comes later than this. */
const REPEAT_MS = 500

function passSignals(programs, ownGroup) {
  let lastAt = -REPEAT_MS
  const pass = (signal) => {
    const hasItAlready = signal === 'SIGINT' && !ownGroup && process.stdin.isTTY
    if (hasItAlready || performance.now() - lastAt < REPEAT_MS) return
    lastAt = performance.now()
    // A terminal that was closed must stop the program in order, not kill it.
    for (const program of programs) tell(program, signal === 'SIGHUP' ? 'SIGTERM' : signal)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, pass)
  const unwatch = ownGroup ? onParentGone(() => pass('SIGTERM')) : () => {}
  return () => {
    unwatch()
    for (const signal of signals) process.off(signal, pass)
  }
}

/** npm does not pass a SIGTERM on to us. When it is gone, nobody could stop the program any more: it stops with it. */
function onParentGone(stop) {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    stop()
  }, 1_000)
  return () => clearInterval(timer)
}
