import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { secondAttempts } from './tests/support/second-attempts.ts'

// Every worker and every program that a test starts loads the same code.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/compiled')

const browserTests = 'tests/**/*.browser.test.ts'
const cameraTests = [
  'tests/{breakouts,media,network,recording}/*.browser.test.ts',
  'tests/journeys/{joint-meeting,restart,room-screens}.browser.test.ts',
]
const clientSetup = ['tests/support/client-setup.ts']

const common = {
  pool: 'forks',
  testTimeout: 30_000,
  hookTimeout: 60_000,
  retry: 1,
  // Loading the program takes longer than most files run: a worker does it once. Its modules hold no state, so that files share nothing by it.
  isolate: false,
} as const

// vitest wants its configuration as the default export.
export default defineConfig({
  test: {
    globalSetup: ['tests/support/global-setup.ts'],
    reporters: ['default', secondAttempts],
    projects: [
      {
        test: {
          ...common,
          name: 'server',
          include: ['tests/**/*.test.ts'],
          exclude: [browserTests],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...common,
          name: 'pages',
          include: [browserTests],
          exclude: cameraTests,
          globalSetup: clientSetup,
          maxWorkers: 2,
          maxConcurrency: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // One browser at a time: several cameras encode in each, and the room adapts to a machine that is too weak.
        test: {
          ...common,
          name: 'cameras',
          include: cameraTests,
          globalSetup: clientSetup,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
