/** The engines that can run a hook, and how each is started so that nothing but the bundle decides. */
import type { BundleTarget } from '../../compiler/emit/kernel.js'

export type EngineKind = 'node' | 'bun' | 'qjs'

interface EngineStart {
  readonly target: BundleTarget
  /** What stands between the engine and the bundle. */
  readonly flags: readonly string[]
  /** About how long a hook takes, to one on Node as `install` starts it: 100 statements, no shell command (`npm run bench -- --only engines`). */
  readonly startRatio: number
}

/**
 * What makes a hook on Node sooner done, for the versions that know it: V8 orders its tables by the hash seed that Node was built with, which
 * saves a fifth of a start, and compiles to machine code only what runs much longer than an ordinary call takes.
 */
export const QUICK_FLAGS: readonly (readonly string[])[] = [
  ['--no-rehash-snapshot', '--no-sparkplug', '--no-maglev', '--invocation-count-for-turbofan=30000'],
  ['--no-rehash-snapshot', '--no-sparkplug', '--no-maglev', '--interrupt-budget=2000000'],
  ['--no-rehash-snapshot'],
]

export const ENGINE_STARTS: Readonly<Record<EngineKind, EngineStart>> = {
  node: { target: 'node', flags: [], startRatio: 1 },
  // Without these Bun runs what `bunfig.toml` and `tsconfig.json` of its working directory name in the place of `node:fs`.
  bun: {
    target: 'node',
    flags: ['--config=/dev/null', '--tsconfig-override=/dev/null', '--no-env-file', '--no-install'],
    startRatio: 1,
  },
  qjs: { target: 'qjs', flags: ['--std', '--script'], startRatio: 0.4 },
}
