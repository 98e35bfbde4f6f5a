/** What a model may ask of the shell that calls it, and tell to it. */
import type { Files, FileOperation, Scope, Text } from '../analysis.js'
import type { Invocation, Output, Reach, World } from '../programs/model.js'
import type { ValueMap } from '../../decide/request.js'
import { conventional } from '../noted-holes.js'
import { ANY, join, partsOf, prefixOf } from '../text.js'
import { parseScript } from '../syntax/parse.js'
import type { Site } from './report.js'
import { type Result, UNKNOWN } from './result.js'
import type { Shell, Frame } from './shell.js'
import { OPTION_LETTERS, OTHER_ECHO } from './option-names.js'
import { isArray, keyOf, scalarOf, type Value, type Variable, type Words, bounded, State } from './state.js'

/** What shells that are not bash, and are read as it is, have for something else, or else than bash would. */
const OTHERWISE: readonly (readonly [shells: RegExp, code: RegExp])[] = [
  [/^(?:[lm]k|pdk|ok|k|ya)sh/, /(?!)/],
  // What stands in parentheses behind a word: a pattern may run code, and an array is all of its words.
  [/^zsh$/, /[^\s$<>;&|(]\((?!\s*\))|\balias\s+-[gs]|\b(?:functions|aliases|commands|argv|autoload|zargs|sched)\b|\bhash\s.*=|>&?!/],
  [/^(?:fish|t?csh)$/, /[()]|\b(?:source|argv)\b/],
  [/^(?:elvish|nu|nushell|xonsh|ion|oil|ysh|rc|murex|gash)$/, /[^\w\s./,@%+='"&|;<>~*?-]/],
]

function readsOtherwise(name: string, text: Text): boolean {
  const code = OTHERWISE.find(([shells]) => shells.test(name))?.[1]
  const source = typeof text === 'string' ? text : ''
  return code !== undefined && (code.test(source) || parseScript(source).error !== undefined)
}

export class Caller implements World {
  readonly files: Files | undefined
  readonly home: string | undefined
  readonly cwd: Text
  readonly cwds: readonly Text[]
  /** Of the shell that is called; read where one is started. */
  private options: ReadonlySet<string> | undefined

  constructor(
    private readonly host: Shell,
    /** The exec that is being modelled. */
    private readonly index: number,
    private readonly call: Invocation,
    private readonly site: Site,
  ) {
    this.files = host.frame.elsewhere ? undefined : host.input.files
    this.home = host.frame.elsewhere ? undefined : host.input.home
    this.cwds = host.state.cwd
    this.cwd = bounded(this.cwds, 1)[0] ?? ANY
  }

  readText(path: Text): Text | undefined {
    const texts = this.host.contents(path)
    return texts.every((text): text is Text => text !== undefined) ? bounded(texts, 1)[0] : undefined
  }

  madeText(path: Text): Text | undefined {
    const texts = this.host.made(path)
    return texts.every((text): text is Text => text !== undefined) ? bounded(texts, 1)[0] : undefined
  }

  madeIn(folder: Text): readonly string[] | undefined {
    const [path, ...more] = this.host.absolute(folder)
    return typeof path === 'string' && more.length === 0 ? this.host.madeIn(path) : undefined
  }

  names(folder: Text): readonly string[] | undefined {
    return this.host.names(folder)
  }

  wrote(path: Text): boolean {
    return this.host.wrote(path)
  }

  get hasWritten(): boolean {
    return !this.host.written.isNothing
  }

  written(): readonly string[] {
    return this.host.written.files
  }

  file(operation: FileOperation, path: Text, recursive = false, isOwn = false): void {
    this.host.file(operation, path, recursive, this.index, this.site.node, isOwn)
  }

  act(action: string, params: ValueMap): void {
    const placed = this.host.frame.elsewhere ? { ...params, elsewhere: true } : params
    this.host.findings.act(action, placed, this.index, this.host.span(this.site.node))
  }

  acted(action: string): readonly ValueMap[] {
    return this.host.findings.actions.flatMap(each => (each.action === action ? [each.params] : []))
  }

  describe(flags: readonly string[], operands: readonly Text[]): void {
    const draft = this.host.findings.execs[this.index]
    if (draft === undefined) return
    draft.flags = flags
    draft.operands = operands
  }

  unknown(scope: Scope, why: string): void {
    const draft = this.host.findings.execs[this.index]
    if (draft !== undefined && (scope === 'exec' || scope === 'any')) draft.dynamic ??= why
    this.host.unknown(scope, why, this.site.node)
  }

  run(argv: readonly Text[], how: Reach): Output {
    const words: Words = { texts: argv, open: how.open ?? false, more: how.more }
    return this.reach(how, site => this.host.invoke(words, site, false)).output
  }

  shell(script: Text, how: Reach, parameters?: readonly Text[]): Output {
    return this.reach(how, () => this.child(parameters, () => this.code(script), how.open)).output
  }

  private code(text: Text): Result {
    if (readsOtherwise(this.call.name, text)) this.unknown('any', `code of ${this.call.name}`)
    return this.host.code(text, undefined, this.site.node)
  }

  script(path: Text, how: Reach, parameters: readonly Text[] = []): Output {
    this.file('read', path)
    return this.reach(how, () => this.texts(path, [path, ...parameters], how.open)).output
  }

  private texts(path: Text, parameters: readonly Text[], open = false): Result {
    let result = UNKNOWN
    for (const text of this.host.contents(path)) {
      if (text === undefined) this.unknown('any', 'a script that cannot be read')
      else result = this.child(parameters, () => this.code(text), open)
    }
    return result
  }

  /** A file that is run by its path: its first line may name an interpreter. */
  runText(text: Output, path: string, words: Words): Result {
    if (text === undefined) {
      this.unknown('any', 'a file that the command itself wrote')
      return UNKNOWN
    }
    const interpreter = interpreterOf(text)
    const args = words.texts.slice(1)
    if (this.isCalledByShell()) this.options = new Set(this.host.state.options.has(OTHER_ECHO) ? [OTHER_ECHO] : [])
    if (interpreter === undefined)
      return this.reach({ via: path }, () => this.child([path, ...args], () => this.host.code(text, undefined, this.site.node)))
    const argv: Words = { texts: [...interpreter, path, ...args], open: words.open }
    return this.reach({ via: path }, site => this.host.runProgram(interpreter[0] ?? '', argv, site))
  }

  /** A shell reads a file that names no interpreter itself; where anything else starts it, `sh` does. */
  private isCalledByShell(): boolean {
    const { runners } = this.host.frame
    const runner = this.host.findings.execs[runners[runners.length - 1] ?? -1]?.program
    return runners.length === 0 || (typeof runner === 'string' && runner.endsWith('sh'))
  }

  /** The same words run another program: the file is a copy of it. */
  again(program: string, words: Words): Result {
    return this.reach({ via: program }, site =>
      this.host.runProgram(program, { texts: [program, ...words.texts.slice(1)], open: words.open }, site),
    )
  }

  /** A shell of its own: it knows only what was exported. */
  private child(parameters: readonly Text[] | undefined, body: () => Result, open = false): Result {
    const shell = this.host
    const [name = '/bin/bash', ...rest] = parameters ?? []
    const child = this.exported()
    child.parameters = [{ texts: rest, open }]
    this.options ??= this.shellOptions()
    child.options = child.has('SHELLOPTS')
      ? new Set([...this.options, ...inheritedOptions(shell.state, child.get('SHELLOPTS'))])
      : this.options
    return shell.apart(() => {
      shell.state = child
      return shell.within({ name, active: [] }, () => {
        this.startUp()
        // They are variables of the shell now, which it may set to something else.
        return shell.within({ assignments: [] }, body)
      })
    })
  }

  private shellOptions(): ReadonlySet<string> {
    const { name, args } = this.call
    return new Set([...(name.endsWith('sh') ? optionsOf(args) : []), ...(name === 'bash' ? [] : [OTHER_ECHO])])
  }

  private exported(): State {
    const { state } = this.host
    const child = new State(state.cwd, this.host.findings)
    for (const name of state.names()) {
      const { values, flags } = state.get(name)
      if (flags.includes('x')) child.set(name, values, flags)
      // Where the environment has it too, the value is handed on.
      else if (conventional(name) !== undefined) child.set(name, [...values, ANY])
    }
    for (const [name, value] of this.host.frame.assignments) child.set(name, alternatives(state.get(name).values, value), 'x')
    child.functions = new Map([...state.functions].filter(([name]) => state.options.has(`export ${name}`)))
    return child
  }

  /** What a shell runs before its own code: functions from the environment, `BASH_ENV`, `PROMPT_COMMAND`. */
  private startUp(): void {
    const shell = this.host
    for (const [name, value] of this.host.frame.assignments) {
      if (name.startsWith('BASH_FUNC_')) shell.code(join(name.slice(10).split('%%').join(''), ' ', value), undefined, this.site.node)
    }
    if (shell.state.options.has('i')) this.prompts()
    const files = shell.state.has('BASH_ENV') ? shell.variable('BASH_ENV') : []
    for (const file of files) if (file !== undefined && !isArray(file) && file !== '') this.startUpFile(shell.expandSource(file))
  }

  /** What an interactive shell does before it reads a command. */
  private prompts(): void {
    const { host } = this
    for (const name of ['PROMPT_COMMAND', 'PS0', 'PS1', 'PS2'])
      for (const value of host.state.has(name) ? host.variable(name) : []) {
        const text = scalarOf(value)
        if (text === undefined) continue
        if (name === 'PROMPT_COMMAND') host.code(text, name, this.site.node)
        else host.expandSource(text)
      }
  }

  /** One that starts a shell itself, which reads it again, would go on without end. */
  private startUpFile(path: Text): void {
    const { host } = this
    this.file('read', path)
    if (host.startingUp) return this.unknown('any', 'a start-up file that starts a shell')
    host.startingUp = true
    for (const text of host.contents(path))
      if (text === undefined) this.unknown('any', 'a script that cannot be read')
      else host.code(text, 'BASH_ENV', this.site.node)
    host.startingUp = false
  }

  /** Evaluates what the program starts, a step further on the way. */
  private reach(how: Reach, body: (site: Site) => Result): Result {
    const { host: shell, site, call } = this
    const draft = shell.findings.execs[this.index]
    if (draft !== undefined && how.transparent === true) draft.transparent = true
    const { frame } = shell
    const change: Partial<Frame> = {
      via: [...frame.via, how.via],
      elsewhere: frame.elsewhere || how.elsewhere === true,
      stdin: 'stdin' in how ? how.stdin : call.stdin,
      stdinFile: 'stdin' in how ? undefined : frame.stdinFile,
      piped: 'stdin' in how || call.piped,
      depth: frame.depth + 1,
      runners: [...frame.runners, this.index],
    }
    if (shell.findings.spent || (frame.depth >= 16 && !shell.findings.spend(call.args.length))) return shell.exhausted(site.node)
    if (frame.depth >= 16)
      return shell.overflow(
        call.args
          .flatMap(partsOf)
          .filter(part => typeof part === 'string')
          .join(' '),
        shell.span(site.node),
      )
    const { exports = [] } = how
    const kept = exports.length === 0 ? site.assignments : site.assignments.filter(([name]) => exports.every(([other]) => other !== name))
    const assignments = [...kept, ...(how.assignments ?? [])]
    return shell.apart(() => {
      if (how.cwd !== undefined) shell.state.cwd = how.elsewhere === true ? [how.cwd] : shell.absolute(how.cwd)
      else if (how.elsewhere === true && !frame.elsewhere) shell.state.cwd = [ANY]
      for (const [name, values] of exports) shell.state.set(name, values, 'x')
      return shell.within({ ...change, assignments }, () => body({ node: site.node, assignments, redirections: [] }))
    })
  }
}

/** Each of the texts that an assignment has given to a variable, where it is these that one text stands for. */
function alternatives(values: readonly Value[], value: Text): readonly Value[] {
  const texts = values.map(each => scalarOf(each) ?? ANY)
  return typeof value !== 'string' && keyOf(bounded(texts, 1)[0] ?? '') === keyOf(value) ? texts : [value]
}

/** The options of a shell that its arguments turn on: `-x`, `-O extglob`. What follows its first operand is none of its own. */
function optionsOf(args: readonly Text[]): readonly string[] {
  const options: string[] = []
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]
    if (typeof arg !== 'string' || !/^[-+]./.test(arg) || arg === '--') break
    const takesName = /^[-+]\w*[oO]$/.test(arg)
    const name = takesName ? args[++at] : undefined
    if (arg.startsWith('+') || arg.startsWith('--')) continue
    options.push(...(typeof name === 'string' ? [name] : []), ...Array.from(arg.slice(1), letter => OPTION_LETTERS[letter] ?? letter))
  }
  return options
}

/** `SHELLOPTS=xtrace`; exported without a value it has what was set (manual 5.2). */
function inheritedOptions(from: State, { values }: Variable): readonly string[] {
  return [...from.options, ...values.flatMap(value => prefixOf(scalarOf(value) ?? '').split(':'))]
}

/** The words behind `#!`. */
function interpreterOf(text: Text): readonly string[] | undefined {
  const start = typeof text === 'string' ? text : join(text)
  if (typeof start !== 'string' || !start.startsWith('#!')) return undefined
  const line = start.slice(2, start.indexOf('\n') === -1 ? undefined : start.indexOf('\n')).trim()
  const space = line.search(/[ \t]/)
  return space === -1 ? (line === '' ? undefined : [line]) : [line.slice(0, space), line.slice(space).trim()]
}
