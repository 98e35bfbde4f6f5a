/**
 * Automata that were compiled, and proved from their patterns, when the package was built: those of the built-in statements, which
 * come with every policy and have more states than most policies, and of the default policies. That a table has them is proved at
 * every compile. Lists of paths that are too many for one automaton are known as well: to find that out takes longer than most patterns.
 */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { DamagedPackage, packageFile, readPackageFile } from '../package-root.js'
import type { Automaton } from './automaton.js'
import type { PatternSource } from './compile-pattern.js'
import type { PatternError } from './pattern-error.js'

/** A line for each pattern and, after it, one for its automaton; before them the digest of it all: what is proved no more must not rot. */
export const PREBUILT_FILE = 'dist/prebuilt-automata.txt'

interface Packed {
  readonly classes: readonly (readonly number[])[]
  readonly stateCount: number
  readonly transitions: readonly number[]
  readonly accepting: readonly number[]
}

/** What a pattern compiles to; of one that is too large why. */
type Compiled = Automaton | PatternError

/** By pattern; those that were asked for are unpacked. */
let prebuilt: Map<string, string | Compiled> | undefined

/** Undefined for patterns that come with no package. */
export function prebuiltPattern(source: PatternSource): Compiled | undefined {
  const key = keyOf(source)
  prebuilt ??= readPrebuilt()
  const found = prebuilt.get(key)
  if (typeof found !== 'string') return found
  const written = JSON.parse(found) as Packed | PatternError // by `prebuiltText`
  const compiled = 'code' in written ? written : unpacked(written)
  prebuilt.set(key, compiled)
  return compiled
}

/** The same; undefined also for one that has none. */
export function prebuiltAutomaton(source: PatternSource): Automaton | undefined {
  const compiled = prebuiltPattern(source)
  return compiled === undefined || 'code' in compiled ? undefined : compiled
}

function keyOf(source: PatternSource): string {
  return JSON.stringify(source)
}

/** None where the package is being built. @throws DamagedPackage */
function readPrebuilt(): Map<string, string> {
  if (!existsSync(packageFile(PREBUILT_FILE))) return new Map()
  return parsePrebuilt(readPackageFile(PREBUILT_FILE))
}

/** @throws DamagedPackage where the text is not what `prebuiltText` wrote */
export function parsePrebuilt(text: string): Map<string, string> {
  const start = text.indexOf('\n') + 1
  const body = text.slice(start)
  if (text.slice(0, start - 1) !== digest(body)) throw new DamagedPackage(`\`${PREBUILT_FILE}\` of the package is damaged`)
  const lines = body.split('\n')
  return new Map(lines.flatMap((line, i) => (i % 2 === 0 ? [[line, lines[i + 1] ?? ''] as const] : [])))
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function unpacked({ classes, stateCount, transitions, accepting }: Packed): Automaton {
  const ranges = (ends: readonly number[]) => ends.flatMap((from, i) => (i % 2 === 0 ? [{ from, to: ends[i + 1] ?? from }] : []))
  return {
    classes: classes.map(ranges),
    stateCount,
    transitions: Uint32Array.from(transitions),
    accepting: Uint8Array.from(accepting),
  }
}

/** What the file holds. */
export function prebuiltText(patterns: readonly (readonly [PatternSource, Compiled])[]): string {
  const lines = patterns.map(
    ([source, compiled]) => [keyOf(source), JSON.stringify('code' in compiled ? compiled : packed(compiled))] as const,
  )
  const body = [...new Map(lines)].flat().join('\n')
  return `${digest(body)}\n${body}`
}

function packed({ classes, stateCount, transitions, accepting }: Automaton): Packed {
  return {
    classes: classes.map(ranges => ranges.flatMap(({ from, to }) => [from, to])),
    stateCount,
    transitions: [...transitions],
    accepting: [...accepting],
  }
}
