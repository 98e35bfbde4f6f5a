import { defineConfig } from 'vitest/config'

const separate = ['package', 'engines', 'agents', 'sdk']

/** What is installed before the tests that share it. */
const SET_UPS: Readonly<Record<string, string[]>> = {
  agents: ['test/agents/global-setup.ts'],
  engines: ['test/engines/set-up.ts'],
  sdk: ['test/sdk/set-up.ts'],
}

/** What of a set's folder is the set: the SDK's own tests, which need nothing installed, are unit tests. */
function filesOf(name: string): string {
  return name === 'sdk' ? 'test/sdk/*/**' : `test/${name}/**`
}

/** A set of tests that installs what it needs and is asked for by name. */
function separateProject(name: string) {
  const globalSetup = SET_UPS[name] ?? []
  return { test: { name, include: [`${filesOf(name)}/*.test.ts`], testTimeout: 300_000, hookTimeout: 300_000, globalSetup } }
}

export default defineConfig({
  test: {
    // Every core: by default one is left to others.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...separate, 'mutation'].map(filesOf),
          testTimeout: 120_000,
          // Files share what they load: half of what a file of tests takes is made ready once.
          isolate: false,
          setupFiles: ['test/support/seed.ts'],
        },
      },
      ...separate.map(separateProject),
    ],
  },
})
