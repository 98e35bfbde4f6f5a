/**
 * Pathname expansion against the folders as they are (manual 3.5.8). What it says holds only where nothing in the command can change what
 * a pattern finds, which is known when all of the command is: `mayHaveChanged`.
 */
import { couldBe } from '../../decide/equality.js'
import { normalizePath } from '../../decide/path.js'
import type { Exec, FileOperation, Files, Text } from '../analysis.js'
import { prefixOf } from '../text.js'
import type { Findings } from './findings.js'
import { compilePattern, matches, type Pattern } from './pattern.js'
import type { Piece, Pieces } from './pieces.js'
import type { Frame } from './shell.js'
import type { State } from './state.js'

/** More names than this are not told one by one. */
const MOST_NAMES = 64
const MOST_FOLDERS = 64
const MOST_ENTRIES = 4096

/** Options under which a pattern finds other names than those that are told here. */
const OTHER_RULES = ['nocaseglob', 'globstar', 'extglob']

/** @param settles whether the folders are at every moment what they are now */
export function openListing(files: Files, findings: Findings, settles: boolean): Listing {
  return new Listing(files, findings, settles)
}

export type { Listing }

interface Walked {
  readonly cwd: string
  readonly names: readonly string[] | undefined
  /** It is about a folder of the command's own. */
  readonly isOwn: boolean
}

interface Settled {
  readonly names: readonly (readonly string[])[]
  readonly certain: boolean
}

type Counts = Readonly<Record<'execs' | 'files' | 'actions' | 'unknowns', number>> & Pick<Frame, 'runners'>

class Listing {
  private readonly folders = new Map<string, readonly string[] | undefined>()
  /** What the patterns that were settled could have found, whatever the folders hold: absolute. */
  private readonly patterns: Text[] = []
  /** What they did find: absolute. To write or to delete that adds no name. */
  private readonly found = new Set<string>()
  /** Patterns that find nothing, as the paths that they are then. */
  private readonly missing = new Set<string>()

  private madeIn: (folder: string) => readonly string[] | undefined = () => undefined
  /** What was found in the command when the last pattern was looked up. */
  private before: Counts | undefined
  /** The pattern that is looked up is about a folder of the command's own. */
  private isOwn = false

  constructor(
    private readonly files: Files,
    private readonly findings: Findings,
    private readonly settles: boolean,
  ) {}

  /**
   * What a field expands to, relative to each of the folders that may be the current one: the field itself where nothing matches.
   * Undefined where that cannot be told. Where it is not certain, it may expand to anything else, too.
   * @param found what the field may expand to in any folder
   * @param madeIn the names in a folder of the command's own
   */
  settle(
    field: Pieces,
    found: readonly Text[],
    { cwd: cwds, options, runners }: Pick<State, 'cwd' | 'options'> & Pick<Frame, 'runners'>,
    madeIn: (folder: string) => readonly string[] | undefined,
  ): Settled | undefined {
    this.madeIn = madeIn
    const segments = OTHER_RULES.some(name => options.has(name)) ? undefined : segmentsOf(field)
    // Of a folder that is not there (it may be another machine's) nothing is said.
    const listed = cwds.filter((cwd): cwd is string => typeof cwd === 'string' && this.names(cwd) !== undefined)
    if (segments === undefined || listed.length === 0) return undefined
    const isAbsolute = segments[0]?.literal === '' && segments.length > 1
    const from = isAbsolute && segments[1]?.literal !== 'proc' ? ['/'] : listed
    const walked = from.map(cwd => this.walked(cwd, segments, options.has('dotglob')))
    const certain = this.settles && listed.length === cwds.length && walked.every(({ names }) => names !== undefined)
    const alternatives: (readonly string[])[] = []
    for (const { cwd, names, isOwn } of walked) {
      if (names === undefined) continue
      this.before = this.now(runners)
      if (!isOwn) for (const path of found) this.patterns.push(normalizePath(path, { cwd }))
      for (const name of names) this.found.add(absolute(cwd, name))
      if (names.length > 0) alternatives.push(names)
      else if (certain) alternatives.push([this.unmatched(segments, cwd)], ...(options.has('nullglob') ? [[]] : []))
    }
    return certain || alternatives.length > 0 ? { names: alternatives, certain } : undefined
  }

  /** What the segments find from a folder on; undefined where that cannot be told. */
  private walked(cwd: string, segments: readonly Segment[], hidden: boolean): Walked {
    this.isOwn = false
    const names = this.walk(cwd, segments, hidden)
    return { cwd, names, isOwn: this.isOwn }
  }

  private now(runners: Counts['runners']): Counts {
    const { execs, files, actions, unknowns } = this.findings
    return { execs: execs.length, files: files.length, actions: actions.length, unknowns: unknowns.length, runners }
  }

  /** What has been looked up is looked up again after all that was found: in the next turn of a loop. */
  again(): void {
    if (this.before !== undefined) this.before = this.now([])
  }

  private unmatched(segments: readonly Segment[], cwd: Text): string {
    const written = segments.map(({ literal, text }) => literal ?? text).join('/')
    const path = normalizePath(written, { cwd })
    if (typeof path === 'string') this.missing.add(path)
    return written
  }

  /** A path that is a pattern without a match: there is nothing to read. */
  isMissing(path: string): boolean {
    return this.missing.has(path)
  }

  private walk(cwd: string, segments: readonly Segment[], hidden: boolean): readonly string[] | undefined {
    let paths: readonly string[] = ['']
    let listed = false
    for (const [at, segment] of segments.entries()) {
      const { literal } = segment
      const next: string[] = []
      for (const path of paths) {
        const isStep = literal !== undefined && (!listed || literal === '' || literal === '.' || literal === '..')
        const folder = absolute(cwd, path)
        // There each process finds what is its own.
        if (!isStep && (folder === '/proc' || folder.startsWith('/proc/'))) return undefined
        const names = isStep ? [literal] : (this.names(folder) ?? this.own(folder))?.filter(name => accepts(segment, name, hidden))
        if (names === undefined && this.files.kind(folder) !== 'none') return undefined
        if (names === undefined) continue
        for (const name of names) next.push(path + name)
      }
      if (next.length > MOST_NAMES) return undefined
      listed ||= literal === undefined
      if (at === segments.length - 1) return next.sort()
      paths = listed
        ? next.flatMap(path => (this.files.kind(absolute(cwd, path)) === 'file' ? [] : [`${path}/`]))
        : next.map(path => `${path}/`)
    }
    return undefined
  }

  private own(folder: string): readonly string[] | undefined {
    const names = this.madeIn(folder)
    this.isOwn ||= names !== undefined
    return names
  }

  /** Undefined where the folder is not there, or cannot be listed. */
  private names(folder: string): readonly string[] | undefined {
    if (!this.folders.has(folder)) {
      const names = this.folders.size < MOST_FOLDERS ? this.files.list(folder) : undefined
      this.folders.set(folder, names !== undefined && names.length > MOST_ENTRIES ? undefined : names)
    }
    return this.folders.get(folder)
  }

  /** Whether the command may have changed what a pattern finds, before it was looked up: in a loop, the last time. */
  mayHaveChanged(): boolean {
    const { before, findings } = this
    if (before === undefined) return false
    if (findings.unknowns.slice(0, before.unknowns).some(({ scope }) => scope !== 'read' && scope !== 'net')) return true
    // What runs the code in which the pattern stands has done nothing else yet.
    const isRunner = (index: number) => before.runners.includes(index)
    if (!findings.execs.slice(0, before.execs).every((exec, index) => isRunner(index) || leavesFolders(exec))) return true
    // What a script of the project does, nobody has read.
    if (findings.actions.slice(0, before.actions).some(({ action, by }) => action === 'project.run' && !isRunner(by))) return true
    const changes = findings.files.slice(0, before.files).filter(({ operation }) => CHANGES.has(operation))
    return changes.some(
      ({ path }) => !(typeof path === 'string' && this.found.has(path)) && this.patterns.some(pattern => mayMeet(path, pattern)),
    )
  }
}

const CHANGES: ReadonlySet<FileOperation> = new Set(['write', 'delete', 'move'])

function leavesFolders({ program, dynamic }: Exec): boolean {
  return dynamic === undefined && typeof program === 'string' && LEAVES_FOLDERS.has(program)
}

/** Whether what is written at the path may be what the pattern finds, or a folder above it. */
function mayMeet(path: Text, pattern: Text): boolean {
  const known = prefixOf(pattern)
  const folder = known.slice(0, known.lastIndexOf('/') + 1)
  if (typeof path !== 'string') return folder.startsWith(prefixOf(path)) || prefixOf(path).startsWith(folder)
  if (folder.startsWith(path === '/' ? path : `${path}/`)) return true
  if (!path.startsWith(folder)) return false
  return path === pattern || (typeof pattern !== 'string' && (couldBe(pattern, path) || pattern.parts.slice(1).some(hasSlash)))
}

function hasSlash(part: Piece['part']): boolean {
  return typeof part === 'string' ? part.includes('/') : part.hole === 'any' || part.hole === 'below'
}

function absolute(cwd: string, path: string): string {
  const whole = normalizePath(path === '' ? '.' : path, { cwd })
  if (typeof whole !== 'string') return cwd // two strings make a string
  // The process that looks is the shell, and the root of every process of the command is the one root.
  const found = /^\/proc\/(?:self|thread-self)\/(cwd|root)(?=\/|$)/.exec(whole)
  if (found === null) return whole
  const rest = whole.slice(found[0].length)
  return absolute(cwd, found[1] === 'cwd' ? cwd + rest : rest || '/')
}

interface Segment {
  /** Undefined for a pattern. */
  readonly literal: string | undefined
  readonly pattern: Pattern
  /** As written. */
  readonly text: string
}

/** What stands between slashes; undefined where not all of it is known. */
function segmentsOf(field: Pieces): readonly Segment[] | undefined {
  const segments: Piece[][] = [[]]
  for (const { how, part } of field) {
    if (typeof part !== 'string') return undefined
    part.split('/').forEach((text, at) => {
      if (at > 0) segments.push([])
      segments[segments.length - 1]?.push({ how, part: text })
    })
  }
  const read = segments.map(segmentOf)
  return read.every((segment): segment is Segment => segment !== undefined) ? read : undefined
}

function segmentOf(pieces: Pieces): Segment | undefined {
  const text = pieces.map(({ part }) => (typeof part === 'string' ? part : '')).join('')
  const pattern = compilePattern(pieces)
  // Bytes that are no characters have names of their own.
  if (pattern === undefined || /\[[.=]|[^\0-\x7f]/.test(text)) return undefined
  const characters = pattern.flatMap(token => (typeof token === 'string' && token !== 'star' && token !== 'one' ? [token] : []))
  return { literal: characters.length === pattern.length ? characters.join('') : undefined, pattern, text }
}

/** A name that begins with a dot is found only by a pattern that does. Letter case of a name that is written out may not matter to the disk. */
function accepts({ literal, pattern }: Segment, name: string, hidden: boolean): boolean {
  if (literal !== undefined) return name.toLowerCase() === literal.toLowerCase()
  if (name.startsWith('.') && pattern[0] !== '.' && !hidden) return false
  return matches(pattern, name) !== false
}

/** Programs that change nothing in folders but what is told of them. */
const LEAVES_FOLDERS: ReadonlySet<string> = new Set(
  (
    '. : [ alias awk base32 base64 basename bash bat break builtin bzcat cat cd chmod cksum cmp column comm command continue cp cut dash date declare df diff dirname ' +
    'du echo egrep env eval exec exit export false fgrep file find fold gawk getopts grep gzip hash head hexdump id install jobs join jq less let ln local ls mapfile ' +
    'md5sum mkdir more mv nice nl nohup od paste popd pr printenv printf pushd pwd read readarray readlink readonly realpath return rev rg rm rmdir sed set sh sha1sum sha256sum ' +
    'perl php python python3 ruby node lua shift shopt shred sleep sort source stat strings sudo tac tail tee test time timeout touch tr trap true truncate type typeset ulimit umask unalias uname uniq unlink unset wait ' +
    'wc which whoami xargs xxd yes zcat'
  ).split(' '),
)
