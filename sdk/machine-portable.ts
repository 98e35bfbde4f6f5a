/** Browsers, edge workers, anything that is ECMAScript: a bundle that was imported decides, and of the machine nothing is known. */
import type { Machine } from './machine.js'

const NO_FILES = 'there are no files here: compile with `agsec compile --target esm`, and give the guard what the bundle exports'

export const portableMachine: Machine = {
  facts: () => ({ platform: 'linux', realPath: path => path }),
  cwd: () => undefined,
  openBundle() {
    throw new Error(NO_FILES)
  },
  compile() {
    throw new Error(NO_FILES)
  },
  mode: () => 'enforce',
  append: () => false,
  isProxy: () => false,
}
