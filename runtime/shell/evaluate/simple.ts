/** Simple commands (manual 3.7.1): expansion, redirections, assignments, and then what the first word stands for. */
import type { AbstractString, Part } from '../../decide/abstract-string.js'
import type { Text } from '../analysis.js'
import type { Simple } from '../syntax/ast.js'
import { modelOf } from '../programs/programs.js'
import { isOfEnvironment, ONE, toolOf } from '../noted-holes.js'
import { ANY, join, partsOf } from '../text.js'
import { assign, assignAll } from './assignments.js'
import { builtinOf } from './builtins.js'
import { redirect } from './redirections.js'
import { type Site, baseName, draftOf, report } from './report.js'
import { type Result, DONE, UNKNOWN, eachApart } from './result.js'
import { runProgram, runUnknownProgram } from './run-program.js'
import type { Shell } from './shell.js'
import { bounded, scalarOf, type Variable, type Words } from './state.js'
import { expandWords } from './words.js'

export function runSimple(shell: Shell, command: Simple): Result {
  const { nextDescriptor } = shell
  const aliased = runAlias(shell, command)
  const result = aliased?.certain === true ? aliased.result : runWords(shell, command)
  shell.nextDescriptor = nextDescriptor
  return aliased === undefined || aliased.certain
    ? result
    : { output: result.output === aliased.result.output ? result.output : undefined, status: undefined }
}

function runWords(shell: Shell, command: Simple): Result {
  if (command.words.length === 0) {
    const before = shell.findings.files.length
    return redirect(shell, command.redirections, false, (_, redirections) => {
      const paths = shell.findings.files.slice(before).flatMap(({ operation, path }) => (operation === 'write' ? [path] : []))
      // `> f` does what `: > f` does, where there is something that it may empty.
      if (paths.length > 0) {
        const draft = draftOf(shell, '', '', { texts: [], open: false }, { node: command, assignments: [], redirections })
        if (paths.some(path => shell.mayEmpty(path))) shell.findings.exec(draft)
        else shell.findings.idle.push({ draft, paths })
      }
      return assignAll(shell, command.assignments)
    }).result
  }
  const alternatives = expandWords(shell, command.words)
  if (shell.state.options.has('xtrace') && shell.state.has('PS4'))
    for (const prompt of shell.variable('PS4')) shell.expandSource(scalarOf(prompt) ?? '')
  return redirect(shell, command.redirections, false, (_, redirections) => {
    const before = command.assignments.map(({ name }): readonly [string, Variable | undefined] => [
      name,
      shell.state.has(name) ? shell.state.get(name) : undefined,
    ])
    const assignments = command.assignments.map((assignment): readonly [string, Text] => [assignment.name, assign(shell, assignment)])
    const site: Site = { node: command, assignments: [...shell.frame.assignments, ...assignments], redirections }
    const result = eachApart(shell, alternatives, words => invoke(shell, words, site))
    for (const assignment of command.declared ?? []) assign(shell, assignment)
    shell.state.last = bounded(alternatives.map(({ texts, open }) => (open ? ANY : (texts[texts.length - 1] ?? ''))))
    for (const [name, variable] of before)
      variable === undefined ? shell.state.forget(name) : shell.state.set(name, variable.values, variable.flags)
    return result
  }).result
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
  const run = (value: Text) => {
    // Within backticks, where the words stand in the source is not known.
    const isHere = source.slice(word.start, word.end) === part.text
    const rest = typeof value === 'string' && isHere ? restAfter(shell, value, source.slice(word.end, command.end)) : undefined
    if (typeof value !== 'string' || rest === undefined) return unknownAlias(shell, command)
    const frame = { active: [...shell.frame.active, `alias ${part.text}`] }
    return shell.code(join(source.slice(command.start, word.start), value, rest), undefined, command, frame)
  }
  return { certain, result: eachApart(shell, values, run) }
}

/** Its text is code, so that a part that is not known may be anything. */
function unknownAlias(shell: Shell, command: Simple): Result {
  shell.unknown('any', 'an alias whose text is not known', command)
  return UNKNOWN
}

/** Behind an alias that ends with a blank, the next word may be an alias too (manual 6.6); undefined where the text of that is not known. */
function restAfter(shell: Shell, value: string, rest: string): string | undefined {
  if (!value.endsWith(' ') && !value.endsWith('\t')) return rest
  const start = rest.length - rest.trimStart().length
  let end = start
  while (end < rest.length && !' \t\n;|&<>()'.includes(rest.charAt(end))) end++
  const values = shell.aliases.get(rest.slice(start, end))
  const next = values?.[0]
  if (next === undefined) return rest
  const after = typeof next === 'string' ? restAfter(shell, next, rest.slice(end)) : undefined
  return typeof next !== 'string' || after === undefined ? undefined : rest.slice(0, start) + next + after
}

// What the first word stands for

/** Runs words as the shell does: a function, a builtin, or a program. */
export function invoke(shell: Shell, words: Words, site: Site, functions = true): Result {
  const [program] = words.texts
  if (program === undefined) return words.open ? runUnknownProgram(shell, ANY, words, site) : DONE
  if (typeof program !== 'string') return invokeUnknown(shell, program, words, site, functions)
  const bodies = functions ? shell.state.functions.get(program) : undefined
  if (bodies === undefined) return runNamed(shell, program, words, site)
  return eachApart(shell, bodies, body =>
    body === undefined
      ? runNamed(shell, program, words, site)
      : shell.callFunction(program, body, { texts: words.texts.slice(1), open: words.open }),
  )
}

function runNamed(shell: Shell, program: string, words: Words, site: Site): Result {
  const builtin = builtinOf(program)
  if (builtin !== undefined && !shell.state.options.has(`-builtin ${program}`))
    return builtin(shell, { args: words.texts.slice(1), open: words.open }, site)
  const result = runProgram(shell, shell.state.hashed.get(program) ?? program, words, site)
  const handler = shell.state.functions.get('command_not_found_handle')
  for (const body of handler ?? []) if (body !== undefined) shell.apart(() => shell.callFunction('command_not_found_handle', body, words))
  return result
}

/** The program's name may be known where its folder is not. */
function invokeUnknown(shell: Shell, program: AbstractString, words: Words, site: Site, functions: boolean): Result {
  const tool = toolOf(program)
  if (tool !== undefined) return invoke(shell, { texts: [tool, ...words.texts.slice(1)], open: words.open }, site, functions)
  if (typeof baseName(program) === 'string') return runProgram(shell, program, words, site)
  const names = shell.written.isEmpty ? spellingsOf(shell, program) : undefined
  // A pattern may find several names, of which the others are arguments.
  if (names !== undefined) return invokeOneOf(shell, program, names, { ...words, open: true }, site, functions)
  // PowerShell's `$env:PATH` too, of which the command has no say in what blanks it may hold.
  if ((!words.open || isOfEnvironment(program)) && endsOddly(shell, program)) return reportOnly(shell, program, words, site)
  const result = runUnknownProgram(shell, program, words, site)
  // An unquoted `$SUDO` may be nothing at all.
  const [, next] = words.texts
  if (program.isUnrestricted && words.open && next !== undefined && !shell.findings.spent)
    shell.apart(() => invoke(shell, { texts: words.texts.slice(1), open: words.open }, site, functions))
  return result
}

/** No program has a name that ends so, whatever comes before: `"$image:11-slim"`. */
function endsOddly({ state }: Shell, program: AbstractString): boolean {
  const last = program.parts[program.parts.length - 1]
  return (
    state.functions.size === 0 && typeof last === 'string' && /[:=,;@#%][ -.0-~]*[ -.0-9;-~]$/.test(last.slice(last.lastIndexOf('/') + 1))
  )
}

function reportOnly(shell: Shell, program: Text, words: Words, site: Site): Result {
  report(shell, program, baseName(program), words, site)
  return UNKNOWN
}

/** A pattern of few characters: each program that is known and that it may mean. */
function invokeOneOf(shell: Shell, program: Text, names: readonly string[], words: Words, site: Site, functions: boolean): Result {
  report(shell, program, baseName(program), words, site)
  const isKnown = (path: string) => {
    const name = path.slice(path.lastIndexOf('/') + 1)
    return modelOf(name) !== undefined || builtinOf(name) !== undefined || shell.state.functions.has(name)
  }
  for (const name of names.filter(isKnown))
    shell.apart(() => invoke(shell, { texts: [name, ...words.texts.slice(1)], open: words.open }, site, functions))
  return UNKNOWN
}

const CHARACTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** What a text with one or two holes of one character may be; undefined where it may be more. No program that is known has an odd name. */
function spellingsOf({ state }: Shell, program: AbstractString): readonly string[] | undefined {
  const { parts } = program
  if (state.functions.size === 0 && isOdd(partsOf(baseName(program)))) return []
  if (parts.filter(part => typeof part !== 'string').length > 2 || parts.some(part => typeof part === 'string' && /[^\t\n -~]/.test(part)))
    return undefined
  let spellings = ['']
  for (const part of parts) {
    if (typeof part !== 'string' && part.hole !== 'char' && part !== ONE) return undefined
    spellings =
      typeof part === 'string'
        ? spellings.map(text => text + part)
        : spellings.flatMap(text => Array.from(CHARACTERS, character => text + character))
  }
  return spellings
}

function isOdd(parts: readonly Part[]): boolean {
  const isPlain = parts.every(part => (typeof part === 'string' ? !/[^\t\n\x20-\x7e]/.test(part) : part.hole !== 'any'))
  return isPlain && parts.some(part => typeof part === 'string' && /[^\w.+[:-]/.test(part))
}
