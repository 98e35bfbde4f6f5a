/** What code does to the world where its arguments are known, and an unknown of the right scope where they are not. */
import type { FileOperation, Scope, Text } from '../analysis.js'
import type { Output, Reach, World } from '../programs/model.js'
import { ANY, join, prefixOf } from '../text.js'
import { couldBe } from '../../decide/equality.js'
import { globbed, globbedPath } from '../programs/glob-names.js'
import { isPathLike } from '../programs/unlisted.js'
import { mayBeCode, withoutMore } from '../noted-holes.js'
import { isUnknown } from './flat.js'

/** The standard streams, by the names under which programs open them, and a database that is no file. */
const STREAMS = ['', '-', ':memory:', '/dev/stdin', '/dev/stdout', '/dev/stderr', '/dev/null', '/dev/tty']

/** A longer text of code is taken for no path. */
const LONGEST_PATH = 256

/** What projects have under names of their own, and no hidden folder as a secret. */
const OF_PROJECTS =
  /\/(?:(?:package(?:-lock)?|tsconfig|composer|manifest)\.json|(?:Cargo|pyproject)\.toml|go\.mod|pom\.xml|__init__\.py|(?!\w*(?:key|auth|token|secret|credential))\w+\.(?:py|[jt]sx?|md|rs|go))$/i

/** Code that takes some names and leaves others. */
const CHOICE = /\b(?:if|unless|filter|grep|select|reject|match|test|next|continue)\b|\?|&&/
/** Whether something is a file or a folder. */
const KIND =
  /\b(?:if|unless)\b[\s(]{0,4}(?:not\s|!)?[\w.$]{0,32}\(?[\w.$]{0,32}\)?\.?(?:isfile|isdir|is_file|is_dir|isFile|isDirectory|file\?|exists)\b/g

const ENDS = '.js .ts .tsx .jsx .mjs .cjs .mts .cts /index.js /index.ts'.split(' ')

/** The files that may be meant where a module is named. */
export function modulePaths(name: string, extension: string): readonly string[] {
  const file = (extension === '.py' ? name.split('.').join('/') : name) + extension
  if (extension === '.py') return [...(name.includes('/') ? [name] : []), file, file.replace(/\.py$/, '/__init__.py')]
  if (!name.includes('/') || extension !== '.js') return name.includes('/') ? [name, file] : [file]
  return [name, ...ENDS.map(end => name + end), name.replace(/\.([cm]?)js(x?)$/, '.$1ts$2')]
}

export class Effects {
  /** The files of code that were given out, as far as they are known: each is looked at once. */
  private readonly given = new Set<Text>()
  /** Folders, and patterns of names in them, that the code lists. */
  private readonly listed = new Set<Text>()
  /** What it does with paths that are not known. */
  private readonly open = new Set<FileOperation>()
  /** What is asked of databases in memory. */
  private readonly passing: Text[] = []
  /** What methods do that sockets have. */
  private readonly ofSockets: (() => void)[] = []
  /** A socket is made. */
  usesSockets = false
  /** It may read a file of which nothing is known. */
  isBlind = false

  constructor(
    readonly world: World,
    /** The program, for people. */
    readonly name: string,
    /** What it reads on its standard input. */
    private input?: Text,
    /** The values of the environment that the command gives it. */
    private readonly environment: Iterable<Text> = [],
  ) {}

  /** Its standard input holds its code, and no names for it to read. */
  readsCode(): void {
    this.input = undefined
  }

  unknown(scope: Scope): void {
    this.world.unknown(scope, `code of ${this.name}`)
  }

  file(operation: FileOperation, path: Text, recursive = false): void {
    if (operation === 'list') this.listed.add(path)
    else if (operation !== 'write' && mayBeCode(path)) this.open.add(operation)
    if (operation === 'read' && isUnknown(path)) this.isBlind = true
    if (typeof path !== 'string' || !STREAMS.includes(path)) this.world.file(operation, path, recursive)
  }

  /** A text of code that reads a file which is not known: that may be it. @param asShell it is a pattern that finds what the shell finds */
  mayRead(text: string, asShell = false): void {
    if (text.length < LONGEST_PATH && isPathLike(text))
      this.file('read', asShell || OF_PROJECTS.test(text) ? globbedPath(text) : globbed(text))
  }

  /** The paths that are not known are those that the code has listed: all of them, or those that its texts spell where it chooses. */
  meet(code: Text): void {
    for (const act of this.usesSockets ? this.ofSockets : []) act()
    // Such a database has tables of files where one is attached.
    const memory = this.passing.every(sql => typeof sql === 'string' && !/attach/i.test(sql))
    for (const sql of this.passing) this.world.act('db.query', { sql, client: this.name, ...(memory && { memory }) })
    if (this.isBlind) for (const value of this.environment) if (typeof value === 'string') this.mayRead(value)
    if (this.open.size === 0 || typeof code !== 'string') return
    const lines = typeof this.input === 'object' ? withoutMore(this.input) : this.input
    const paths = [...this.listed]
      .flatMap(listed => this.pathsIn(listed))
      .concat(typeof lines === 'string' ? lines.trimEnd().split('\n') : [])
    if (paths.length === 0) return
    const spelled = CHOICE.test(code.replace(KIND, '')) ? (code.match(/(?<=["'`/^])[\w.-]{3,}/g) ?? []).slice(0, 64) : ['']
    for (const path of paths)
      if (spelled.some(text => path.includes(text))) for (const operation of this.open) this.world.file(operation, path)
  }

  /** What a folder holds now, or what of that a pattern finds. */
  private pathsIn(listed: Text): readonly string[] {
    if (typeof listed !== 'string') return []
    const slash = /[*?[]/.test(listed) ? listed.lastIndexOf('/') : listed.length
    const folder = listed.slice(0, Math.max(slash, 0)).replace(/(?:^|\/)\*\*$/, '') || (slash === 0 ? '/' : '.')
    const pattern = slash === listed.length ? undefined : globbed(listed.slice(slash + 1))
    const isFound = (name: string) =>
      pattern === undefined ||
      pattern === name ||
      (typeof pattern !== 'string' && couldBe(pattern, name) && (!name.startsWith('.') || prefixOf(pattern).startsWith('.')))
    return (this.world.names(folder) ?? []).filter(isFound).map(name => `${folder}/${name}`)
  }

  fetch(url: Text): void {
    if (prefixOf(url) === '') this.unknown('net')
    else this.world.act('web.fetch', { url })
  }

  ofSocket(act: () => void): void {
    this.ofSockets.push(act)
  }

  connect(host: Text, port: Text): void {
    if (typeof host !== 'string' || host.includes(':')) this.unknown('net')
    else this.world.act('net.connect', { url: join('tcp://', host, ':', port), host, program: this.name })
  }

  /** What SQLite opens besides is named in the text, or is a parameter of it. */
  query(sql: Text, inMemory = false): void {
    if (inMemory) this.passing.push(sql)
    else this.world.act('db.query', { sql, client: this.name })
    const opens = typeof sql === 'string' ? /\b(?:attach|vacuum\b[^]*\binto)\s+(?:database\s+)?([^]*)/i.exec(sql) : null
    if (opens === null) return
    const [, file] = /^'((?:[^']|'')*)'/.exec(opens[1] ?? '') ?? []
    for (const operation of ['read', 'write'] as const) this.file(operation, file?.split("''").join("'") ?? ANY)
  }

  /**
   * A file of code is run. One of the project is daily work and is not read; one that the same command wrote is.
   * @returns the code to look at
   */
  code(given: Text): Text | undefined {
    // of a folder: `python3 x`, `node .`
    const file = ['', '/__main__.py', '/index.js'].map(each => join(given, each)).find(each => this.world.wrote(each)) ?? given
    if (this.given.has(file)) return ''
    this.given.add(file)
    this.file('read', file)
    if (!this.world.wrote(file) && !/^(-$|\/(dev|proc)\/)/.test(prefixOf(file))) {
      this.project(file)
      return undefined
    }
    const text = this.world.readText(file)
    if (text === undefined) this.unknown('any')
    return text
  }

  /** Code of the project is run. */
  project(file: Text): void {
    this.world.act('project.run', { program: this.name, file })
  }

  /** Code of a module is run: of the project or of an installed package. */
  module(module: Text): void {
    this.isBlind = true
    this.world.act('project.run', { program: this.name, module })
  }

  listen(port: Text | undefined): void {
    this.world.act('net.listen', { ...(port === undefined ? {} : { port }), program: this.name })
  }

  /** @param stdin what it reads, where that is not what the program itself reads */
  shell(script: Text, stdin?: Text): Output {
    return this.world.shell(script, this.reach(stdin))
  }

  run(argv: readonly Text[], open = false, stdin?: Text): Output {
    const [program] = argv
    if (program !== undefined && !isUnknown(program)) return this.world.run(argv, { ...this.reach(stdin), open })
    this.unknown('exec')
    return undefined
  }

  private reach(stdin: Text | undefined): Reach {
    return { via: this.name, ...(stdin === undefined ? {} : { stdin }) }
  }
}
