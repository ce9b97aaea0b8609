import type { Reporter, TestCase, TestModule } from 'vitest/node'

const isFlaky = (test: TestCase) => test.diagnostic()?.flaky === true

/** Says at the end of a run which tests passed only when tried again, and how they failed first: each is a fault to find. */
export const secondAttempts: Reporter = {
  onTestRunEnd(modules: readonly TestModule[]) {
    for (const module of modules) {
      for (const test of module.children.allTests('passed')) {
        if (!isFlaky(test)) continue
        console.log(`\nPassed only at the second attempt: ${module.relativeModuleId} > ${test.fullName}`)
        for (const { stack, message } of test.result().errors ?? []) console.log(stack ?? message)
      }
    }
  },
}
