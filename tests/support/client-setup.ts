import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { setUpScript } from './scripts.ts'

declare module 'vitest' {
  interface ProvidedContext {
    clientFolder: string
  }
}

/** The client as its sources are now, built once for all browser tests. */
export async function setup(project: TestProject) {
  const { ensureClient } = await setUpScript('setup/client.mjs')
  const { createLog } = await setUpScript('setup/progress.mjs')
  await ensureClient({ log: createLog() })
  project.provide('clientFolder', join(import.meta.dirname, '../../client/dist'))
}
