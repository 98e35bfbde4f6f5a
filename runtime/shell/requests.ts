/** From what a command would do to the requests that a policy decides: the whole, its parts, its effects. */
import { AbstractString, type Part } from '../decide/abstract-string.js'
import { type RealPath, realRequest } from '../decide/real-request.js'
import type { Call, ExpandedRequest, Request, Value, ValueMap } from '../decide/request.js'
import type { Analysis, Exec, FileEffect, FileOperation, Span, Text, Unknown } from './analysis.js'
import { BoundedRequests } from './bounded-requests.js'
import { canonicalLine } from './canonical-line.js'
import { originAt, originOf } from './origin.js'
import { ANY, join, partsOf } from './text.js'

const SEVERAL = Symbol('several')
/** Strictly beneath: the path itself has a request of its own. */
const BELOW: Text = AbstractString.of(['/', { hole: 'char' }, { hole: 'segment' }, { hole: 'below' }])

/** @param command what was analysed, as the agent sent it */
export function requestsOf(whole: Request, command: string, analysis: Analysis, realPath: RealPath): Call {
  const expansion = new Expansion(whole, command, analysis, realPath)
  return [{ role: 'whole', request: whole }, ...expansion.parts(), ...expansion.effects()]
}

class Expansion {
  /** The context of effects, once there is one. */
  private around: ValueMap | undefined
  private readonly trimmed: string
  /** By program the one file that it reads. */
  private read: ReadonlyMap<number, Text | typeof SEVERAL> | undefined
  private readonly resolved = new Map<string, string | undefined>()

  constructor(
    private readonly whole: Request,
    private readonly command: string,
    private readonly analysis: Analysis,
    private readonly realPath: RealPath,
  ) {
    this.trimmed = command.trim()
  }

  parts(): readonly ExpandedRequest[] {
    const { execs, unknowns, syntax } = this.analysis
    const parts = new BoundedRequests()
    for (const exec of execs) if (!exec.transparent || exec.dynamic !== undefined) parts.add(this.part(paramsOf(exec), exec.span, exec.via))
    const anything = unknowns.filter(({ scope }) => scope === 'exec' || scope === 'any')
    for (const { why, span } of anything) parts.add(this.part(unknownProgram(why), span, []))
    const isUnread = syntax === 'error' || (syntax === 'incomplete' && execs.length === 0)
    if (isUnread && anything.length === 0) parts.add(this.part(unknownProgram(SYNTAX[syntax]), this.all(), []))
    return parts.list()
  }

  effects(): readonly ExpandedRequest[] {
    const { files, actions, unknowns } = this.analysis
    const effects = new BoundedRequests()
    const followers = files.some(({ operation }) => operation === 'move') ? afterMoves(files) : []
    files.forEach((file, i) => {
      if (file.missing === true) return
      for (const effect of this.fileEffects(file, followers[i])) effects.add(effect)
    })
    for (const { action, params, by, span } of actions) effects.add(this.effect(action, this.withVia(params, by), by, span))
    for (const unknown of unknowns) for (const effect of this.unknownEffects(unknown)) effects.add(effect)
    return effects.list()
  }

  private part(params: ValueMap, span: Span, via: readonly string[]): ExpandedRequest {
    const { action, context } = this.whole
    const request: Request = { action, params, context }
    const origin = originAt(this.command, span, via)
    // To tell where in a command it is, of a command that is nothing else, says nothing.
    return via.length === 0 && origin.text === this.trimmed ? { role: 'part', request } : { role: 'part', request, origin }
  }

  private effect(action: string, params: ValueMap, by: number, span: Span): ExpandedRequest {
    this.around ??= { ...this.whole.context, via: this.whole.action }
    const request = { action, params, context: this.around }
    return { role: 'effect', request, origin: originOf(this.command, this.analysis, by, span, request) }
  }

  /** How the program that does it is reached. */
  private withVia(params: ValueMap, by: number): ValueMap {
    const { via = [] } = this.analysis.execs[by] ?? {}
    return via.length === 0 ? params : { ...params, via }
  }

  /** What is done to everything beneath a path is done to the path too. */
  private fileEffects(file: FileEffect, next: FileEffect | undefined): readonly ExpandedRequest[] {
    const { operation, by, span } = file
    const { path, recursive } = wholeFolder(file)
    const params = this.paramsOfFile(file, next, path, recursive)
    const own = this.underRealPath(this.effect(ACTIONS[operation], params, by, span))
    if (!recursive) return [own]
    const beneath = this.effect(ACTIONS[operation], { ...params, file_path: join(withoutSlash(path), BELOW) }, by, span)
    return [own, { ...this.underRealPath(beneath), beneath: true }]
  }

  /** What is known of what is done to a file. */
  private paramsOfFile({ operation, path, by, made }: FileEffect, next: FileEffect | undefined, whole: Text, recursive: boolean): ValueMap {
    const { program, operands } = this.analysis.execs[by] ?? {}
    const source = operation === 'write' ? this.sourceOf(by) : undefined
    const params: { [name: string]: Value } = program === undefined ? { file_path: whole } : { file_path: whole, program }
    if (program === 'git' && operands?.[0] !== undefined) params['subcommand'] = operands[0]
    if (source !== undefined) params['source_path'] = source
    if (recursive) params['recursive'] = recursive
    if (made === true) params['made'] = made
    if (!isRooted(path)) params['rooted'] = false
    if (!hasName(path)) params['named'] = false
    // What is moved is written next, under its new name; of many files each, in the folder of all.
    if (operation === 'move' && next?.operation === 'write' && next.by === by) params['dest_path'] = wholeFolder(next).path
    return params
  }

  /** The one file that a program reads: what it writes may be a copy of that. */
  private sourceOf(by: number): Text | undefined {
    const read = (this.read ??= readBy(this.analysis.files)).get(by)
    return by === -1 || read === SEVERAL ? undefined : read
  }

  private underRealPath(effect: ExpandedRequest): ExpandedRequest {
    const real = realRequest(effect.request, path => this.resolve(path))
    return real === undefined ? effect : { ...effect, real }
  }

  private resolve(path: string): string | undefined {
    if (!this.resolved.has(path)) this.resolved.set(path, this.realPath(path))
    return this.resolved.get(path)
  }

  private unknownEffects({ scope, span }: Unknown): readonly ExpandedRequest[] {
    switch (scope) {
      case 'read':
        return [{ ...this.effect('file.read', { file_path: ANY, rooted: false }, -1, span), beneath: true }]
      case 'write':
        return ['file.write', 'file.delete'].map(action => ({
          ...this.effect(action, { file_path: ANY, rooted: false }, -1, span),
          beneath: true,
        }))
      case 'net':
        return [this.effect('web.fetch', { url: ANY }, -1, span)]
      case 'exec':
      case 'any':
        return []
    }
  }

  private all(): Span {
    return { start: 0, end: this.command.length }
  }
}

function readBy(files: readonly FileEffect[]): ReadonlyMap<number, Text | typeof SEVERAL> {
  const read = new Map<number, Text | typeof SEVERAL>()
  for (const { operation, by, path } of files) if (operation === 'read') read.set(by, read.has(by) ? SEVERAL : path)
  return read
}

/** What goes on where the agent cannot see it, in another shell or in the next call, is nobody's to know. */
const SYNTAX = { error: 'a syntax error', incomplete: 'a command that does not end' } as const

const ACTIONS: Readonly<Record<FileOperation, string>> = {
  read: 'file.read',
  write: 'file.write',
  delete: 'file.delete',
  list: 'file.list',
  move: 'file.move',
  run: 'file.run',
  permission: 'file.permission',
}

/** `/a⟨path⟩`, `/a⟨path⟩/⟨name⟩` is each file beneath a folder, one by one (`find /a -exec …`). */
function wholeFolder(file: FileEffect): Pick<FileEffect, 'path' | 'recursive'> {
  const { path, recursive } = file
  if (typeof path === 'string') return file
  const parts = partsOf(path)
  let end = parts.length
  while (end > 0 && isOfName(parts[end - 1])) end--
  const below = parts[end - 1] === '/' && end < parts.length ? parts[end - 2] : parts[parts.length - 1]
  if (typeof below !== 'object' || below.hole !== 'below') return { path, recursive }
  const at = parts.lastIndexOf(below)
  // A tree that is laid out in a folder of which nothing is known (`cd "$D"; tar xf x`): not in the root of all.
  if (at === 0 && recursive) return { path, recursive }
  return { path: AbstractString.of(parts.slice(0, at)) || '/', recursive: true }
}

function isOfName(part: Part | undefined): boolean {
  return typeof part === 'object' && (part.hole === 'segment' || part.hole === 'char' || part.hole === 'visible')
}

/** Whether the folder that holds the file is known by name or pattern, and something of its name. */
function isRooted(path: Text): boolean {
  if (typeof path === 'string') return path !== ''
  const parts = partsOf(path)
  const last = parts[parts.length - 1]
  const before = parts[parts.length - 2]
  const name = parts.map(part => typeof part === 'string' && part.includes('/')).lastIndexOf(true)
  // `*.mp3` of a program finds names with a dot at their start too, which say as little as no name.
  const first = typeof parts[name] === 'string' && parts[name].endsWith('/') ? parts[name + 1] : undefined
  const isNameless =
    (typeof last === 'object' && last.hole !== 'visible' && (typeof before !== 'string' || before.endsWith('/'))) ||
    (typeof first === 'object' && first.hole === 'segment')
  return typeof parts[0] === 'string' && !isNameless && !parts.slice(0, -1).some(part => typeof part === 'object' && part.hole === 'below')
}

/** Whether anything is known of the name in its folder: not of `*`. */
function hasName(path: Text): boolean {
  if (typeof path === 'string') return true
  const parts = partsOf(path)
  const before = parts[parts.length - 2]
  return typeof parts[parts.length - 1] !== 'object' || (typeof before === 'string' && !before.endsWith('/'))
}

/** What follows each effect, or follows the further paths that what it moves may have: `cd sub; mv ../x y`, where the folder may be missing. */
function afterMoves(files: readonly FileEffect[]): readonly (FileEffect | undefined)[] {
  const followers = new Array<FileEffect | undefined>(files.length)
  for (let i = files.length - 2; i >= 0; i--) {
    const [file, next] = [files[i], files[i + 1]]
    const isFurther = file?.operation === 'move' && next?.operation === 'move' && next.by === file.by
    followers[i] = isFurther ? followers[i + 1] : next
  }
  return followers
}

function paramsOf(exec: Exec): ValueMap {
  const { program, programPath, argv, open, operands, cwd, via, dynamic } = exec
  const params: { [key: string]: Value } = {
    command: canonicalLine(exec),
    program,
    argv: open ? [...argv, ANY] : argv,
    flags: possibleFlags(exec),
    operands: open ? [...operands, ANY] : operands,
    cwd,
    via,
  }
  if (programPath !== undefined) params['program_path'] = programPath
  return dynamic === undefined ? params : { ...params, dynamic: true, reason: dynamic }
}

/** A word that begins with a hole may turn out to be an option, and one that goes on with a hole after its dash several. */
function possibleFlags({ argv, flags, open }: Exec): readonly Text[] {
  if (!open && argv.every(word => typeof word === 'string')) return flags
  const possible: Text[] = [...flags]
  for (let i = 1; i < argv.length && argv[i] !== '--'; i++) {
    const word = argv[i] as Text // in bounds
    if (typeof word === 'string') continue
    const [first] = word.parts
    if (typeof first === 'object' && first.hole === 'any') possible.push(word)
    else if (typeof first === 'string' && first.startsWith('-') && !first.includes('=')) possible.push(SOME_FLAG)
  }
  if (open) possible.push(ANY)
  return possible
}

const SOME_FLAG: Text = AbstractString.of(['-', { hole: 'any' }])

/** A part of which nothing is known but that it may run. */
function unknownProgram(why: string): ValueMap {
  return { command: ANY, program: ANY, argv: [ANY], flags: [ANY], operands: [ANY], cwd: ANY, via: [], dynamic: true, reason: why }
}

/** The root is the empty text before what lies beneath it. */
function withoutSlash(path: Text): Text {
  const parts = partsOf(path)
  const last = parts[parts.length - 1]
  return typeof last === 'string' && last.endsWith('/') ? AbstractString.of([...parts.slice(0, -1), last.slice(0, -1)]) : path
}
