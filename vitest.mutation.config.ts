/** The tests that every mutant of the runtime meets: few, fast and strong. `npm run test:mutation` */
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** In this order, and the first that fails is the last. */
const tests = ['test/mutation/fast.test.ts', 'test/mutation/slow.test.ts']

class InThatOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => tests.findIndex(test => moduleId.endsWith(test))
    return [...files].sort((a, b) => place(a) - place(b))
  }
}

export default defineConfig({
  test: {
    include: tests,
    testTimeout: 20_000,
    setupFiles: ['test/support/seed.ts'],
    sequence: { sequencer: InThatOrder },
    pool: 'threads',
  },
})
