/** A shell while it is evaluated: its state, where in the command it stands, and what everything else asks of it. */
import { AbstractString } from '../../decide/abstract-string.js'
import { normalizePath } from '../../decide/path.js'
import type { Exec, FileEffect, FileOperation, Scope, ShellInput, Span, Text, Via } from '../analysis.js'
import type { Output } from '../programs/model.js'
import type { Command, List, Script, Simple, Word } from '../syntax/ast.js'
import { parseScript } from '../syntax/parse.js'
import { ANY, join, partsOf, prefixOf } from '../text.js'
import { evaluateNumber } from './arithmetic.js'
import { Findings, RENAMERS } from './findings.js'
import { type Listing, openListing } from './listing.js'
import { runCommand, runList, runScript } from './lists.js'
import type { Jumps } from './loops.js'
import { isFresh, isOfNames, isToolCode, mayBeCode, withOwnNumber } from '../noted-holes.js'
import { printedCode, TOOLS_CODE } from './own-code.js'
import { type Pieces, textOf } from './pieces.js'
import { appended, redirect } from './redirections.js'
import { throughProcess } from './process-paths.js'
import { baseName, reportNames, type Site } from './report.js'
import { type Result, UNKNOWN } from './result.js'
import { COPIERS, FILTERS, runProgram } from './run-program.js'
import { invoke } from './simple.js'
import { bounded, isArray, LIMIT, scalarOf, State, type Value, type Variable, type Words } from './state.js'
import { FIRST_HOLE } from './texts.js'
import { variableNamed } from './variables.js'
import { expandParts } from './words.js'
import { Written } from './written.js'

/** Where a command stands. */
export interface Frame {
  readonly via: Via
  /** Of code that is not in the command itself: the part of the command that reached it. */
  readonly span: Span | undefined
  /** What is being evaluated. */
  readonly source: string
  readonly stdin: Text | undefined
  /** The file of the file system that is standard input: its text may be run, but never shown. */
  readonly stdinFile?: Text | undefined
  readonly piped: boolean
  /** On another machine or in a container. */
  readonly elsewhere: boolean
  readonly depth: number
  /** `$0`. */
  readonly name: Text
  readonly assignments: readonly (readonly [string, Text])[]
  /** The functions and aliases that are being run. */
  readonly active: readonly string[]
  /** How often what stands here is repeated already. */
  readonly repeated: number
  /** At most so many names are made of a pattern. */
  readonly mostNames: number
  /** The programs that run what stands here, by their indices. */
  readonly runners: readonly number[]
}

/** A file called `$(rm x)` would be run: the policies may tell this from code of which nothing is known. */
const NAMED_CODE = 'code that names of files are part of'

/** More names of a folder are not told one by one. */
const MOST_LISTED = 256
const FIRST_DESCRIPTOR = 63
const MAX_DEPTH = 16
const MAX_NESTING = 256
const MAX_HOLES = 4096
/** Longer by far than any path that a system opens (4096 bytes on Linux); what it is, is not asked for. */
const MAX_PATH = 65_536

export class Shell {
  state: State
  frame: Frame
  readonly findings = new Findings()
  readonly written = new Written()
  /** The folders as they are, where patterns are held against them. */
  listing: Listing | undefined = undefined
  /** What stands for the holes in code, by its character. */
  readonly holes: AbstractString['parts'][number][] = []
  /** States in which a function returned. */
  returned: State[] | undefined = undefined
  /** The aliases that commands of this unit see. */
  aliases: ReadonlyMap<string, readonly Text[]> = new Map()
  /** A file that shells start with is being run. */
  startingUp = false
  /** What a program finds in folders of `PATH` is being run: it may find itself there. */
  starting = false
  /** The names of programs in a source that could not be evaluated. */
  named: { readonly source: string; readonly names: readonly string[] } | undefined = undefined
  readonly traps: { readonly body: Text; readonly span: Span }[] = []
  private locals: Map<string, Variable | undefined> | undefined = undefined
  private nesting = 0
  /** The path that was made absolute last. */
  private asked: { readonly path: Text | undefined; readonly cwd: readonly Text[]; readonly found: readonly Text[] } = {
    path: undefined,
    cwd: [],
    found: [],
  }
  /** The loops around what is being run. */
  loops: Jumps[] = []
  /** For the next process substitution; bash counts down. */
  nextDescriptor = FIRST_DESCRIPTOR

  /** @param settles whether the folders are at every moment what they are now */
  constructor(
    readonly input: ShellInput,
    private readonly settles: boolean,
  ) {
    const cwd: Text = input.cwd ?? ANY
    this.state = new State([cwd], this.findings)
    if (input.home !== undefined) this.state.set('HOME', [input.home], 'x')
    if (input.user !== undefined) this.state.set('USER', [input.user], 'x')
    this.frame = {
      via: [],
      span: undefined,
      source: input.command,
      stdin: undefined,
      stdinFile: undefined,
      piped: false,
      elsewhere: false,
      depth: 0,
      name: '/bin/bash',
      assignments: [],
      active: [],
      repeated: 1,
      mostNames: Number.POSITIVE_INFINITY,
      runners: [],
    }
  }

  /** Evaluates with parts of the frame changed. */
  within<T>(change: Partial<Frame>, body: () => T): T {
    const before = this.frame
    this.frame = { ...before, ...change }
    const result = body()
    this.frame = before
    return result
  }

  /** Evaluates on a copy of the state: a subshell. */
  apart<T>(body: () => T): T {
    const before = this.state
    const { returned, nextDescriptor, loops } = this
    this.state = before.copy()
    this.returned = undefined
    this.nextDescriptor = FIRST_DESCRIPTOR
    this.loops = []
    const result = body()
    this.returned = returned
    this.nextDescriptor = nextDescriptor
    this.loops = loops
    this.state = before
    return result
  }

  span(node: Span): Span {
    return this.frame.span ?? { start: node.start, end: node.end }
  }

  // Code

  /** Runs text as the shell's own code, in the current state. */
  code(text: Text, via: string | undefined, node: Span, change: Partial<Frame> = {}): Result {
    const span = this.span(node)
    if (mayBeCode(text)) this.findings.unknown('any', this.whyUnknown(text, via), span)
    // NUL characters that come to it from elsewhere the shell leaves out.
    const source = this.withoutHoles(text).split('\0').join('')
    if (this.frame.depth >= MAX_DEPTH || !this.findings.spendSource(source.length)) return this.overflow(source, span)
    const steps = via === undefined ? this.frame.via : [...this.frame.via, via]
    const result = this.within({ ...change, span, source, via: steps, depth: this.frame.depth + 1 }, () => this.script(parseScript(source)))
    return this.findings.spent ? this.overflow(source, span) : result
  }

  private whyUnknown(text: Text, via: string | undefined): string {
    if (isToolCode(text)) return TOOLS_CODE
    return this.isNamed(text) ? NAMED_CODE : `code that is known only in part${via === undefined ? '' : `, run by ${via}`}`
  }

  /** Where nothing but names of files is not known, and no file was named by the command itself. */
  private isNamed(text: Text): boolean {
    return isOfNames(text) && !this.findings.files.some(file => isOddName(file, this.findings.execs))
  }

  private withoutHoles(text: Text): string {
    if (typeof text === 'string') return text
    return text.parts.map(part => (typeof part === 'string' ? part : this.holeCharacter(part))).join('')
  }

  private holeCharacter(hole: AbstractString['parts'][number]): string {
    const at = Math.min(this.holes.length, MAX_HOLES)
    this.holes[at] = at === MAX_HOLES ? { hole: 'any' } : hole
    return String.fromCharCode(FIRST_HOLE + at)
  }

  /** The budget is spent: nothing is known of what follows but its words. */
  overflow(source: string, span: Span): Result {
    this.findings.unknown('any', 'too complex', span)
    reportNames(this, source, span)
    return UNKNOWN
  }

  /** The parser has not read all of it: the same of what is left. */
  unread(why: string, node: Span): void {
    this.findings.unknown('any', why, this.span(node))
    reportNames(this, this.frame.source, this.span(node))
  }

  /** The budget is spent already: the names in the text are reported where its evaluation began. */
  exhausted(node: Span): Result {
    this.unknown('any', 'too complex', node)
    return UNKNOWN
  }

  script(script: Script): Result {
    return runScript(this, script)
  }

  list(list: List): Result {
    return runList(this, list)
  }

  command(command: Command): Result {
    if (!this.findings.spend(1)) return this.overflow('', this.span(command))
    return this.deeper(() => runCommand(this, command))
  }

  /** Counts how deep constructs stand in each other. */
  deeper(body: () => Result): Result {
    if (this.nesting >= MAX_NESTING) return this.overflow(this.frame.source, { start: 0, end: 0 })
    this.nesting++
    const result = body()
    this.nesting--
    return result
  }

  /** `break`, `continue` and their like: this state goes on elsewhere. */
  jump(kind: keyof Jumps, levels: number): void {
    const target = this.loops[Math.max(0, this.loops.length - levels)]
    if (target === undefined) return
    target[kind].push(this.state.copy())
    this.state.dead = true
  }

  // Functions

  callFunction(name: string, body: Command, parameters: Words): Result {
    const active = this.frame.active.filter(each => each === name).length
    if (active > 2 || this.frame.depth >= MAX_DEPTH) return this.overflow(name, this.span(body))
    const before = this.state.parameters
    const { locals, loops } = this
    this.locals = new Map()
    this.loops = []
    this.state.parameters = [active === 2 ? { texts: [], open: true } : parameters]
    const result = this.within({ active: [...this.frame.active, name], depth: this.frame.depth + 1 }, () =>
      this.returning(() => this.command(body)),
    )
    for (const [local, variable] of this.locals)
      variable === undefined ? this.state.forget(local) : this.state.set(local, variable.values, variable.flags)
    this.locals = locals
    this.loops = loops
    this.state.parameters = before
    return result
  }

  /** Makes a variable the current function's own. @returns whether it was not yet */
  local(name: string): boolean {
    if (this.locals === undefined || this.locals.has(name)) return false
    this.locals.set(name, this.state.has(name) ? this.state.get(name) : undefined)
    return true
  }

  /** Runs what `return` leaves. */
  returning(body: () => Result): Result {
    const { returned } = this
    const left: State[] = []
    this.returned = left
    const result = body()
    this.returned = returned
    for (const state of left) this.state.join(state)
    return left.length === 0 ? result : { output: result.output, status: undefined }
  }

  // Expansion

  /** What was set to run later: with what the shell holds at its end. */
  runTraps(): void {
    this.state.dead = false
    for (const { body, span } of this.traps.slice(0, 64)) this.apart(() => this.code(body, 'trap', span))
  }

  /** What a command substitution prints. */
  substitute(script: Script): Output {
    const file = onlyInput(script)
    if (file !== undefined) return redirect(this, file.redirections, false, stdin => ({ output: stdin, status: true })).result.output
    if (this.frame.depth >= MAX_DEPTH) return this.overflow('', this.span(script)).output
    const before = this.findings.execs.length
    const { output } = this.apart(() => this.within({ depth: this.frame.depth + 1 }, () => this.script(script)))
    return output ?? printedCode(this, this.findings.execs.slice(before))
  }

  /** @returns the path under which the other end of the pipe is found */
  processSubstitution(script: Script, direction: '<' | '>'): Text {
    const path = `/dev/fd/${this.nextDescriptor--}`
    const change: Partial<Frame> = direction === '>' ? { stdin: undefined, stdinFile: undefined, piped: true } : {}
    const before = this.findings.execs.length
    const { output } = this.apart(() => this.within({ ...change, depth: this.frame.depth + 1 }, () => this.script(script)))
    const code = output ?? printedCode(this, this.findings.execs.slice(before))
    this.written.replace(path, direction === '<' ? code : undefined)
    return path
  }

  /** Text in which only parameters, commands and arithmetic are expanded, as in a here-document. */
  expandSource(text: Text): Text {
    const source = this.withoutHoles(text)
    if (!source.includes('$') && !source.includes('`')) return text
    if (this.frame.depth >= MAX_DEPTH || !this.findings.spendSource(source.length)) return ANY
    const [unit] = parseScript(`:<<__\n${source}\n__\n`).units
    const command = unit?.items[0]?.command
    const body = command?.kind === 'simple' ? command.redirections[0]?.body : undefined
    if (body === undefined) return ANY
    const span = this.frame.span ?? { start: 0, end: this.frame.source.length }
    const expanded = this.within(
      { span, depth: this.frame.depth + 1 },
      () => bounded(expandParts(this, body, true).map(textOf), 1)[0] ?? '',
    )
    return typeof expanded === 'string' && expanded.endsWith('\n') ? expanded.slice(0, -1) : expanded
  }

  /** The pieces of a word, in their alternatives. @param quoted it stands within double quotes */
  expand(word: Word, quoted: boolean): readonly Pieces[] {
    return expandParts(this, word, quoted)
  }

  /**
   * What a pattern finds, in its alternatives; undefined where that is not known. Where a folder may be another by then, that is what it
   * finds now, and before it what it may find.
   */
  settle(field: Pieces, may: readonly Text[]): readonly (readonly Text[])[] | undefined {
    const { state, frame } = this
    const { files } = this.input
    if (files === undefined || frame.elsewhere || state.has('GLOBIGNORE')) return undefined
    this.listing ??= openListing(files, this.findings, this.settles)
    const found = this.listing.settle(field, may, { cwd: state.cwd, options: state.options, runners: frame.runners }, folder =>
      this.madeIn(folder),
    )
    if (found === undefined || found.names.some(({ length }) => length > frame.mostNames)) return undefined
    if (!this.findings.spend(found.names.reduce((sum, { length }) => sum + length, 0) >> 2)) return undefined
    if (found.certain) return found.names
    // What is there stands last, where targets stand.
    const texts = [...may, ...new Set<Text>(found.names.flat())]
    // A loop would widen more of them to any text.
    const isLoop = frame.mostNames !== Number.POSITIVE_INFINITY
    return texts.length === may.length || (isLoop && texts.length > LIMIT) ? undefined : [texts]
  }

  /** Runs words as the shell does: a function, a builtin, or a program. */
  invoke(words: Words, site: Site, functions: boolean): Result {
    return invoke(this, words, site, functions)
  }

  runProgram(program: Text, words: Words, site: Site): Result {
    return runProgram(this, program, words, site)
  }

  // Variables

  /** The values of a variable or special parameter. */
  variable(name: string): readonly Value[] {
    const special = this.state.has(name) ? undefined : variableNamed(name)
    if (special !== undefined) return special(this)
    if (name.charCodeAt(0) <= 57) return this.positional(Number(name))
    const { values, flags } = this.state.get(name)
    return flags.includes('n') ? values.flatMap(value => this.referenced(name, value)) : values
  }

  private positional(at: number): readonly Value[] {
    return at === 0 ? [this.frame.name] : this.state.parameters.map(({ texts, open }) => texts[at - 1] ?? (open ? ANY : undefined))
  }

  private referenced(name: string, value: Value): readonly Value[] {
    const target = scalarOf(value)
    if (typeof target === 'string' && target !== name && /^[A-Za-z_]\w*$/.test(target)) return this.state.get(target).values
    // An element, whose index is code.
    if (target !== undefined) this.expandSource(target)
    return [ANY]
  }

  assign(name: string, values: readonly Value[]): void {
    // The file is cut to that length at once.
    if (name === 'HISTFILESIZE') this.history('read', 'write')
    // Names with a dot are found, too (manual 4.3.2).
    if (name === 'GLOBIGNORE') this.state.options = new Set([...this.state.options, 'dotglob'])
    const { flags } = this.state.get(name)
    if (flags.includes('n') && this.state.has(name)) {
      for (const value of this.state.get(name).values) {
        const target = scalarOf(value)
        if (typeof target === 'string' && target !== name) this.state.set(target, values)
      }
    } else if (name === '@' || name === '*') return
    else
      this.state.set(name, [
        ...this.kept(name, flags),
        ...values.map(value => this.withFlags(value, COUNTERS.has(name) ? `i${flags}` : flags)),
      ])
  }

  /** What the shell does to its history file by itself. */
  history(...operations: readonly FileOperation[]): void {
    const node = { start: 0, end: this.frame.source.length }
    for (const value of this.variable('HISTFILE'))
      for (const operation of operations) this.file(operation, scalarOf(value) ?? ANY, false, -1, node)
  }

  /** A variable that cannot be changed keeps what it has. */
  private kept(name: string, flags: string): readonly Value[] {
    return flags.includes('r') && this.state.has(name) ? this.state.get(name).values : []
  }

  private withFlags(value: Value, flags: string): Value {
    if (isArray(value) || value === undefined) return value
    if (flags.includes('i')) return evaluateNumber(this, value).text
    if (typeof value !== 'string') return value
    return flags.includes('l') ? value.toLowerCase() : flags.includes('u') ? value.toUpperCase() : value
  }

  // Findings

  /** A path as a program takes it, absolute as far as the working directory is known, once for each that it may be. */
  absolute(path: Text): readonly Text[] {
    const { cwd } = this.state
    // What opens a file asks again when it stores what the file holds then.
    if (this.asked.path !== path || this.asked.cwd !== cwd) this.asked = { path, cwd, found: this.newlyAbsolute(path) }
    return this.asked.found
  }

  private newlyAbsolute(path: Text): readonly Text[] {
    if (typeof path === 'string' && path.length > MAX_PATH) return [ANY]
    const written = typeof path === 'string' && path.startsWith('~') ? `./${path}` : path
    const normal = (cwd: Text) => {
      const found = normalizePath(written, { cwd })
      return prefixOf(found).startsWith('/proc/') ? throughProcess(found, cwd) : found
    }
    return bounded(this.state.cwd.map(normal))
  }

  file(operation: FileOperation, path: Text, recursive: boolean, by: number, node: Span, isOwn = false): void {
    if (this.frame.elsewhere) return
    if ((operation === 'read' || operation === 'write') && typeof path !== 'string' && !recursive) this.touchNear(operation, path, by, node)
    const program = this.findings.execs[by]?.program
    const changes = !isOwn && (operation === 'write' || operation === 'move') && program !== undefined && this.changesTexts(program)
    for (const absolute of this.absolute(path))
      for (const each of this.throughLinks(absolute, operation)) {
        if (isDevice(each)) continue
        const effect = { operation, path: each, recursive, by, span: this.span(node) }
        if (operation === 'read' && typeof each === 'string' && this.listing?.isMissing(each) === true)
          this.findings.file({ ...effect, missing: true })
        else this.findings.file(operation === 'delete' && this.isOwn(each, by) ? { ...effect, made: true } : effect)
        if (changes) this.written.change(each, recursive)
      }
  }

  /** `~/.ssh/$x` may lead out of the folder, so that nothing of it is known, but hardly does; and `.env$x` may be that file. */
  private touchNear(operation: 'read' | 'write', path: AbstractString, by: number, node: Span): void {
    if (this.absolute(path).every(each => prefixOf(each) !== '')) return
    for (const [at, part] of path.parts.entries()) {
      if (typeof part === 'string' || part.hole !== 'any') continue
      const folder = folderOf(path.parts.slice(0, at))
      if (folder !== '' && this.absolute(folder).every(each => partsOf(each).some(known => typeof known === 'string')))
        this.file(operation, folder, true, by, node)
    }
    if (operation === 'write') return
    const known = path.parts.filter(part => typeof part === 'string')
    if (prefixOf(path) !== '' && !prefixOf(path).endsWith('/')) this.file('read', known.join(''), false, by, node)
  }

  /** Whether what a program writes may be a text that the command has put together. What is built of files as they were is not. */
  private changesTexts(program: Text): boolean {
    const readsFiles = this.written.isEmpty && !this.frame.piped && this.frame.stdin === undefined
    return !KEEPS_CONTENTS.has(program) && !COPIERS.has(program) && !FILTERS.has(program) && !(COMPILERS.has(program) && readsFiles)
  }

  /** The command has made it itself, where nothing was before: nothing is lost with it. */
  private isOwn(path: Text, by: number): boolean {
    const numbered = typeof path === 'string' ? undefined : withOwnNumber(path)
    if (typeof path !== 'string') return isFresh(path) || (numbered !== undefined && this.findings.wrote(numbered, by))
    // What code does is told in its order; what other programs do to a file at once, as `shred -u`, is one thing.
    const program = this.findings.execs[by]?.program
    return (
      this.findings.wrote(path, program !== undefined && INTERPRETERS.has(program) ? -1 : by) && this.input.files?.kind(path) === 'none'
    )
  }

  /** Whether there may be anything at the path but texts of the command's own. */
  mayEmpty(path: Text): boolean {
    return typeof path !== 'string' || this.input.files?.kind(path) !== 'none' || this.written.mayHold(path)
  }

  /** The path, and where links lead that the command itself has made. What deletes a link leaves what it leads to. */
  private throughLinks(path: Text, operation: FileOperation): readonly Text[] {
    if (typeof path !== 'string' || !this.written.hasLinks) return [path]
    return [path, ...this.written.throughLinks(path, operation !== 'delete' && operation !== 'move')]
  }

  unknown(scope: Scope, why: string, node: Span): void {
    this.findings.unknown(scope, why, this.span(node))
  }

  /** A file that the command writes. */
  store(path: Text, text: Output, append: boolean): void {
    for (const each of this.absolute(path)) {
      if (typeof each !== 'string') this.written.elsewhere(each)
      if (typeof each !== 'string' || isDevice(each)) continue
      if (append) this.written.append(each, text, this.made(each), appended)
      else this.written.write(each, text)
    }
  }

  /** An earlier part of the command may have written the file. */
  wrote(path: Text): boolean {
    const { written } = this
    const isWritten = (each: Text) => (typeof each === 'string' ? written.isUnknown(each) : written.mayBeUnknown(each))
    return !written.isNothing && this.absolute(path).some(isWritten)
  }

  /** The names in a folder that is the command's own: nothing was there before. */
  madeIn(folder: string): readonly string[] | undefined {
    const isOwn = !this.frame.elsewhere && this.input.files?.kind(folder) === 'none'
    return isOwn ? this.written.namesIn(folder) : undefined
  }

  /** The first names in a folder as it is now, those with a dot before all others; of several folders that may be meant, in any of them. */
  names(folder: Text): readonly string[] | undefined {
    const { files } = this.input
    if (files === undefined || this.frame.elsewhere) return undefined
    const lists = this.absolute(folder).flatMap(path => (typeof path === 'string' ? [files.list(path)] : []))
    const names = lists.flatMap(list => list ?? [])
    if (lists.every(list => list === undefined) || !this.findings.spend(names.length >> 4)) return undefined
    return [...new Set(names)].sort().slice(0, MOST_LISTED)
  }

  /** What a file holds that may be run: as an earlier part of the command left it, or as the file system has it. */
  contents(path: Text): readonly Output[] {
    const { stdin, stdinFile, elsewhere } = this.frame
    if (isInput(path)) return stdin === undefined && stdinFile !== undefined ? this.contents(stdinFile) : [stdin]
    return this.absolute(path).flatMap(each => {
      if (typeof each !== 'string') return [undefined]
      const stored = (file: Text) => (typeof file === 'string' ? (this.written.read(file) ?? this.stored(file, elsewhere)) : [undefined])
      const originals = this.written.originalsOf(each)
      const copied = (file: Text) => (stored(file).length === 0 ? [undefined] : stored(file))
      return originals.length === 0 ? stored(each) : [...(this.written.read(each) ?? []), ...originals.flatMap(copied)]
    })
  }

  /** What the file system has: nothing where there is no such file, and so nothing to run. */
  private stored(path: string, elsewhere: boolean): readonly Output[] {
    if (elsewhere) return [undefined]
    const text = this.input.files?.readText(path)
    return text === undefined && this.input.files?.kind(path) === 'none' ? [] : [text]
  }

  /** What a file holds by the command's own doing. What the file system has is no part of any word: a word may be shown to the agent. */
  made(path: Text): readonly Output[] {
    if (isInput(path)) return [this.frame.stdin]
    if (path === '/dev/null') return ['']
    return this.absolute(path).flatMap(each =>
      typeof each === 'string' ? (this.written.read(each) ?? this.copied(each) ?? [this.unlessMissing(each)]) : [undefined],
    )
  }

  /** A copy of what the command has made, and of nothing else. */
  private copied(path: string): readonly Output[] | undefined {
    const originals = this.written.originalsOf(path)
    const texts = originals.map(each => (typeof each === 'string' ? this.written.read(each) : undefined))
    return originals.length > 0 && texts.every(each => each !== undefined) ? texts.flatMap(each => each ?? []) : undefined
  }

  private unlessMissing(path: string): Output {
    const isNew = this.input.files?.kind(path) === 'none' && this.written.originalsOf(path).length === 0
    return isNew ? '' : undefined
  }
}

/** What stands before the last slash of the parts; the empty text where their last is no text with one. */
function folderOf(parts: AbstractString['parts']): Text {
  const last = parts[parts.length - 1]
  if (typeof last !== 'string' || !last.includes('/')) return ''
  return join(
    ...parts.slice(0, -1).map(part => (typeof part === 'string' ? part : AbstractString.of([part]))),
    last.slice(0, last.lastIndexOf('/')),
  )
}

/** A file that the command makes, or names anew, with a name that could be code. What is copied has a name already, what is unpacked any. */
function isOddName({ operation, path, by, recursive }: FileEffect, execs: readonly Exec[]): boolean {
  if (operation !== 'write' && operation !== 'move') return false
  const program = execs[by]?.program ?? ''
  const isCopied = COPIERS.has(program)
  if (RENAMERS.has(program) || (recursive && !isCopied && !KEEPS_CONTENTS.has(program))) return true
  return partsOf(baseName(path)).some(part => (typeof part === 'string' ? /[^\w./+@:,%~-]/.test(part) : part.hole === 'any' && !isCopied))
}

function isInput(path: Text): boolean {
  return path === '/dev/stdin' || path === '-' || path === '/dev/fd/0' || path === '/proc/self/fd/0'
}

function isDevice(path: Text): boolean {
  return typeof path === 'string' && path.startsWith('/dev/') && (path.startsWith('/dev/fd/') || DEVICES.includes(path.slice(5)))
}

/** A value given to one of these is a number: its text is evaluated. */
const COUNTERS = new Set(['RANDOM', 'OPTIND'])

/** What these write to a file is no other text than it had, or that of the project's own history and packages. */
const KEEPS_CONTENTS: ReadonlySet<Text> = new Set<Text>(
  'chmod chown chgrp chattr setfacl touch mkdir mktemp ln git gh hub npm npx pnpm yarn bun pip pip3 uv poetry cargo go make'.split(' '),
)

const INTERPRETERS: ReadonlySet<Text> = new Set<Text>('python python3 node nodejs bun deno tsx ts-node ruby perl php'.split(' '))

const COMPILERS: ReadonlySet<Text> = new Set<Text>(
  'gcc g++ cc c++ clang clang++ gfortran nasm as ld rustc javac tsc swiftc ghc ocamlopt ocamlc kotlinc nvcc'.split(' '),
)

const DEVICES = ['null', 'stdin', 'stdout', 'stderr', 'tty', 'zero']

/** `$(<file)` prints the file. */
function onlyInput({ units }: Script): Simple | undefined {
  const [item] = units[0]?.items ?? []
  const command = item?.command
  if (units.length !== 1 || units[0]?.items.length !== 1 || command?.kind !== 'simple') return undefined
  return command.words.length === 0 && command.assignments.length === 0 && command.redirections[0]?.operator === '<' ? command : undefined
}
