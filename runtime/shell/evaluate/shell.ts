/** The evaluation of a tree: lists, pipelines and compound commands over the state of a shell (manual 3.2). */
import type { AbstractString } from '../../decide/abstract-string.js'
import { normalizePath } from '../../decide/path.js'
import type { FileOperation, Scope, ShellInput, Span, Text, Via } from '../analysis.js'
import type { Output } from '../programs/model.js'
import type { CaseItem, Command, Compound, List, ListItem, Pipeline, Script, Simple, Word } from '../syntax/ast.js'
import { parseScript } from '../syntax/parse.js'
import { ANY } from '../text.js'
import { evaluateArithmetic, evaluateNumber } from './arithmetic.js'
import { Findings } from './findings.js'
import { patternsOf } from './parameters.js'
import { matches } from './pattern.js'
import { type Pieces, textOf } from './pieces.js'
import type { Site } from './report.js'
import { COPIERS, runProgram } from './run-program.js'
import { redirect, appended } from './redirections.js'
import { reportNames } from './report.js'
import { type Result, DONE, UNKNOWN, concatenate, allAgree } from './result.js'
import { invoke, runSimple } from './simple.js'
import { type Value, type Variable, type Words, isArray, bounded, scalarOf, State } from './state.js'
import { evaluateTest } from './tests.js'
import { expandText, FIRST_HOLE, plainText } from './texts.js'
import { VARIABLES } from './variables.js'
import { expandWords, expandParts } from './words.js'
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
}

const FIRST_DESCRIPTOR = 63
const MAX_DEPTH = 16
const MAX_REPEATED = 128
const MAX_PASSES = 4
const MAX_NESTING = 256
const MAX_HOLES = 4096

interface Jumps {
  readonly breaks: State[]
  readonly continues: State[]
}

export class Shell {
  state: State
  frame: Frame
  readonly findings = new Findings()
  readonly written = new Written()
  /** What stands for the holes in code, by its character. */
  readonly holes: AbstractString['parts'][number][] = []
  /** States in which a function returned. */
  returned: State[] | undefined = undefined
  /** The aliases that commands of this unit see. */
  aliases: ReadonlyMap<string, readonly string[]> = new Map()
  readonly traps: { readonly body: Text; readonly span: Span }[] = []
  private locals: Map<string, Variable | undefined> | undefined = undefined
  private nesting = 0
  private readonly loops: Jumps[] = []
  /** For the next process substitution; bash counts down. */
  nextDescriptor = FIRST_DESCRIPTOR

  constructor(readonly input: ShellInput) {
    const cwd: Text = input.cwd ?? ANY
    this.state = new State([cwd], this.findings)
    if (input.home !== undefined) this.state.set('HOME', [input.home], 'x')
    if (input.user !== undefined) this.state.set('USER', [input.user], 'x')
    this.frame = {
      via: [],
      span: undefined,
      source: input.command,
      stdin: undefined,
      piped: false,
      elsewhere: false,
      depth: 0,
      name: '/bin/bash',
      assignments: [],
      active: [],
      repeated: 1,
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
    const { returned, nextDescriptor } = this
    this.state = before.copy()
    this.returned = undefined
    this.nextDescriptor = FIRST_DESCRIPTOR
    const result = body()
    this.returned = returned
    this.nextDescriptor = nextDescriptor
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
    if (typeof text !== 'string')
      this.findings.unknown('any', `code that is known only in part${via === undefined ? '' : `, run by ${via}`}`, span)
    const source = this.withoutHoles(text)
    if (this.frame.depth >= MAX_DEPTH || !this.findings.spendSource(source.length)) return this.overflow(source, span)
    const steps = via === undefined ? this.frame.via : [...this.frame.via, via]
    const result = this.within({ ...change, span, source, via: steps, depth: this.frame.depth + 1 }, () => this.script(parseScript(source)))
    return this.findings.spent ? this.overflow(source, span) : result
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

  script(script: Script): Result {
    const outputs: Output[] = []
    let status: boolean | undefined = true
    for (const unit of script.units) {
      if (this.state.dead || this.findings.spent) break
      this.aliases = this.state.aliases
      const result = this.list(unit)
      outputs.push(result.output)
      status = result.status
    }
    for (const mark of script.marks)
      if (mark.kind === 'zsh' || mark.kind === 'depth') this.findings.unknown('any', mark.message, this.span(mark))
    return { output: concatenate(outputs), status }
  }

  list({ items }: List): Result {
    const outputs: Output[] = []
    let status: boolean | undefined = true
    for (let at = 0; at < items.length && !this.state.dead && !this.findings.spent; ) {
      let end = at + 1
      while (end < items.length && items[end]?.join !== ';') end++
      const result = this.chain(items.slice(at, end))
      outputs.push(result.output)
      status = result.status
      at = end
    }
    return { output: concatenate(outputs), status }
  }

  /** Commands with `&&` and `||` between them. */
  private chain(items: readonly ListItem[]): Result {
    if (items[0]?.background === true) return { output: this.apart(() => this.and(items)).output, status: true }
    return this.and(items)
  }

  private and(items: readonly ListItem[]): Result {
    const outputs: Output[] = []
    let status: boolean | undefined = true
    for (const item of items) {
      if (this.state.dead) break
      const result = this.item(item, status)
      outputs.push(result.output)
      status = result.status
    }
    return { output: concatenate(outputs), status }
  }

  private item(item: ListItem, before: boolean | undefined): Result {
    if (item.join === ';') {
      this.state.settle(undefined)
      return this.command(item.command)
    }
    const wanted = item.join === '&&'
    if (before === !wanted) return { output: '', status: before }
    if (before !== undefined) {
      this.state.settle(before)
      return this.command(item.command)
    }
    const skipped = this.state.copy()
    skipped.settle(!wanted)
    this.state.settle(wanted)
    const result = this.command(item.command)
    this.state.join(skipped)
    return { output: result.output === '' ? '' : undefined, status: result.status === !wanted ? result.status : undefined }
  }

  command(command: Command): Result {
    if (!this.findings.spend(1)) return this.overflow('', this.span(command))
    return this.deeper(() => this.commandOf(command))
  }

  /** Counts how deep constructs stand in each other. */
  private deeper(body: () => Result): Result {
    if (this.nesting >= MAX_NESTING) return this.overflow(this.frame.source, { start: 0, end: 0 })
    this.nesting++
    const result = body()
    this.nesting--
    return result
  }

  private commandOf(command: Command): Result {
    switch (command.kind) {
      case 'simple':
        return runSimple(this, command)
      case 'pipeline':
        return this.pipeline(command)
      case 'function':
        this.state.functions = new Map(this.state.functions).set(command.name, [command.body])
        return DONE
      case 'coproc':
        this.apart(() => this.within({ stdin: undefined, stdinFile: undefined, piped: true }, () => this.command(command.command)))
        return DONE
      default:
        return this.compound(command)
    }
  }

  private pipeline({ commands, negated }: Pipeline): Result {
    const result = commands.length === 1 && commands[0] !== undefined ? this.command(commands[0]) : this.pipe(commands)
    return negated && result.status !== undefined ? { output: result.output, status: !result.status } : result
  }

  private pipe(commands: readonly Command[]): Result {
    let result: Result = DONE
    commands.forEach((command, at) => {
      const { output } = result
      const change = at === 0 ? {} : { stdin: output, stdinFile: undefined, piped: true }
      result = this.apart(() => this.within(change, () => this.command(command)))
    })
    return result
  }

  // Functions

  callFunction(name: string, body: Command, parameters: Words): Result {
    const active = this.frame.active.filter(each => each === name).length
    if (active > 2 || this.frame.depth >= MAX_DEPTH) return this.overflow(name, this.span(body))
    const before = this.state.parameters
    const { locals } = this
    this.locals = new Map()
    this.state.parameters = active === 2 ? { texts: [], open: true } : parameters
    const result = this.within({ active: [...this.frame.active, name], depth: this.frame.depth + 1 }, () =>
      this.returning(() => this.command(body)),
    )
    for (const [local, variable] of this.locals)
      variable === undefined ? this.state.forget(local) : this.state.set(local, variable.values, variable.flags)
    this.locals = locals
    this.state.parameters = before
    return result
  }

  /** Makes a variable the current function's own. */
  local(name: string): void {
    if (this.locals !== undefined && !this.locals.has(name)) this.locals.set(name, this.state.has(name) ? this.state.get(name) : undefined)
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

  // Compound commands

  private compound(command: Compound): Result {
    if (command.redirections.length === 0) return this.body(command)
    return redirect(this, command.redirections, true, () => this.body(command)).result
  }

  private body(command: Compound): Result {
    switch (command.kind) {
      case 'subshell':
        return this.apart(() => this.list(command.body))
      case 'group':
        return this.list(command.body)
      case 'if':
        return this.conditional(command.branches, command.otherwise)
      case 'while':
      case 'until':
        return this.repeat(() => this.whileOnce(command.condition, command.kind === 'while', command.body))
      case 'for':
      case 'select':
        return this.forEach(command)
      case 'arithmetic-for':
        return this.forArithmetic(command.expressions, command.body)
      case 'case':
        return this.select(command.subject, command.items)
      case 'arithmetic': {
        const { value } = evaluateArithmetic(this, command.expression)
        return { output: '', status: value === undefined ? undefined : value !== 0 }
      }
      case 'test':
        return { output: '', status: evaluateTest(this, command.expression) }
    }
  }

  private conditional(branches: readonly { readonly condition: List; readonly body: List }[], otherwise: List | undefined): Result {
    const test = ({ condition }: { readonly condition: List }) => this.list(condition)
    return this.choose(
      branches,
      test,
      at => this.listAt(branches[at]?.body),
      () => this.listAt(otherwise),
    )
  }

  private listAt(list: List | undefined): Result {
    return list === undefined ? DONE : this.list(list)
  }

  /** Tests one way after the other, and runs the bodies of those that may be taken, each apart. */
  private choose<T>(ways: readonly T[], test: (way: T) => Result, body: (at: number) => Result, otherwise: () => Result): Result {
    const ends: State[] = []
    const results: Result[] = []
    const end = (result: Result) => {
      ends.push(this.state)
      results.push(result)
    }
    let open = true
    for (let at = 0; open && at < ways.length; at++) {
      const { output, status } = test(ways[at] as T) // in bounds
      const other = this.state.copy()
      if (this.state.dead || this.findings.spent) break
      open = status !== true
      this.state.settle(status ?? true)
      if (status !== false) {
        const result = body(at)
        end(output === '' ? result : { output: concatenate([output, result.output]), status: result.status })
        this.state = other
        other.settle(false)
      }
    }
    if (open) end(otherwise())
    this.state = ends[0] ?? this.state
    for (const state of ends.slice(1)) this.state.join(state)
    return oneOf(results)
  }

  private select(subject: Word, items: readonly CaseItem[]): Result {
    return this.selectFrom(expandText(this, subject), items)
  }

  private selectFrom(texts: readonly Text[], items: readonly CaseItem[]): Result {
    const test = ({ patterns }: CaseItem): Result => {
      const found = patterns.map(word => anyOf(patternsOf(this, word).map(pattern => allAgree(texts.map(text => matches(pattern, text))))))
      return { output: '', status: anyOf(found) }
    }
    return this.choose(
      items,
      test,
      at => this.caseBody(texts, items.slice(at)),
      () => DONE,
    )
  }

  /** The body that matched, and those that it falls through to. */
  private caseBody(texts: readonly Text[], items: readonly CaseItem[]): Result {
    const outputs: Output[] = []
    for (const [at, item] of items.entries()) {
      const { output, status } = this.list(item.body)
      outputs.push(output)
      if (item.end === ';;' || this.state.dead) return { output: concatenate(outputs), status }
      if (item.end === ';;&') {
        const next = this.deeper(() => this.selectFrom(texts, items.slice(at + 1)))
        return { output: concatenate([...outputs, next.output]), status: next.status }
      }
    }
    return { output: concatenate(outputs), status: undefined }
  }

  // Loops

  /** `break`, `continue` and their like: this state goes on elsewhere. */
  jump(kind: keyof Jumps, levels: number): boolean {
    const target = this.loops[Math.max(0, this.loops.length - levels)]
    if (target === undefined) return false
    target[kind].push(this.state.copy())
    this.state.dead = true
    return true
  }

  /** Runs the body once within a loop. @returns the states that left the loop */
  private inLoop(breaks: State[], body: () => Result): Result {
    const jumps: Jumps = { breaks, continues: [] }
    this.loops.push(jumps)
    const result = body()
    this.loops.pop()
    for (const state of jumps.continues) this.state.join(state)
    return jumps.continues.length === 0 ? result : { output: unlessSilent(result.output), status: undefined }
  }

  /** A body that runs any number of times, until its state is the same as before. */
  private repeat(once: (left: State[]) => Result, mayBeSkipped = false): Result {
    const left: State[] = mayBeSkipped ? [this.state.copy()] : []
    const entry = this.state.copy()
    let silent = true
    for (let pass = 0; ; pass++) {
      this.state = entry.copy()
      const { output } = this.inLoop(left, () => this.onceMore(() => once(left)))
      silent &&= output === ''
      if (pass >= MAX_PASSES || entry.covers(this.state)) break
      if (pass >= 1) entry.widenAgainst(this.state)
      entry.join(this.state)
    }
    this.state = entry
    this.state.dead = left.length === 0
    for (const state of left) this.state.join(state)
    return { output: silent ? '' : undefined, status: undefined }
  }

  private onceMore(body: () => Result): Result {
    return this.within({ repeated: MAX_REPEATED }, body)
  }

  private whileOnce(condition: List, wanted: boolean, body: List): Result {
    const tested = this.list(condition)
    if (this.state.dead) return tested
    const left = this.loops[this.loops.length - 1]?.breaks
    if (tested.status !== wanted) {
      const leaving = this.state.copy()
      leaving.settle(!wanted)
      left?.push(leaving)
    }
    if (tested.status === !wanted) {
      this.state.dead = true
      return tested
    }
    this.state.settle(wanted)
    const { output } = this.list(body)
    return { output: concatenate([tested.output, output]), status: undefined }
  }

  private forEach(command: Compound & { readonly kind: 'for' | 'select' }): Result {
    const alternatives = command.words === undefined ? [this.state.parameters] : expandWords(this, command.words)
    const [words] = alternatives
    if (alternatives.length === 1 && words !== undefined && !words.open && command.kind === 'for')
      if (words.texts.every(text => typeof text === 'string') && words.texts.length * this.frame.repeated <= MAX_REPEATED)
        return this.unroll(
          words.texts.length,
          at => this.assign(command.name, [words.texts[at] ?? '']),
          () => this.list(command.body),
        )
    const values = alternatives.flatMap(({ texts, open }) => (open ? [...texts, ANY] : texts))
    if (command.kind === 'select') this.assign('REPLY', [ANY])
    if (values.length === 0) return DONE
    return this.repeat(
      left => {
        this.assign(command.name, bounded(values))
        const result = this.list(command.body)
        left.push(this.state.copy())
        return result
      },
      alternatives.some(({ texts }) => texts.length === 0),
    )
  }

  /** A body that runs a known number of times. */
  private unroll(times: number, before: (at: number) => void, body: () => Result): Result {
    const breaks: State[] = []
    const outputs: Output[] = []
    let status: boolean | undefined = true
    for (let at = 0; at < times && !this.state.dead; at++) {
      before(at)
      const result = this.inLoop(breaks, () => this.within({ repeated: this.frame.repeated * times }, body))
      this.state.settle(undefined)
      outputs.push(result.output)
      status = result.status
    }
    const output = concatenate(outputs)
    const certain = breaks.length === 0 || (breaks.length === 1 && this.state.dead)
    for (const state of breaks) this.state.join(state)
    return { output: certain ? output : unlessSilent(output), status }
  }

  private forArithmetic([first, condition, step]: readonly Word[], body: List): Result {
    if (first !== undefined) evaluateArithmetic(this, first)
    const outputs: Output[] = []
    const endless = condition === undefined || plainText(condition)?.trim() === ''
    const test = () => (endless ? undefined : evaluateArithmetic(this, condition).value)
    const breaks: State[] = []
    for (let times = 0; times * this.frame.repeated < MAX_REPEATED; times++) {
      const value = test()
      if (value === 0 || this.state.dead) {
        for (const state of breaks) this.state.join(state)
        return { output: breaks.length === 0 ? concatenate(outputs) : undefined, status: undefined }
      }
      if (value === undefined) break
      outputs.push(this.inLoop(breaks, () => this.within({ repeated: MAX_REPEATED }, () => this.list(body))).output)
      if (step !== undefined) evaluateArithmetic(this, step)
    }
    const result = this.repeat(left => {
      test()
      left.push(this.state.copy())
      const once = this.list(body)
      if (step !== undefined) evaluateArithmetic(this, step)
      return once
    })
    for (const state of breaks) this.state.join(state)
    return { output: unlessSilent(concatenate([...outputs, result.output])), status: undefined }
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
    return this.apart(() => this.within({ depth: this.frame.depth + 1 }, () => this.script(script))).output
  }

  /** @returns the path under which the other end of the pipe is found */
  processSubstitution(script: Script, direction: '<' | '>'): Text {
    const path = `/dev/fd/${this.nextDescriptor--}`
    const change: Partial<Frame> = direction === '>' ? { stdin: undefined, stdinFile: undefined, piped: true } : {}
    const { output } = this.apart(() => this.within({ ...change, depth: this.frame.depth + 1 }, () => this.script(script)))
    this.written.replace(path, direction === '<' ? output : undefined)
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
    const special = VARIABLES.get(name)
    if (special !== undefined && !this.state.has(name)) return special(this)
    if (name.charCodeAt(0) <= 57) return [this.positional(Number(name))]
    const { values, flags } = this.state.get(name)
    return flags.includes('n') ? values.flatMap(value => this.referenced(name, value)) : values
  }

  private positional(at: number): Value {
    const { texts, open } = this.state.parameters
    return at === 0 ? this.frame.name : (texts[at - 1] ?? (open ? ANY : undefined))
  }

  private referenced(name: string, value: Value): readonly Value[] {
    const target = scalarOf(value)
    return typeof target === 'string' && target !== name && /^[A-Za-z_]\w*$/.test(target) ? this.state.get(target).values : [ANY]
  }

  assign(name: string, values: readonly Value[]): void {
    const { flags } = this.state.get(name)
    if (flags.includes('n') && this.state.has(name)) {
      for (const value of this.state.get(name).values) {
        const target = scalarOf(value)
        if (typeof target === 'string' && target !== name) this.state.set(target, values)
      }
    } else if (name === '@' || name === '*') return
    else
      this.state.set(
        name,
        values.map(value => this.withFlags(value, COUNTERS.has(name) ? `i${flags}` : flags)),
      )
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
    const written = typeof path === 'string' && path.startsWith('~') ? `./${path}` : path
    return bounded(this.state.cwd.map(cwd => normalizePath(written, { cwd })))
  }

  file(operation: FileOperation, path: Text, recursive: boolean, by: number, node: Span): void {
    if (this.frame.elsewhere) return
    const program = this.findings.execs[by]?.program
    const changes =
      (operation === 'write' || operation === 'move') && program !== undefined && !KEEPS_CONTENTS.has(program) && !COPIERS.has(program)
    for (const each of this.absolute(path)) {
      if (isDevice(each)) continue
      this.findings.file(operation, each, recursive, by, this.span(node))
      if (changes) this.written.change(each, recursive)
    }
  }

  unknown(scope: Scope, why: string, node: Span): void {
    this.findings.unknown(scope, why, this.span(node))
  }

  /** A file that the command writes. */
  store(path: Text, text: Output, append: boolean): void {
    for (const each of this.absolute(path)) {
      if (typeof each !== 'string' || isDevice(each)) continue
      if (append) this.written.append(each, text, this.made(each), appended)
      else this.written.write(each, text)
    }
  }

  /** An earlier part of the command may have written the file. */
  wrote(path: Text): boolean {
    const { written } = this
    return this.absolute(path).some(each => (typeof each === 'string' ? written.isUnknown(each) : !written.isEmpty))
  }

  /** What a file holds that may be run: as an earlier part of the command left it, or as the file system has it. */
  contents(path: Text): readonly Output[] {
    const { stdin, stdinFile, elsewhere } = this.frame
    if (isInput(path)) return stdin === undefined && stdinFile !== undefined ? this.contents(stdinFile) : [stdin]
    return this.absolute(path).flatMap(each => {
      if (typeof each !== 'string') return [undefined]
      const stored = (file: Text) =>
        typeof file === 'string' ? (this.written.read(file) ?? [elsewhere ? undefined : this.input.files?.readText(file)]) : [undefined]
      const originals = this.written.originalsOf(each)
      return originals.length === 0 ? stored(each) : [...(this.written.read(each) ?? []), ...originals.flatMap(stored)]
    })
  }

  /** What a file holds by the command's own doing. What the file system has is no part of any word: a word may be shown to the agent. */
  made(path: Text): readonly Output[] {
    if (isInput(path)) return [this.frame.stdin]
    return this.absolute(path).flatMap(each =>
      typeof each === 'string' ? (this.written.read(each) ?? [this.unlessMissing(each)]) : [undefined],
    )
  }

  private unlessMissing(path: string): Output {
    const isNew = this.input.files?.kind(path) === 'none' && this.written.originalsOf(path).length === 0
    return isNew ? '' : undefined
  }
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
  'chmod chown chgrp chattr setfacl touch mkdir ln git gh hub npm npx pnpm yarn bun pip pip3 uv poetry cargo go make'.split(' '),
)

const DEVICES = ['null', 'stdin', 'stdout', 'stderr', 'tty', 'zero']

/** `$(<file)` prints the file. */
function onlyInput({ units }: Script): Simple | undefined {
  const [item] = units[0]?.items ?? []
  const command = item?.command
  if (units.length !== 1 || units[0]?.items.length !== 1 || command?.kind !== 'simple') return undefined
  return command.words.length === 0 && command.assignments.length === 0 && command.redirections[0]?.operator === '<' ? command : undefined
}

function unlessSilent(output: Output): Output {
  return output === '' ? '' : undefined
}

function oneOf(results: readonly Result[]): Result {
  const outputs = results.map(({ output }) => output)
  const known = outputs.every((output): output is Text => output !== undefined)
  return { output: known ? bounded(outputs, 1)[0] : undefined, status: allAgree(results.map(({ status }) => status)) }
}

function anyOf(statuses: readonly (boolean | undefined)[]): boolean | undefined {
  return statuses.includes(true) ? true : statuses.includes(undefined) ? undefined : false
}
