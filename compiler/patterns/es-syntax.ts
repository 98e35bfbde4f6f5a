import type { Pattern } from './ast.js'
import { reject } from './pattern-error.js'
export function parseEs(source: string): Pattern {
  return reject('regex-unsupported', 'the ECMAScript dialect is not read yet', 0, source.length)
}
