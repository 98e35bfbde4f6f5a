/** What the evaluation finds, in the order in which it finds it, and the budget that keeps it from finding too much. */
import type { ActionEffect, Exec, FileEffect, Scope, Span, Text, Unknown } from '../analysis.js'
import type { ValueMap } from '../../decide/request.js'
import { withOwnNumber } from '../noted-holes.js'
import { lengthOf, prefixOf } from '../text.js'
import { keyOf, type Meter } from './state.js'

/** What a model may still say about an exec after it was found. */
export type Draft = { -readonly [K in keyof Exec]: Exec[K] }

const MAX_NODES = 20_000
/** What a program costs besides its words. */
const OF_EXEC = 6
/** What a word of it costs besides its text, in characters. */
const OF_WORD = 8
const MAX_SOURCE = 262_144

/** With so many files no move is told again. */
const MOST_REPEATED = 256

/** By rules of their own, so that the new names are not known. */
export const RENAMERS: ReadonlySet<Text> = new Set<Text>(['rename', 'prename', 'mmv', 'qmv', 'imv', 'vidir'])

export class Findings implements Meter {
  readonly execs: Draft[] = []
  readonly files: FileEffect[] = []
  readonly actions: ActionEffect[] = []
  readonly unknowns: Unknown[] = []
  private nodes = MAX_NODES
  private source = MAX_SOURCE
  private readonly known = new Map<string, number>()
  private readonly seen = new Set<string>()
  /** Paths that the command has written so far, by the program that did first. */
  private readonly written = new Map<string, number>()
  /** What lies anywhere may have lain elsewhere before. */
  private isMixed = false
  /** Files are copies of others, or the same. */
  isCopied = false
  /** What empties nothing, if nothing else is put at the paths that it writes. */
  readonly idle: { readonly draft: Draft; readonly paths: readonly Text[] }[] = []

  /** Takes work from the budget. @returns false where it is spent */
  spend(work: number): boolean {
    this.nodes -= work
    return this.nodes >= 0
  }

  /** Takes source text that is about to be parsed from the budget. */
  spendSource(length: number): boolean {
    this.source -= length
    return this.source >= 0
  }

  get spent(): boolean {
    return this.nodes < 0 || this.source < 0
  }

  /** @returns the index of the exec; one that was found before is not found again */
  exec(exec: Draft): number {
    let length = 0
    for (const text of exec.argv) length += lengthOf(text) + OF_WORD
    this.spend(OF_EXEC + (length >> 6))
    // The first one is told from others when there is another.
    const [first] = this.execs
    if (first !== undefined) {
      if (this.known.size === 0) this.known.set(keyOfExec(first), 0)
      const key = keyOfExec(exec)
      const known = this.known.get(key)
      if (known !== undefined) return known
      this.known.set(key, this.execs.length)
    }
    return this.execs.push(exec) - 1
  }

  file(file: FileEffect): void {
    const path = file.operation === 'write' ? withOwnNumber(file.path) : undefined
    if (path !== undefined && !this.written.has(path)) this.written.set(path, file.by)
    const isNew = this.isNew(`${file.operation}${file.recursive}${file.by}${keyOf(file.path)}`)
    const last = this.files[this.files.length - 1]
    // What follows a move is where it went: the two are told together, though each was told before.
    const isOfMove = file.operation === 'move' || (last?.operation === 'move' && last.by === file.by)
    if (isNew || (isOfMove && this.files.length < MOST_REPEATED)) this.files.push(file)
  }

  /** A link was made that nobody can follow here: what lies beneath may lie elsewhere. */
  leads(): void {
    this.isMixed = true
  }

  /** The effects on files, once the whole command is known: nothing is its own where it has moved anything, in a turn of a loop before or behind. */
  settledFiles(): readonly FileEffect[] {
    const targets = this.targets()
    const isOwn = ({ path }: FileEffect) => targets !== undefined && !targets.some(target => mayMeet(target, path))
    return targets?.length === 0 ? this.files : this.files.map(file => (file.made !== true || isOwn(file) ? file : asFound(file)))
  }

  /** The execs, once the whole command is known: in a turn of a loop before or behind another file may have come to lie where nothing was. */
  settledExecs(): readonly Exec[] {
    if (this.idle.length === 0) return this.execs
    const targets = this.targets()
    const isAt = ({ operation, path, by }: FileEffect, idle: Text) =>
      operation === 'write' && by !== -1 && (path === idle || (typeof path === 'string' && prefixOf(idle).startsWith(`${path}/`)))
    const isPut = (idle: Text) => (targets?.length !== 0 || this.isCopied) && this.files.some(file => isAt(file, idle))
    for (const { draft, paths } of this.idle) if (targets === undefined || paths.some(isPut)) this.exec(draft)
    return this.execs
  }

  /** Where files went that were moved; undefined where that may be anywhere. */
  private targets(): readonly Text[] | undefined {
    const movers = new Set<number>()
    for (const { operation, by } of this.files) if (operation === 'move') movers.add(by)
    const writes = movers.size === 0 ? [] : this.files.filter(({ operation, by }) => operation === 'write' && movers.has(by))
    const isTold = (by: number) => writes.some(file => file.by === by)
    const isMixed = this.isMixed || this.execs.some(({ program }) => RENAMERS.has(program)) || ![...movers].every(isTold)
    return isMixed ? undefined : writes.map(({ path }) => path)
  }

  /** Whether the command has written the path, or a folder above. @param by what that program itself did does not count */
  wrote(path: string, by: number): boolean {
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
      const writer = this.written.get(path.slice(0, end))
      if (writer !== undefined && (writer !== by || by === -1)) return true
    }
    return false
  }

  act(action: string, params: ValueMap, by: number, span: Span): void {
    this.isMixed ||= action === 'device.mount'
    this.actions.push({ action, params, by, span })
  }

  unknown(scope: Scope, why: string, span: Span): void {
    if (this.isNew(`?${scope}${why}${span.start}`)) this.unknowns.push({ scope, why, span })
  }

  private isNew(key: string): boolean {
    const { size } = this.seen
    return this.seen.add(key).size > size
  }
}

/** Of what does not change once it was found. */
function keyOfExec({ open, span, via, argv, cwd, redirections, assignments }: Draft): string {
  let key = `${open}${span.start},${span.end}${via.join('\0')}\0\0`
  for (const text of argv) key += `${keyOf(text)}\0`
  key += keyOf(cwd)
  for (const text of redirections) key += `\0${keyOf(text)}`
  for (const [name, value] of assignments) key += `\0${keyOf(name)}\0${keyOf(value)}`
  return key
}

/** Whether one path may be the other, or lie beneath it. */
function mayMeet(a: Text, b: Text): boolean {
  const [one, other] = [prefixOf(a), prefixOf(b)]
  const isBelow = (end: string) => `${one}${end}`.startsWith(`${other}${end}`) || `${other}${end}`.startsWith(`${one}${end}`)
  return isBelow(typeof a === 'string' && typeof b === 'string' ? '/' : '')
}

function asFound(file: FileEffect): FileEffect {
  const { made: _, ...rest } = file
  return rest
}
