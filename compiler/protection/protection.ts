/**
 * agsec's protection of itself: statements that stand before every policy, in every mode. They are read from their file when the
 * package is built, and come as data: reading them takes as long as most policies do.
 */
import type { Statement } from '../ast.js'
import { readPackageFile } from '../package-root.js'
import { parsePolicy } from '../parse/parse-policy.js'
import type { Source, Span } from '../source.js'

const FILE = 'compiler/protection/self-protection.yaml'
export const BUILT_FILE = 'dist/self-protection.json'

let loaded: readonly Statement[] | undefined

/** Read once in a process. */
export function loadProtection(): readonly Statement[] {
  return (loaded ??= unpackStatements(readPackageFile(BUILT_FILE), protectionSource()))
}

/** The statements as their file says them. */
export function parseProtection(): readonly Statement[] {
  const { policy, diagnostics } = parsePolicy([protectionSource()])
  if (policy === undefined) throw new Error(`the built-in ${FILE} does not compile: ${diagnostics[0]?.message ?? ''}`)
  return policy.statements
}

function protectionSource(): Source {
  return { path: 'agsec:self-protection.yaml', text: readPackageFile(FILE) }
}

/** Statements of one source as JSON: a place is its two ends, and the places inside of a value are left out. */
export function packStatements(statements: readonly Statement[]): string {
  return JSON.stringify(statements, (_, value: unknown) => (isSpan(value) ? { [PLACE]: [value.start, value.end] } : value))
}

const PLACE = '@'

function isSpan(value: unknown): value is Span {
  return typeof value === 'object' && value !== null && 'source' in value && 'start' in value && 'end' in value
}

function unpackStatements(json: string, source: Source): readonly Statement[] {
  return JSON.parse(json, (_, value: unknown) => unpacked(value, source)) as readonly Statement[] // written by `packStatements`
}

function unpacked(value: unknown, source: Source): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (PLACE in value && Array.isArray(value[PLACE]))
    return { source, start: value[PLACE][0], end: value[PLACE][1] } satisfies Record<keyof Span, unknown>
  // Asked only for what is wrong inside a pattern: in those of the package, nothing is.
  return 'valueSpan' in value ? { ...value, spanInValue: () => value.valueSpan } : value
}
