/** What a model may ask of the shell that calls it, and tell to it. */
import type { Files, FileOperation, Scope, Text } from '../analysis.js'
import type { Invocation, Output, Reach, World } from '../programs/model.js'
import type { ValueMap } from '../../decide/request.js'
import { ANY, join } from '../text.js'
import type { Site } from './report.js'
import { type Result, UNKNOWN } from './result.js'
import type { Shell, Frame } from './shell.js'
import { type Words, bounded, State } from './state.js'

export class Caller implements World {
  readonly files: Files | undefined

  constructor(
    private readonly host: Shell,
    /** The exec that is being modelled. */
    private readonly index: number,
    private readonly call: Invocation,
    private readonly site: Site,
  ) {
    this.files = host.frame.elsewhere ? undefined : host.input.files
  }

  readText(path: Text): Text | undefined {
    const texts = this.host.contents(path)
    return texts.every((text): text is Text => text !== undefined) ? bounded(texts, 1)[0] : undefined
  }

  wrote(path: Text): boolean {
    return this.host.wrote(path)
  }

  file(operation: FileOperation, path: Text, recursive = false): void {
    this.host.file(operation, path, recursive, this.index, this.site.node)
  }

  act(action: string, params: ValueMap): void {
    this.host.findings.act(action, params, this.index, this.host.span(this.site.node))
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
    const words: Words = { texts: argv, open: how.open ?? false }
    return this.reach(how, site => this.host.invoke(words, site, false)).output
  }

  shell(script: Text, how: Reach, parameters?: readonly Text[]): Output {
    return this.reach(how, () => this.child(parameters, () => this.host.code(script, undefined, this.site.node))).output
  }

  script(path: Text, how: Reach, parameters: readonly Text[] = []): Output {
    this.file('read', path)
    return this.reach(how, () => this.texts(path, [path, ...parameters])).output
  }

  private texts(path: Text, parameters: readonly Text[]): Result {
    let result = UNKNOWN
    for (const text of this.host.contents(path)) {
      if (text === undefined) this.unknown('any', 'a script that cannot be read')
      else result = this.child(parameters, () => this.host.code(text, undefined, this.site.node))
    }
    return result
  }

  /** A file that is run by its path: its first line may name an interpreter. */
  runText(text: Output, path: string, words: Words): Result {
    this.file('run', path)
    if (text === undefined) {
      this.unknown('any', 'a file that the command itself wrote')
      return UNKNOWN
    }
    const interpreter = interpreterOf(text)
    const args = words.texts.slice(1)
    if (interpreter === undefined)
      return this.reach({ via: path }, () => this.child([path, ...args], () => this.host.code(text, undefined, this.site.node)))
    const argv: Words = { texts: [...interpreter, path, ...args], open: words.open }
    return this.reach({ via: path }, site => this.host.runProgram(interpreter[0] ?? '', argv, site))
  }

  /** The same words run another program: the file is a copy of it. */
  again(program: string, words: Words): Result {
    return this.reach({ via: program }, site =>
      this.host.runProgram(program, { texts: [program, ...words.texts.slice(1)], open: words.open }, site),
    )
  }

  /** A shell of its own: it knows only what was exported. */
  private child(parameters: readonly Text[] | undefined, body: () => Result): Result {
    const shell = this.host
    const [name = '/bin/bash', ...rest] = parameters ?? []
    const state = new State(shell.state.cwd)
    for (const variable of shell.state.names()) {
      const { values, flags } = shell.state.get(variable)
      if (flags.includes('x')) state.set(variable, values, flags)
    }
    for (const [variable, value] of this.site.assignments) state.set(variable, [value], 'x')
    for (const [exported, functions] of shell.state.functions)
      if (shell.state.options.has(`export ${exported}`)) state.functions = new Map(state.functions).set(exported, functions)
    state.parameters = { texts: rest, open: false }
    return shell.apart(() => {
      shell.state = state
      return shell.within({ name }, body)
    })
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
      piped: 'stdin' in how || call.piped,
      depth: frame.depth + 1,
    }
    if (frame.depth >= 16) return shell.overflow('', shell.span(site.node))
    const assignments = [...site.assignments, ...(how.assignments ?? [])]
    return shell.apart(() => {
      if (how.cwd !== undefined) shell.state.cwd = how.elsewhere === true ? [how.cwd] : shell.absolute(how.cwd)
      else if (how.elsewhere === true && !frame.elsewhere) shell.state.cwd = [ANY]
      return shell.within({ ...change, assignments }, () => body({ node: site.node, assignments, redirections: [] }))
    })
  }
}

/** The words behind `#!`. */
function interpreterOf(text: Text): readonly string[] | undefined {
  const start = typeof text === 'string' ? text : join(text)
  if (typeof start !== 'string' || !start.startsWith('#!')) return undefined
  const line = start.slice(2, start.indexOf('\n') === -1 ? undefined : start.indexOf('\n')).trim()
  const space = line.search(/[ \t]/)
  return space === -1 ? (line === '' ? undefined : [line]) : [line.slice(0, space), line.slice(space).trim()]
}
