/** What the command itself has written to files so far: text that may become code, and programs under other names. */
import { AbstractString } from '../../decide/abstract-string.js'
import { couldBe } from '../../decide/equality.js'
import type { Text } from '../analysis.js'
import type { Output } from '../programs/model.js'
import { join } from '../text.js'
import { baseName } from './report.js'
import { keyOf } from './state.js'

const MAX_TEXTS = 8
const MAX_LINKS = 8
const BELOW: Text = AbstractString.of([{ hole: 'below' }])

/** Most commands write nothing that counts here. */
const NONE = new Map<string, never>()

function changed<T>(map: Map<string, T>, key: string, value: T): Map<string, T> {
  return (map === NONE ? new Map<string, T>() : map).set(key, value)
}

/** It is all that lies beneath something. */
function endsBelow({ parts }: AbstractString): boolean {
  const last = parts[parts.length - 1]
  return typeof last === 'object' && last.hole === 'below'
}

export class Written {
  private texts: Map<string, readonly Output[]> = NONE
  /** The files that programs may have changed besides. */
  private readonly changed: Text[] = []
  private originals: Map<string, readonly Text[]> = NONE

  /** Names of files in folders that are not known. */
  private readonly names = new Set<Text>()
  private links: Map<string, string> = NONE

  get isEmpty(): boolean {
    return this.texts.size === 0 && this.originals.size === 0 && this.changed.length === 0
  }

  get files(): readonly string[] {
    return [...new Set([...this.texts.keys(), ...this.originals.keys()])].filter(path => path.startsWith('/') && !path.startsWith('/dev/'))
  }

  /** Nor has it written anything nobody knows where. */
  get isNothing(): boolean {
    return this.isEmpty && this.names.size === 0
  }

  get hasLinks(): boolean {
    return this.links.size > 0
  }

  /** The text that a file may have been given; `undefined` is a text that is not known. */
  write(path: string, text: Output): void {
    this.add(path, [text])
  }

  /** What the other end of a pipe has is gone when its number is given again. */
  replace(path: string, text: Output): void {
    this.texts = changed(this.texts, path, [text])
  }

  /** The same of a file that lies nobody knows where. */
  elsewhere(path: AbstractString): void {
    this.names.add(baseName(path))
  }

  append(path: string, text: Output, before: readonly Output[], join: (a: Output, b: Output) => Output): void {
    this.add(path, before.length === 0 ? [text] : before.map(each => join(each, text)))
  }

  private add(path: string, texts: readonly Output[]): void {
    const all = [...(this.texts.get(path) ?? []), ...texts]
    const keys = all.map(text => (text === undefined ? undefined : keyOf(text)))
    const distinct = all.filter((_, at) => keys.indexOf(keys[at]) === at)
    this.texts = changed(this.texts, path, distinct.length <= MAX_TEXTS ? distinct : [undefined])
  }

  /** A program may have given a file, or all that lies beneath a folder, another text. */
  change(path: Text, recursive: boolean): void {
    if (typeof path === 'string' && !recursive) this.add(path, [undefined])
    else this.changed.push(recursive ? join(path, BELOW) : path)
  }

  read(path: string): readonly Output[] | undefined {
    const isChanged = this.changed.some(each => (typeof each === 'string' ? each === path : couldBe(each, path)))
    return isChanged ? [...(this.texts.get(path) ?? []), undefined] : this.texts.get(path)
  }

  /** Whether the path may be another file by now: a copy, a link, or whatever a program has put there or above. */
  mayHold(path: string): boolean {
    const isWithin = (each: Text) => typeof each !== 'string' || path === each || path.startsWith(`${each}/`)
    const isOther = ([each, texts]: readonly [string, readonly Output[]]) => isWithin(each) && texts.includes(undefined)
    return this.changed.some(isWithin) || [...this.texts].some(isOther)
  }

  /** The file is now that other file: copied, linked or renamed. */
  copy(from: Text, to: string): void {
    const known = this.originals.get(to) ?? []
    const added = typeof from === 'string' ? (this.originals.get(from) ?? [from]) : [from]
    const keys = new Set(known.map(keyOf))
    this.originals = changed(this.originals, to, [...known, ...added.filter(each => !keys.has(keyOf(each)))])
  }

  /** The one path now leads to the other. */
  link(from: Text, to: string): void {
    if (typeof from === 'string' && from !== to) this.links = changed(this.links, to, from)
  }

  /** Where the links on the way lead, one after the other. @param last whether the last name is followed too */
  throughLinks(path: string, last: boolean): readonly string[] {
    const found: string[] = []
    let now = path
    for (let turns = 0; turns < MAX_LINKS; turns++) {
      const next = this.throughLink(now, last)
      if (next === undefined || found.includes(next)) break
      found.push(next)
      now = next
    }
    return found
  }

  private throughLink(path: string, last: boolean): string | undefined {
    for (const [link, target] of this.links) {
      if (path === link && last) return target
      if (path.startsWith(`${link}/`)) return (target === '/' ? '' : target) + path.slice(link.length)
    }
    return undefined
  }

  /** The files of which this one is a copy. */
  originalsOf(path: string): readonly Text[] {
    return this.originals.get(path) ?? []
  }

  /** It was written in the command, with a text that may be code. */
  isUnknown(path: string): boolean {
    return this.read(path) !== undefined
  }

  /** The same of a path that is known in part. */
  mayBeUnknown(path: AbstractString): boolean {
    const isIt = (each: Text) => typeof each !== 'string' || couldBe(path, each)
    return (
      this.links.size > 0 ||
      this.names.has(baseName(path)) ||
      (this.names.size > 0 && endsBelow(path)) ||
      this.changed.some(isIt) ||
      [...this.texts.keys(), ...this.originals.keys()].some(isIt)
    )
  }

  /** The files that were written in a folder; undefined where there may be others. */
  namesIn(folder: string): readonly string[] | undefined {
    const paths = [...this.originals.keys(), ...this.texts.keys()].filter(path => path.startsWith(`${folder}/`))
    const isPlain = paths.length > 0 && this.changed.length === 0 && this.links.size === 0
    return isPlain ? [...new Set(paths.map(path => path.slice(folder.length + 1).split('/')[0] ?? ''))] : undefined
  }

  /** The copies that lie in any folder under this name. */
  named(name: string): readonly string[] {
    return [...this.originals.keys(), ...this.texts.keys()].filter(path => path.endsWith(`/${name}`))
  }
}
