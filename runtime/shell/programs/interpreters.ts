/** Interpreters: where their code is (an option, a module, a file, standard input), and who reads it. */
import type { Text } from '../analysis.js'
import { isCalculation } from '../other/calculation.js'
import { isStandard, scan } from '../other/code.js'
import { Effects, modulePaths } from '../other/effects.js'
import { flatten, isUnknown } from '../other/flat.js'
import type { LanguageName } from '../other/language.js'
import { scanTcl } from '../other/tcl.js'
import { ANY, dropPrefix, join, joinWords, prefixOf, splitOnce } from '../text.js'
import { hasWritten, moduleFolders } from './environment.js'
import type { Invocation, Model, Output, World } from './model.js'
import { type Options, readOptions } from './options.js'
import { isTest } from './project.js'
import { runPythonModule } from './python-modules.js'
import { lookupIn } from './roles.js'

interface Interpreter {
  /** Undefined: its code is not understood. */
  readonly language?: LanguageName | 'tcl'
  readonly grammar: string
  /** Options whose value is code. */
  readonly code: readonly string[]
  /** Options whose value is a module or a file that is loaded first. */
  readonly loads: readonly string[]
  /** Options with which the code is run for each line of the operands: `-n`, `-p`. */
  readonly filters?: readonly string[]
  /** Words that may stand before the file, without which only what looks like a file is one. */
  readonly subcommands?: readonly string[]
  /** Options that print something and end. */
  readonly ends: readonly string[]
}

const ENDS = ['-v', '-V', '--version', '-h', '--help']

const PYTHON_OPTIONS: Interpreter = {
  language: 'python',
  grammar: 'c: m: W: X: V|version h|help -bBdEiIOqPRsStuvx check-hash-based-pycs:',
  code: ['-c'],
  loads: [],
  ends: ['-V', '-h'],
}

const NODE: Interpreter = {
  language: 'javascript',
  grammar:
    'e|eval: p|print: r|require: import: loader: experimental-loader: c|check v|version h|help i|interactive input-type: C|conditions: env-file: env-file-if-exists: run: ' +
    'max-old-space-size: inspect? inspect-brk? test watch no-warnings trace-warnings trace-deprecation enable-source-maps experimental-strip-types ' +
    'expose-gc unhandled-rejections: stack-size: test-reporter: test-name-pattern:',
  code: ['-e', '-p'],
  loads: ['-r', '--import', '--loader', '--experimental-loader'],
  ends: ['-v', '-h'],
}

const BUN: Interpreter = {
  language: 'javascript',
  grammar:
    'e|eval: p|print: r|preload: i: c|config: cwd: env-file: v|version h|help b|bun watch hot smol inspect? define: loader: d: silent if-present',
  code: ['-e', '-p'],
  loads: ['-r'],
  subcommands: ['run', 'test'],
  ends: ['-v', '-h'],
}

const DENO: Interpreter = {
  language: 'javascript',
  grammar: 'e|eval: -pAqr config: c: import-map: lock: ext: T: L|log-level: seed: location: cert: reload? preload: watch? v|version h|help',
  code: ['-e'],
  loads: ['--preload'],
  subcommands: ['run', 'test', 'bench', 'serve', 'watch', 'compile', 'check', 'bundle'],
  ends: ['-h', '--help', '--version'],
}

const INTERPRETERS_BY_NAME: Readonly<Record<string, Interpreter>> = {
  python: PYTHON_OPTIONS,
  node: NODE,
  bun: BUN,
  deno: DENO,
  perl: {
    language: 'perl',
    grammar: 'e: E: i? M: m: I: F? C? D? x? V? d? h v -0acflnpsStTuUwWX',
    code: ['-e', '-E'],
    loads: [],
    filters: ['-n', '-p', '-a'],
    ends: ENDS,
  },
  ruby: {
    language: 'ruby',
    grammar: 'e: r: I: i? F: C: x? E|encoding: K? T? W? version help v h disable? enable? -0aclnpsSwUy',
    code: ['-e'],
    loads: ['-r'],
    filters: ['-n', '-p'],
    ends: ['--version', '-h', '--help'],
  },
  php: {
    language: 'php',
    grammar:
      'r|run: B|process-begin: R|process-code: E|process-end: F|process-file: f|file: d: c: z: S|server: t: v|version i|info m|modules h|help ini -nlsaqw',
    code: ['-r', '-B', '-R', '-E'],
    loads: ['-F', '-f', '-z'],
    ends: ['-v', '-i', '-m', '-h', '--ini'],
  },
  lua: { language: 'lua', grammar: 'e: l: v -iEW', code: ['-e'], loads: ['-l'], ends: [] },
  tclsh: { language: 'tcl', grammar: 'encoding:', code: [], loads: [], ends: [] },
  expect: { language: 'tcl', grammar: 'c: f: D: -bdinNv', code: ['-c'], loads: ['-f'], ends: ['-v'] },
  rscript: {
    grammar: 'e: version help verbose vanilla no-save no-restore default-packages:',
    code: ['-e'],
    loads: [],
    ends: ['--version', '--help'],
  },
  julia: {
    grammar: 'e|eval: E|print: L|load: p|procs: t|threads: project? v|version h|help J: -iqO',
    code: ['-e', '-E'],
    loads: ['-L'],
    ends: ['-v', '-h'],
  },
  osascript: { grammar: 'e: l: s: -i', code: ['-e'], loads: [], ends: [] },
  ghci: { grammar: 'e: X: version help', code: ['-e'], loads: [], ends: ['--version', '--help'] },
  groovy: { grammar: 'e: v|version h|help cp: l? -np', code: ['-e'], loads: [], ends: ['-v', '-h'] },
  elixir: { grammar: 'e|eval: r: v|version h|help S:', code: ['-e'], loads: ['-r'], ends: ['-v', '-h'] },
}

/** Environment variables that make an interpreter load more code. */
const LOADING_VARIABLES = ['PERL5OPT', 'PERL5DB', 'RUBYOPT', 'LUA_INIT', 'PYTHONINSPECT']

function interpreter(spec: Interpreter): Model {
  return (call, world) => {
    const effects = new Effects(world, call.name, call.stdin, call.environment.values())
    for (const name of LOADING_VARIABLES) if (call.environment.has(name)) effects.unknown('any')
    const args = prepare(call.args, spec)
    const cut = spec === PYTHON_OPTIONS ? endOfPython(args) : args.length
    const options = readOptions(args.slice(0, cut), spec.grammar, 'stop')
    const operands = [...options.operands, ...args.slice(cut)]
    world.describe(options.flags, operands)
    for (const file of environmentFiles(options)) world.file('run', file)
    const run = new Run(spec, call, world, effects, options, operands)
    run.modules()
    return run.run()
  }
}

/** Spellings that are not options as the guidelines have them: `-0777`, `-l012`, node's `-pe`. */
function prepare(args: readonly Text[], spec: Interpreter): readonly Text[] {
  if (spec === NODE) return args.map(word => (word === '-pe' || word === '-ep' ? '-p' : word))
  if (spec === DENO && args[0] === 'eval') {
    const { end } = readOptions(args.slice(1), spec.grammar, 'stop')
    return [...args.slice(1, end + 1), '-e', ...args.slice(end + 1)]
  }
  if (spec === DENO && args[0] === 'repl') return args.slice(1)
  if (spec.filters === undefined) return args
  return args.map(word => (typeof word === 'string' ? word.replace(/^(-[acnpswl0]*[0l])(x[0-9a-fA-F]+|[0-7]+)/, '$1') : word))
}

/** After `-c CODE` and `-m MODULE` Python reads no more options. */
function endOfPython(args: readonly Text[]): number {
  for (let i = 0; i < args.length; i++) {
    const word = prefixOf(args[i] ?? '')
    if (!word.startsWith('-') || word === '-') return args.length
    const end = word.startsWith('--') ? -1 : [...word].findIndex((letter, at) => at > 0 && 'cmWX'.includes(letter))
    if (end === -1) continue
    const separate = end === word.length - 1 && typeof args[i] === 'string'
    if ('cm'.includes(word.charAt(end))) return i + (separate ? 2 : 1)
    if (separate) i++
  }
  return args.length
}

function environmentFiles(options: Options): readonly Text[] {
  return [...options.values('--env-file'), ...options.values('--env-file-if-exists')]
}

function isNpmPackage(word: Text): boolean {
  return prefixOf(word).startsWith('npm:')
}

/** All of it, and not one variable. */
function showsEnvironment(code: Text): boolean {
  return (
    typeof code === 'string' &&
    /process\.env(?!\w|\s*[.[?])|\bos\.environ(?!\s*[.[])|\bdotenv_values\(|\bp(?:uts|p)?\s+ENV\b(?!\s*\[)|\bENV\.(?:to_h|inspect|each)\b/.test(
      code,
    )
  )
}

class Run {
  constructor(
    private readonly spec: Interpreter,
    private readonly call: Invocation,
    private readonly world: World,
    private readonly effects: Effects,
    private readonly options: Options,
    private readonly operands: readonly Text[],
  ) {}

  /** Where a folder of modules is named, the command may have put a module there; some are loaded from where they lie. */
  modules(): void {
    const { call, options, spec, world, effects } = this
    const folders = [...options.values('-I'), ...moduleFolders(call)]
    if (folders.some(folder => hasWritten(folder, world))) effects.unknown('any')
    if (spec !== PYTHON_OPTIONS) return
    if (world.written().some(path => LOADED.test(path))) effects.unknown('any')
    // A module of the standard library in the folder where modules are looked for first.
    for (const path of world.written()) {
      const [, folder, name = ''] = /^(.*)\/(\w+)(?:\/__init__)?\.py$/.exec(path) ?? []
      if (folder === world.cwd && isStandard(name)) this.file(path, [])
    }
  }

  run(): Output {
    const { spec, options, operands } = this
    if (options.has('-S') && spec.language === 'php') {
      this.effects.listen(options.value('-S'))
      for (const folder of options.values('-t')) this.effects.file('read', folder, true)
    }
    for (const script of spec === NODE ? options.values('--run') : []) this.world.run(['npm', 'run', script], { via: 'node --run' })
    for (const setting of spec.language === 'php' ? options.values('-d') : [])
      for (const file of /^auto_(?:prep|app)end_file/i.test(prefixOf(setting)) ? (splitOnce(setting, '=') ?? []).slice(1) : [])
        this.load(file)
    for (const option of spec.loads) for (const file of options.values(option)) this.load(file)
    for (const option of ['-M', '-m'])
      for (const module of options.values(option)) if (spec.language === 'perl') this.code([join2('use ', module)], [])
    const modules = options.values('-m')
    const [module] = modules
    if (spec.language === 'python' && module !== undefined) return runPythonModule(module, operands, this.call, this.effects, this.world)
    const codes = spec.code.flatMap(option => options.values(option))
    if (codes.some(showsEnvironment)) this.environmentFiles(codes)
    if (codes.length > 0 && spec === PYTHON_OPTIONS && options.has('-i')) this.input([])
    if (codes.length > 0) return this.coded(codes, operands)
    if (spec.ends.some(option => options.has(option))) return undefined
    const [name, ...words] = spec === DENO ? operands.slice(Math.max(0, operands.findIndex(isNpmPackage))) : []
    if (name !== undefined && isNpmPackage(name))
      return this.world.run(['npx', dropPrefix(name, 4), ...words], { via: 'deno run', open: this.call.open })
    const [file, ...rest] = this.fileAndArguments()
    if (file === undefined && options.has('--test')) for (const test of this.world.written().filter(isTest)) this.file(test, [])
    if (file === undefined && operands.length > 0) return undefined
    if (file === undefined || file === '-' || file === '/dev/stdin') return this.input(rest)
    if (this.call.open && isUnknown(file)) this.effects.unknown('any')
    else this.file(file, rest)
    return undefined
  }

  /** The files whose settings are shown. */
  private environmentFiles(codes: readonly Text[]): void {
    const loads = [...codes, ...this.options.values('-r')].some(each => prefixOf(each).includes('dotenv'))
    for (const file of [...environmentFiles(this.options), ...(loads ? ['.env'] : [])]) this.world.file('read', file)
  }

  private fileAndArguments(): readonly Text[] {
    const { subcommands } = this.spec
    const [first = ''] = this.operands
    if (subcommands === undefined) return this.operands
    if (typeof first === 'string' && subcommands.includes(first))
      return this.looksLikeFile(readOptions(this.operands.slice(1), this.spec.grammar, 'stop').operands)
    return this.looksLikeFile(this.operands)
  }

  private looksLikeFile(operands: readonly Text[]): readonly Text[] {
    return /^-$|[./]/.test(prefixOf(operands[0] ?? '')) || typeof operands[0] === 'object' ? operands : []
  }

  private coded(codes: readonly Text[], operands: readonly Text[]): Output {
    const [name = ''] = codes
    // `ruby -run -e rm -- -rf x`: the library `un` has the tools of the system.
    if (this.spec.language === 'ruby' && this.options.values('-r').includes('un') && /^[a-z]+$/.test(flatten(name)))
      return this.world.run([name, ...operands.filter(word => word !== '--')], { via: 'ruby -run', open: this.call.open })
    const filters = this.spec.filters?.some(option => this.options.has(option)) === true
    if (filters || this.reads(codes)) for (const operand of operands) this.operand(operand)
    if (filters && this.call.open) this.effects.unknown('read')
    if (this.options.has('-i') && this.call.open) this.effects.file('write', ANY)
    return this.code(codes, operands)
  }

  /** The code reads the files that are named after it: `<>`, `ARGF`. */
  private reads(codes: readonly Text[]): boolean {
    return this.spec.filters !== undefined && codes.some(code => /<(ARGV|STDIN)?>|ARGF|\$<|gets/.test(flatten(code)))
  }

  private operand(operand: Text): void {
    if (this.spec.language === 'perl' && /^\s*[|>]|\|\s*$/.test(flatten(operand))) this.effects.shell(operand)
    this.effects.file('read', operand)
    if (!this.options.has('-i')) return
    this.effects.file('write', operand)
    // `-i.bak` keeps a copy; with a star the suffix is a pattern.
    for (const suffix of this.options.values('-i'))
      if (suffix !== '') this.effects.file('write', prefixOf(suffix).includes('*') ? ANY : join(operand, suffix))
  }

  private code(codes: readonly Text[], args: readonly Text[]): Output {
    const { language } = this.spec
    const code = codes.length === 1 ? (codes[0] ?? '') : joinWords(codes.flatMap(each => [each, '\n']))
    if (language === 'tcl') scanTcl(code, this.effects)
    else if (language !== undefined) return this.printing(scan(language, code, this.effects, args))
    else if (code !== '' && !isNotice(this.call, code) && !this.computes(codes)) this.effects.unknown('any')
    return undefined
  }

  /** Nothing else is given or was written that it may load before. */
  private computes(codes: readonly Text[]): boolean {
    const { call, world } = this
    const isPlain = call.args.every((arg, at) => (at % 2 === 0 ? arg === '-e' || arg === '-E' : typeof arg === 'string'))
    const isAlone =
      isPlain &&
      !call.open &&
      world.acted('git.clone').length === 0 &&
      call.args.length === 2 * codes.length &&
      !world.hasWritten &&
      call.environment.size === 0
    return isAlone && codes.every(code => typeof code === 'string' && isCalculation(call.name, code))
  }

  /** Few machines have Python 2: it prints what it should, or nothing. */
  private printing(output: Output): Output {
    return this.call.name === 'python2' ? undefined : output
  }

  private load(module: Text): void {
    if (prefixOf(module) === '') this.effects.unknown('any')
    else if (prefixOf(module).startsWith('data:')) this.data(module)
    else if (this.spec.language === 'ruby') this.code([join2('require ', `'${flatten(module)}'`)], [])
    else if (this.spec.language !== 'javascript' || !prefixOf(module).startsWith('node:')) this.file(module, [])
  }

  /** `--import data:text/javascript,…` (RFC 2397): the code itself. */
  private data(module: Text): void {
    const [type, code] = splitOnce(module, ',') ?? ['', ANY]
    if (typeof code !== 'string' || type.endsWith('base64')) return this.effects.unknown('any')
    this.code([code.replace(/(?:%[0-9a-f]{2})+/gi, unescape)], [])
  }

  private input(args: readonly Text[]): Output {
    const text = this.call.stdin ?? (this.call.piped ? this.effects.world.readText('/dev/stdin') : undefined)
    this.effects.readsCode()
    if (text !== undefined) return this.code([text], args)
    if (this.call.piped) this.effects.unknown('any')
    return undefined
  }

  private file(file: Text, args: readonly Text[]): void {
    if (/^https?:\/\//i.test(prefixOf(file))) {
      this.world.act('web.fetch', { url: file, program: this.call.name })
      return this.effects.unknown('any')
    }
    const isModule = typeof file === 'string' && this.spec.language === 'javascript'
    const paths = isModule ? [file, ...modulePaths(file.includes('/') ? file : `./${file}`, '.js')] : []
    const text = this.effects.code(paths.find(path => this.world.wrote(path)) ?? file)
    if (text !== undefined) this.code([this.spec.language === 'php' ? phpCode(text) : text], args)
  }
}

/** What Python loads before anything else (the documentation of `site`), and packages as they were installed. */
const LOADED = /\.pth$|\/(?:site|user)customize\.py$|\/site-packages\//

const NOTICE =
  /^\s*(?:display (?:dialog|notification|alert)|id of app|say|beep|delay|set volume|tell app(?:lication)? "[^"]*" to (?:activate|quit))\b/i

/** What runs something or is another statement; `«event sysoexec»` is a command by its code. */
const MORE = /\b(?:shell|run|load|read|store|script)\b|[\u00ab\u00bb]|[\r\n]\s*\S/i

/** AppleScript that only tells something: `display notification "done"`. */
function isNotice({ name, args }: Invocation, code: Text): boolean {
  const isAppleScript = name === 'osascript' && args.every(arg => typeof arg === 'string' && !arg.startsWith('-l'))
  return isAppleScript && typeof code === 'string' && NOTICE.test(code) && !MORE.test(code)
}

function join2(before: string, text: Text): Text {
  return typeof text === 'string' ? before + text : text
}

/** What stands between `<?php` and `?>`. */
function phpCode(text: Text): Text {
  if (typeof text !== 'string') return text
  const pieces = text.split('<?').slice(1)
  return pieces.map(piece => piece.split('?>', 1)[0]?.replace(/^(php\b|=)/, '') ?? '').join(';\n')
}

/** `-ex 'python …'`; its other commands have a model of their own. */
const gdb: Model = (call, world) => {
  const effects = new Effects(world, call.name)
  for (const word of call.args) {
    const command = /^(python|py|pi) /.exec(prefixOf(word))
    if (command !== null) scan('python', dropPrefix(word, command[0].length), effects, [])
  }
  return undefined
}

function table(): Readonly<Record<string, Model>> {
  const models: Record<string, Model> = { gdb }
  for (const [name, spec] of Object.entries(INTERPRETERS_BY_NAME)) models[name] = interpreter(spec)
  return models
}

const byName = table()
const ALIASES: Readonly<Record<string, string>> = {
  pypy: 'python',
  nodejs: 'node',
  luajit: 'lua',
  Rscript: 'rscript',
  wish: 'tclsh',
  runghc: 'ghci',
  ipython: 'python',
  irb: 'ruby',
  pry: 'ruby',
  tsx: 'node',
  'ts-node': 'node',
  'babel-node': 'node',
  'swc-node': 'node',
  'sucrase-node': 'node',
  esno: 'node',
  jiti: 'node',
  'vite-node': 'node',
}

for (const [alias, name] of Object.entries(ALIASES)) {
  const model = byName[name]
  if (model !== undefined) Object.assign(byName, { [alias]: model })
}

export const INTERPRETERS = lookupIn(byName)
