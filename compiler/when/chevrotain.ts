/** The parser library, loaded when the first expression is parsed: policies without one do not pay for it. */
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type * as Library from 'chevrotain'
import { packageFile } from '../package-root.js'

/** One file, built with the package: see `build-chevrotain.ts`. */
export const LIBRARY_FILE = 'dist/chevrotain.cjs'

export const libraryExports = ['createToken', 'createTokenInstance', 'EOF', 'EmbeddedActionsParser', 'Lexer'] as const

export type Chevrotain = Pick<typeof Library, (typeof libraryExports)[number]>

/** @throws where the package has not been built */
export function loadChevrotain(): Chevrotain {
  return createRequire(import.meta.url)(fileURLToPath(packageFile(LIBRARY_FILE)))
}
