import { defineConfig } from 'vitest/config'
import { secondAttempts } from './tests/support/second-attempts.ts'

const browserTests = 'tests/**/*.browser.test.ts'
const globalSetup = ['tests/support/global-setup.ts']
const common = { pool: 'forks', testTimeout: 30_000, hookTimeout: 60_000, globalSetup, retry: 1 } as const

// vitest wants its configuration as the default export.
export default defineConfig({
  test: {
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
        // One browser at a time: several cameras encode in each, and the room adapts to a machine that is too weak.
        test: {
          ...common,
          name: 'browser',
          include: [browserTests],
          globalSetup: [...globalSetup, 'tests/support/client-setup.ts'],
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
