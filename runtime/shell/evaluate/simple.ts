/** Simple commands (manual 3.7.1): expansion, redirections, assignments, and then what the first word stands for. */
import { AbstractString } from '../../decide/abstract-string.js'
import type { Span, Text } from '../analysis.js'
import type { Assignment, Simple } from '../syntax/ast.js'
import { ANY, join, partsOf } from '../text.js'
import { evaluateArithmetic, evaluateNumber } from './arithmetic.js'
import { builtinOf } from './builtins.js'
import { runProgram, runUnknownProgram } from './programs.js'
import { redirect } from './redirections.js'
import { lastIndex } from './parameters.js'
import { DONE, type Result, type Shell, UNKNOWN } from './shell.js'
import { type ArrayValue, bounded, isArray, type Value, type Variable, type Words } from './state.js'
import { expandOne, expandText, expandWords } from './words.js'

/** The place of a command: what is reported with it beside its words. */
export interface Site {
  readonly node: Span
  readonly assignments: readonly (readonly [string, Text])[]
  readonly redirections: readonly Text[]
}

export function runSimple(shell: Shell, command: Simple): Result {
  const aliased = runAlias(shell, command)
  const result = aliased?.certain === true ? aliased.result : runWords(shell, command)
  return aliased === undefined || aliased.certain ? result : { output: result.output === aliased.result.output ? result.output : undefined, status: undefined }
}

function runWords(shell: Shell, command: Simple): Result {
  if (command.words.length === 0) return redirect(shell, command.redirections, false, () => assignAll(shell, command.assignments)).result
  const alternatives = expandWords(shell, command.words)
  return redirect(shell, command.redirections, false, (_, redirections) => {
    const before = command.assignments.map(({ name }): readonly [string, Variable | undefined] => [name, shell.state.has(name) ? shell.state.get(name) : undefined])
    const assignments = command.assignments.map((assignment): readonly [string, Text] => [assignment.name, assign(shell, assignment)])
    const site: Site = { node: command, assignments: [...shell.frame.assignments, ...assignments], redirections }
    const result = eachApart(shell, alternatives, words => invoke(shell, words, site))
    for (const [name, variable] of before) variable === undefined ? shell.state.forget(name) : shell.state.set(name, variable.values, variable.flags)
    return result
  }).result
}

/** Runs one of several possibilities, it is not known which. */
export function eachApart<T>(shell: Shell, alternatives: readonly T[], run: (alternative: T) => Result): Result {
  const [first] = alternatives
  if (first === undefined) return DONE
  if (alternatives.length === 1) return run(first)
  const before = shell.state
  const results: Result[] = []
  let after: Shell['state'] | undefined
  for (const alternative of alternatives) {
    shell.state = before.copy()
    results.push(run(alternative))
    if (after === undefined) after = shell.state
    else after.join(shell.state)
  }
  shell.state = after ?? before
  const [{ output, status } = UNKNOWN] = results
  return { output: results.every(each => each.output === output) ? output : undefined, status: results.every(each => each.status === status) ? status : undefined }
}

// Aliases

function runAlias(shell: Shell, command: Simple): { readonly certain: boolean; readonly result: Result } | undefined {
  const [word] = command.words
  const [part] = word?.parts ?? []
  if (shell.aliases.size === 0 || word === undefined || part?.kind !== 'text' || part.quoted || word.parts.length !== 1) return undefined
  const values = shell.aliases.get(part.text)
  if (values === undefined || shell.frame.active.includes(`alias ${part.text}`)) return undefined
  const { source } = shell.frame
  const certain = values.length === 1 && (shell.state.options.has('expand_aliases') || shell.state.options.has('posix'))
  const run = (value: string) =>
    shell.code(join(source.slice(command.start, word.start), value, source.slice(word.end, command.end)), undefined, command, { active: [...shell.frame.active, `alias ${part.text}`] })
  return { certain, result: eachApart(shell, values, run) }
}

// Assignments

function assignAll(shell: Shell, assignments: readonly Assignment[]): Result {
  for (const assignment of assignments) assign(shell, assignment)
  return { output: '', status: assignments.some(({ value }) => value.kind === 'array' || value.parts.some(part => part.kind === 'command')) ? undefined : true }
}

/** @returns the text for people that stands after the name */
export function assign(shell: Shell, { name, subscript, append, value }: Assignment): Text {
  const { flags } = shell.state.get(name)
  if (value.kind === 'array') {
    const array = arrayOf(shell, value.elements, flags.includes('A'), append ? shell.variable(name) : [])
    shell.assign(name, [array])
    return ANY
  }
  const texts = expandText(shell, value)
  const number = flags.includes('i') && shell.state.has(name)
  const values = number ? texts.map(text => evaluateNumber(shell, text).text) : texts
  if (subscript !== undefined) assignElement(shell, name, keysOf(shell, name, subscript), values, append)
  else if (append) shell.assign(name, appendTo(shell.variable(name), values))
  else if (shell.variable(name).some(isArray) && shell.state.has(name)) assignElement(shell, name, ['0'], values, false)
  else shell.assign(name, values)
  return bounded(values, 1)[0] ?? ''
}

function appendTo(before: readonly Value[], texts: readonly Text[]): readonly Value[] {
  return before.flatMap(value => texts.map((text): Value => (isArray(value) ? { ...value, items: new Map(value.items).set('0', join(value.items.get('0') ?? '', text)) } : join(value ?? '', text))))
}

function keysOf(shell: Shell, name: string, subscript: Parameters<typeof expandText>[1]): readonly Text[] {
  const associative = shell.variable(name).some(value => isArray(value) && value.associative)
  return associative ? expandText(shell, subscript) : [evaluateArithmetic(shell, subscript).text]
}

export function assignElement(shell: Shell, name: string, keys: readonly Text[], texts: readonly Text[], append: boolean): void {
  const before = shell.state.has(name) ? shell.variable(name) : [undefined]
  const after = before.flatMap(value => keys.flatMap(key => texts.map(text => withElement(value, key, text, append))))
  shell.assign(name, after)
}

function withElement(value: Value, key: Text, text: Text, append: boolean): ArrayValue {
  const array: ArrayValue = isArray(value) ? value : { items: new Map(value === undefined ? [] : [['0', value]]), open: false, associative: false }
  if (typeof key !== 'string') return { ...array, items: new Map(), open: true }
  const old = append ? (array.items.get(key) ?? (array.open ? ANY : '')) : ''
  const items = new Map(array.items).set(key, append ? join(old, text) : text)
  const last = [...array.items.keys()].pop()
  return { ...array, items: array.associative || last === undefined || Number(last) <= Number(key) ? items : new Map([...items].sort(([a], [b]) => Number(a) - Number(b))) }
}

function arrayOf(shell: Shell, elements: readonly { readonly subscript?: Assignment['subscript']; readonly value: Parameters<typeof expandText>[1] }[], associative: boolean, before: readonly Value[]): ArrayValue {
  const [old] = before
  const known = before.length === 1 && isArray(old) ? old : undefined
  const items = new Map<string, Text>(known?.items ?? (old === undefined || isArray(old) || before.length !== 1 ? [] : [['0', old]]))
  let open = known?.open ?? before.length > 1
  let next = lastIndex(items) + 1
  for (const { subscript, value } of elements) {
    if (subscript !== undefined) {
      const key = associative ? expandOne(shell, subscript) : evaluateArithmetic(shell, subscript).text
      if (typeof key !== 'string') open = true
      else {
        items.set(key, expandOne(shell, value))
        next = Number(key) + 1
      }
      continue
    }
    const alternatives = expandWords(shell, [value])
    if (alternatives.length > 1 || alternatives[0]?.open === true) open = true
    for (const text of alternatives[0]?.texts ?? []) items.set(String(next++), text)
  }
  return { items, open, associative: associative || (known?.associative ?? false) }
}

// What the first word stands for

/** Runs words as the shell does: a function, a builtin, or a program. */
export function invoke(shell: Shell, words: Words, site: Site, functions = true): Result {
  const [program] = words.texts
  if (program === undefined) return words.open ? runUnknownProgram(shell, ANY, words, site) : DONE
  if (typeof program !== 'string') return invokeUnknown(shell, program, words, site, functions)
  const bodies = functions ? shell.state.functions.get(program) : undefined
  if (bodies === undefined) return runNamed(shell, program, words, site)
  return eachApart(shell, bodies, body => (body === undefined ? runNamed(shell, program, words, site) : shell.callFunction(program, body, { texts: words.texts.slice(1), open: words.open })))
}

function runNamed(shell: Shell, program: string, words: Words, site: Site): Result {
  const builtin = builtinOf(program)
  if (builtin !== undefined && !shell.state.options.has(`-builtin ${program}`)) return builtin(shell, { args: words.texts.slice(1), open: words.open }, site)
  return runProgram(shell, shell.state.hashed.get(program) ?? program, words, site)
}

/** The program's name may be known where its folder is not. */
function invokeUnknown(shell: Shell, program: AbstractString, words: Words, site: Site, functions: boolean): Result {
  if (typeof baseName(program) === 'string') return runProgram(shell, program, words, site)
  const result = runUnknownProgram(shell, program, words, site)
  // An unquoted `$SUDO` may be nothing at all.
  const [, next] = words.texts
  if (program.isUnrestricted && words.open && next !== undefined) shell.apart(() => invoke(shell, { texts: words.texts.slice(1), open: words.open }, site, functions))
  return result
}

/** What stands after the last slash. */
export function baseName(path: Text): Text {
  if (typeof path === 'string') return path.slice(path.lastIndexOf('/') + 1)
  const parts = partsOf(path)
  for (let at = parts.length - 1; at >= 0; at--) {
    const part = parts[at]
    if (typeof part === 'string' && part.includes('/')) return AbstractString.of([part.slice(part.lastIndexOf('/') + 1), ...parts.slice(at + 1)])
    if (typeof part === 'object' && (part.hole === 'any' || part.hole === 'below')) return path
  }
  return path
}

