/** Running a program: what is reported of it, what its model says, and files that the command itself made into programs. */
import type { Text } from '../analysis.js'
import type { Invocation, Output } from '../programs/model.js'
import { runEnvironment } from '../programs/environment.js'
import { modelOf } from '../programs/programs.js'
import { isPlainCompile, wroteSource } from '../programs/pure-source.js'
import { readArguments } from '../programs/unlisted.js'
import { isToolCode, mayBeCode } from '../noted-holes.js'
import { ANY, dropPrefix, join, partsOf, prefixOf } from '../text.js'
import type { Draft } from './findings.js'
import { Caller } from './caller.js'
import { type Site, report, baseName } from './report.js'
import { type Result, UNKNOWN } from './result.js'
import { runStarted } from './started.js'
import type { Shell } from './shell.js'
import { type Variable, type Words, isArray, bounded, scalarOf } from './state.js'

/** A program of which the name is known. */
export function runProgram(shell: Shell, program: Text, words: Words, site: Site): Result {
  // `/proc/self/exe`, `/proc/$$/exe`: the shell that reads this, as a rule.
  const base = baseName(program)
  const name = base === 'exe' && prefixOf(program).startsWith('/proc/') ? 'bash' : base
  if (typeof name !== 'string') return runUnknownProgram(shell, program, words, site)
  const index = report(shell, program, name, words, site)
  const call = invocation(shell, name, words, site)
  const caller = new Caller(shell, index, call, site)
  if (program !== name) caller.file('run', program)
  const file = runFile(shell, caller, program, words, site)
  if (call.environment.size > 0) runEnvironment(call, caller)
  const started = (isRunner: boolean) =>
    runStarted(shell, call, isRunner, caller, path => void runAt(shell, caller, path, { texts: [path], open: true }))
  const model = modelOf(name)
  if (model === undefined) {
    readArguments(call, caller)
    started(program !== name)
    if (file === undefined) runOperands(shell, words, site, program !== name)
    return file ?? UNKNOWN
  }
  const output = model(call, caller)
  started(shell.findings.actions.some(({ action, by }) => by === index && action === 'project.run'))
  if (FILTERS.has(name)) keepInput(shell, call, shell.findings.execs[index])
  if (COPIERS.has(name)) trackCopies(shell, name, shell.findings.execs[index])
  return { output: file === undefined ? output : undefined, status: undefined }
}

/** What goes through `tee`, `sponge` and `dd` is in their files. */
function keepInput(shell: Shell, { name, stdin, args }: Invocation, draft: Draft | undefined): void {
  if (name !== 'dd') return draft?.operands.forEach(path => shell.store(path, stdin, draft.flags.includes('-a')))
  const isWhole = args.every(word => /^(?:of|bs|status)=/.test(prefixOf(word)))
  for (const word of args) if (/^of=/.test(prefixOf(word))) shell.store(dropPrefix(word, 3), isWhole ? stdin : undefined, false)
}

/** What they write is what they read. */
export const FILTERS: ReadonlySet<Text> = new Set<Text>(['tee', 'sponge', 'dd'])

export const COPIERS: ReadonlySet<Text> = new Set<Text>(['cp', 'mv', 'ln', 'install', 'link'])

/** `cp /bin/rm z`: `z` is that program now, or a file of that name in it. */
function trackCopies(shell: Shell, name: string, draft: Draft | undefined): void {
  const operands = draft?.operands ?? []
  const target = operands[operands.length - 1]
  if (target === undefined || shell.frame.elsewhere) return
  shell.findings.isCopied = true
  for (const source of operands.length === 1 ? operands : operands.slice(0, -1))
    for (const from of shell.absolute(source))
      for (const to of [
        ...shell.absolute(operands.length === 1 ? baseName(target) : target),
        ...shell.absolute(join(target, '/', baseName(source))),
      ])
        if (typeof to === 'string') {
          if (from === '/dev/stdin') shell.store(to, shell.frame.stdin, false)
          else shell.written.copy(from, to)
          if (name === 'ln' || name === 'link') shell.written.link(from, to)
        } else if (name === 'ln' || name === 'link') shell.findings.leads()
}

/** A program whose name is not known may be any program, with any code. */
export function runUnknownProgram(shell: Shell, program: Text, words: Words, site: Site): Result {
  const draft = shell.findings.execs[report(shell, program, baseName(program), words, site)]
  // No program is called `4711`; words behind the code of a tool go on with its last line.
  if (isToolCode(program) ? words.texts.length === 1 && !words.open : !mayBeCode(program) && partsOf(program).length === 1) return UNKNOWN
  if (draft !== undefined) draft.dynamic = 'the program is not known'
  shell.unknown('any', 'a program that is not known', site.node)
  return UNKNOWN
}

function invocation(shell: Shell, name: string, words: Words, site: Site): Invocation {
  const { piped } = shell.frame
  const { inputLost } = shell.state
  const stdin = inputLost && !piped ? undefined : shell.frame.stdin
  const { open, more } = words
  return { name, args: words.texts.slice(1), open, more, stdin, piped: piped || inputLost, environment: environmentOf(shell, site) }
}

/** Assignments in front, and variables that were exported in the command. */
function environmentOf(shell: Shell, site: Site): ReadonlyMap<string, Text> {
  const environment = new Map<string, Text>()
  for (const [name, variable] of shell.state.entries())
    if (variable.flags.includes('x') && name !== 'HOME' && name !== 'USER') environment.set(name, exportedText(variable))
  for (const [name, value] of site.assignments) environment.set(name, value)
  return environment
}

/** What a program finds in the variable. Every program is asked about all of them, and few have changed since the one before. */
function exportedText(variable: Variable): Text {
  const known = exportedTexts.get(variable)
  if (known !== undefined) return known
  const texts = variable.values.map(value => (isArray(value) ? ANY : (scalarOf(value) ?? '')))
  const text = bounded(texts, 1)[0] ?? ''
  exportedTexts.set(variable, text)
  return text
}

const exportedTexts = new WeakMap<Variable, Text>()

/** The program is a file that the command wrote or copied, or a script that can be read. */
function runFile(shell: Shell, caller: Caller, program: Text, words: Words, site: Site): Result | undefined {
  const paths = typeof program === 'string' && !program.includes('/') ? hijacked(shell, program, site) : shell.absolute(program)
  if (shell.frame.elsewhere) return undefined
  let result: Result | undefined
  for (const path of paths) {
    if (typeof path !== 'string') {
      if (shell.wrote(path)) caller.unknown('any', 'a file that the command itself wrote')
      continue
    }
    if (program === baseName(program)) caller.file('run', path)
    const isPlain = isBuilt(program) && isPlainlyBuilt(shell)
    const found = isPlain && isCompiled(shell, path) ? undefined : runAt(shell, caller, path, words)
    if (found === undefined && isBuilt(program) && wroteSource(caller, undefined, isPlain))
      caller.unknown('any', 'a file that the command itself wrote')
    result = found ?? result
  }
  return result
}

/** What the file is known to be: copies of other files, texts. */
function runAt(shell: Shell, caller: Caller, path: string, words: Words): Result | undefined {
  let result: Result | undefined
  for (const original of shell.written.originalsOf(path)) result = runOriginal(shell, caller, original, words)
  for (const text of shell.written.read(path) ?? scriptOf(shell, path)) result = caller.runText(text, path, words)
  return result
}

/** A program by its path, which a compiler may have made. */
function isBuilt(program: Text): boolean {
  const base = baseName(program)
  return program !== base && typeof base === 'string' && /^[^.]+(?:\.(?:out|exe))?$/.test(base) && modelOf(base) === undefined
}

/** Nothing but a compiler has had to do with what was written, and it was told no more than the files. */
function isPlainlyBuilt({ findings }: Shell): boolean {
  const isPlain = ({ program, programPath, argv, via, open, assignments, dynamic }: Draft) =>
    isPlainCompile(argv) || QUIET.has(program) || (programPath !== undefined && isBuilt(programPath))
      ? dynamic === undefined && !open && via.length + assignments.length === 0
      : false
  return findings.execs.every(isPlain)
}

function isCompiled({ findings }: Shell, path: string): boolean {
  const makers = findings.files.filter(file => file.operation === 'write' && file.path === path)
  return makers.length > 0 && makers.every(({ by }) => isPlainCompile(findings.execs[by]?.argv ?? []))
}

const QUIET: ReadonlySet<Text> = new Set<Text>(['cat', 'echo', 'printf', 'cd', 'mkdir', 'ls', 'set', 'tee', 'true', 'time', 'head', 'tail'])

/** Where programs are looked for without being told: by npm, by whoever has installed something for himself. */
const OF_PROGRAMS = /\/(?:node_modules\/\.bin|\.local\/bin|go\/bin|\.cargo\/bin)\/[^/]+$/

/** A name without a folder is looked for in folders that the command put in front, where it may have put a file. */
function hijacked(shell: Shell, name: string, site: Site): readonly string[] {
  if (shell.written.isEmpty) return []
  const found = shell.written.named(name)
  const isLooked = shell.state.has('PATH') || site.assignments.some(([variable]) => variable === 'PATH')
  return isLooked ? found : found.filter(path => OF_PROGRAMS.test(path))
}

function scriptOf(shell: Shell, path: string): readonly Output[] {
  const text = shell.input.files?.readText(path)
  // What is no program to the system is a script to the shell.
  return text === undefined || text.startsWith('\u007fELF') || text.includes('\0') ? [] : [text]
}

/** A copy of a script has its text, a copy of a program runs as that program. */
function runOriginal(shell: Shell, caller: Caller, original: Text, words: Words): Result {
  if (typeof original !== 'string') {
    caller.unknown('any', 'a copy of a file that is not known')
    return UNKNOWN
  }
  const texts = shell.written.read(original)
  if (texts === undefined) return caller.again(original, words)
  return texts.map(text => caller.runText(text, original, words))[0] ?? UNKNOWN
}

/** Names of programs that a policy is likely to name: where one stands in the words of a program that is not known, it may be run. */
const DANGEROUS = new Set(
  'rm rmdir unlink shred dd mkfs git curl wget nc ncat ssh scp rsync kill pkill killall chmod chown mv sh bash zsh sudo eval python python3 node perl ruby php cat'.split(
    ' ',
  ),
)

/** Programs with a subcommand or an operand of such a name, which run none of them. */
const NO_WRAPPERS = new Set(
  'docker podman nerdctl kubectl helm aws gcloud az npm pnpm yarn bun cargo brew apt apt-get dnf yum pacman apk pip pip3 pipx man help which type whereis apropos tldr gh glab vim-cmd mise asdf go s3cmd rclone mc gsutil lxc virsh systemctl service virtualbox vagrant multipass terraform svn hg bzr fossil jj conda poetry uv'.split(
    ' ',
  ),
)

/** They can be cut short. */
const RM_OPTIONS = ['force', 'recursive', 'dir', 'verbose', 'interactive', 'no-preserve-root', 'preserve-root', 'one-file-system']

/** `tool parts rm --name x`: no option of `rm`, so that it is a word of the tool. */
function isForeign(name: string, next: Text | undefined): boolean {
  const option = typeof next === 'string' ? /^--([^=]+)/.exec(next)?.[1] : undefined
  return name === 'rm' && option !== undefined && !RM_OPTIONS.some(each => each.startsWith(option))
}

function runOperands(shell: Shell, words: Words, site: Site, isPath: boolean): void {
  const [program = ''] = words.texts
  if (typeof program === 'string' && NO_WRAPPERS.has(program) && !isPath) return
  for (let at = 1; at < words.texts.length - 1; at++) {
    const word = words.texts[at]
    const before = words.texts[at - 1]
    if (typeof word !== 'string' || (at > 1 && typeof before === 'string' && before.startsWith('-') && before !== '--')) continue
    const name = baseName(word)
    if (typeof name !== 'string' || !DANGEROUS.has(name) || isForeign(name, words.texts[at + 1])) continue
    const via = [...shell.frame.via, typeof program === 'string' ? program : 'a program']
    shell.apart(() => shell.within({ via }, () => runProgram(shell, word, { texts: words.texts.slice(at), open: words.open }, site)))
    return
  }
}
