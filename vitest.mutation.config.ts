/** The tests that every mutant of the runtime meets: few, fast and strong. `npm run test:mutation` */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/mutation/**/*.test.ts', 'test/runtime/decide/{equality,kleene,large-policy,value}.test.ts'],
    testTimeout: 20_000,
    setupFiles: ['test/support/seed.ts'],
  },
})
