/** `variables:` of a file → its variables, and what is wrong with them. */
import type { Diagnostic } from '../diagnostic.js'
import { error, warning } from '../diagnostics/problem.js'
import { quoted } from '../diagnostics/quoted.js'
import { type Entry, entriesOf, type Located, valueAt } from '../parse/located.js'
import { isVariableName, piecesOf } from './references.js'
import { FOLDERS, type Reading, type Resolved, resolveValue, type Variables } from './resolve-value.js'

export interface ReadVariables {
  /** Undefined where the file declares none: then `${` is text like any other. */
  readonly variables?: Variables
  readonly diagnostics: readonly Diagnostic[]
}

export function readVariables(root: Located): ReadVariables {
  const declared = valueAt(root, 'variables')
  if (declared?.kind !== 'map') return { diagnostics: [] }
  const { entries } = declared
  const cycles = cyclesOf(entries)
  const variables = variablesOf(entries, new Set(cycles.flat()))
  return {
    variables,
    diagnostics: [
      ...entriesOf(declared).flatMap(checkName),
      // A variable is read as freely as any use of it can be; a use that is less free tells so itself.
      ...[...entries.keys()].flatMap(name => variables.lookUp(name, 'path')?.diagnostics ?? []),
      ...cycles.flatMap(cycle => cycleError(cycle, entries)),
      ...unused(root, declared),
    ],
  }
}

/** Each variable is resolved once for each way to read it. A cyclic one, which is an error, is left as it is written. */
function variablesOf(entries: ReadonlyMap<string, Entry>, cyclic: ReadonlySet<string>): Variables {
  const known = new Map<string, Resolved>()
  const variables: Variables = {
    names: [...entries.keys()],
    lookUp(name, reading) {
      const entry = entries.get(name)
      if (entry === undefined) return undefined
      const key = `${reading} ${name}`
      const resolved = known.get(key) ?? resolveOne(entry, reading)
      known.set(key, resolved)
      return resolved
    },
  }
  const resolveOne = ({ key, value }: Entry, reading: Reading): Resolved =>
    cyclic.has(key) ? { value, diagnostics: [] } : resolveValue(value, reading, variables)
  return variables
}

function checkName({ key, keySpan }: Entry): readonly Diagnostic[] {
  if (FOLDERS.includes(key)) {
    const message = `${quoted(key)} is a folder of the context, which \`path\` and \`within\` know`
    return [error({ code: 'bad-variable', span: keySpan, message, help: 'give the variable another name' })]
  }
  if (isVariableName(key)) return []
  const help = 'a name is of letters, digits and `_`, and begins with no digit'
  return [error({ code: 'bad-variable', span: keySpan, message: `${quoted(key)} is no name of a variable`, help })]
}

/** Every text in a value. */
function textsOf(value: Located): readonly string[] {
  if (value.kind === 'scalar') return typeof value.data === 'string' ? [value.data] : []
  return (value.kind === 'list' ? value.items : entriesOf(value).map(entry => entry.value)).flatMap(textsOf)
}

function referencesIn(value: Located): readonly string[] {
  return textsOf(value).flatMap(text => piecesOf(text).flatMap(piece => (piece.kind === 'reference' ? [piece.name] : [])))
}

/** The cycles, each once, told from its variable that stands first in the file. */
function cyclesOf(entries: ReadonlyMap<string, Entry>): readonly (readonly string[])[] {
  const cycles: (readonly string[])[] = []
  const done = new Set<string>()
  const visit = (name: string, path: readonly string[]): void => {
    const at = path.indexOf(name)
    if (at !== -1) cycles.push(path.slice(at))
    const entry = entries.get(name)
    if (at !== -1 || entry === undefined || done.has(name)) return
    for (const next of new Set(referencesIn(entry.value))) visit(next, [...path, name])
    done.add(name)
  }
  for (const name of entries.keys()) visit(name, [])
  return cycles
}

function cycleError(cycle: readonly string[], entries: ReadonlyMap<string, Entry>): readonly Diagnostic[] {
  const [first, ...others] = cycle.flatMap(name => entries.get(name) ?? [])
  if (first === undefined) return []
  const message =
    cycle.length === 1
      ? `the variable ${quoted(cycle[0] ?? '')} stands for itself`
      : `the variables ${cycle.map(quoted).join(', ')} stand for each other`
  const related = others.map(({ keySpan, key }) => ({ span: keySpan, message: `${quoted(key)} is declared here` }))
  return [error({ code: 'variable-cycle', span: first.keySpan, message, related })]
}

/** Of a variable that nothing in the file names, misspelt uses perhaps tell already. */
function unused(root: Located, declared: Located): readonly Diagnostic[] {
  const statements = valueAt(root, 'statements')
  const named = new Set([declared, ...(statements === undefined ? [] : [statements])].flatMap(referencesIn))
  return entriesOf(declared)
    .filter(({ key }) => isVariableName(key) && !FOLDERS.includes(key) && !named.has(key))
    .map(({ key, keySpan }) =>
      warning({
        code: 'unused-variable',
        span: keySpan,
        message: `nothing in this file uses the variable ${quoted(key)}`,
        help: `write ${quoted(`\${${key}}`)} where it is meant, or delete it`,
      }),
    )
}
