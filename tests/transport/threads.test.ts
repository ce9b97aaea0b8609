import { readdirSync, readFileSync } from 'node:fs'
import { constants, getPriority } from 'node:os'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { helpersStepBack } from '../../server/transport/threads.ts'

const helpers = () =>
  readdirSync('/proc/self/task').filter((id) => readFileSync(`/proc/self/task/${id}/comm`, 'latin1').trim() === 'V8Worker')

test.runIf(process.platform === 'linux')('what collects garbage and compiles lets the thread that answers people go first', () => {
  helpersStepBack()
  expect(helpers().length).toBeGreaterThan(0)
  for (const id of helpers()) expect(getPriority(Number(id))).toBe(constants.priority.PRIORITY_BELOW_NORMAL)
  expect(getPriority(process.pid)).toBe(0)
})

test.runIf(process.platform === 'linux')('a thread that steps back lets everybody go first, and nobody else with it', async () => {
  const words = `import { stepBack } from ${JSON.stringify(new URL('../../server/transport/threads.ts', import.meta.url).href)}
    import { getPriority } from 'node:os'; import { readlinkSync } from 'node:fs'; import { parentPort } from 'node:worker_threads'
    stepBack(); parentPort.postMessage(getPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1))))`
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(words)}`))
  const priority = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject))
  expect(priority).toBe(constants.priority.PRIORITY_LOW)
  expect(getPriority(process.pid)).toBe(0)
})
