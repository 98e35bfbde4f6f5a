/** `python -m MODULE`: the modules of the standard library that do something when they are run. */
import type { Text } from '../analysis.js'
import { scan } from '../other/code.js'
import type { Effects } from '../other/effects.js'
import type { Invocation, Output, World } from './model.js'
import { type Options, readOptions } from './options.js'

/** Modules that are another program. */
const PROGRAMS = [
  'pip',
  'uv',
  'pipx',
  'poetry',
  'twine',
  'pytest',
  'conda',
  'virtualenv',
  'ansible',
  'awscli',
  'ipython',
  'IPython',
  'sqlite3',
  'dotenv',
  'coverage',
  'black',
  'build',
  'uvicorn',
  'gunicorn',
  'flask',
  'streamlit',
  'celery',
]
/** Modules that print, and read no more than files of their own. */
const QUIET = ' this site platform sysconfig calendar getpass locale help antigravity '
/** Modules that read their operands and no more. */
const READING =
  ' json.tool tokenize ast dis base64 json tabnanny quopri uu xml.sax mimetypes difflib fileinput linecache pprint pickle pickletools plistlib csv html.parser pydoc doctest webbrowser '
const WRITING = ' compileall py_compile gzip zipapp ensurepip lib2to3 '
/** Modules that run the script that is their first operand. */
const RUNNING = ' cProfile profile trace runpy bdb '

export function runPythonModule(module: Text, args: readonly Text[], call: Invocation, effects: Effects, world: World): Output {
  if (typeof module !== 'string') {
    effects.unknown('any')
    return undefined
  }
  const path = module.split('.').join('/')
  const file = [`${path}.py`, `${path}/__main__.py`].find(each => world.wrote(each))
  if (file !== undefined) return scan('python', effects.code(file) ?? '', effects, args)
  const is = (names: string) => names.includes(` ${module} `)
  if (PROGRAMS.includes(module)) return world.run([module, ...args], { via: `${call.name} -m`, transparent: true })
  else if (module === 'http.server' || module === 'SimpleHTTPServer') {
    const options = readOptions(args, 'd|directory: b|bind: p|protocol: cgi')
    for (const folder of options.values('-d')) effects.file('read', folder, true)
    effects.listen(options.operands[0] ?? '8000')
  } else if (module === 'timeit') timeit(args, effects)
  else if (module === 'venv') makeEnvironment(readOptions(args, 'prompt: clear'), world)
  else if (module === 'zipfile' || module === 'tarfile') archive(args, effects)
  else if (is(READING))
    for (const [i, file] of files(args).entries()) effects.file(i === 1 && module.startsWith('json') ? 'write' : 'read', file)
  else if (is(WRITING)) for (const file of files(args)) effects.file('write', file)
  else if (module === 'pdb') debug(args, effects)
  else if (is(' code asyncio ') && call.piped)
    call.stdin === undefined ? effects.unknown('any') : void scan('python', call.stdin, effects, [])
  else if (module === 'idlelib') for (const code of readOptions(args, 'c: r: t: h s i n d').values('-c')) scan('python', code, effects, [])
  else if (is(RUNNING)) running(module, args, call, world)
  else if (!is(QUIET)) effects.module(module)
  return undefined
}

function running(module: string, args: readonly Text[], call: Invocation, world: World): void {
  const options = readOptions(args, 'o|outfile: s: f: C|coverdir: ignore-module: ignore-dir: m -tTlcrR', 'stop')
  const asModule = module === 'runpy' || options.has('-m')
  world.run([call.name, ...(asModule ? ['-m'] : []), ...options.operands], { via: `${call.name} -m ${module}`, open: call.open })
}

function files(args: readonly Text[]): readonly Text[] {
  return readOptions(args, '').operands
}

function timeit(args: readonly Text[], effects: Effects): void {
  const options = readOptions(args, 'n|number: r|repeat: s|setup: u|unit: p|process v|verbose h|help', 'stop')
  for (const code of [...options.values('-s'), ...options.operands]) scan('python', code, effects, [])
}

/** What is no command of the debugger, or has a `!` in front, is a statement; a command of another kind may run code too. It begins with those of `.pdbrc`. */
function debug(args: readonly Text[], effects: Effects): void {
  const options = readOptions(args, 'c|command: m', 'stop')
  for (const command of options.values('-c')) {
    if (
      typeof command !== 'string' ||
      /;;|^\s*(?:alias|commands|interact|debug|source|p|pp|display|whatis|break|b|tbreak|condition)\b/.test(command)
    )
      effects.unknown('any')
    else scan('python', command.replace(/^\s*!/, ''), effects, [])
  }
  for (const file of ['.pdbrc', ...(effects.world.home === undefined ? [] : [`${effects.world.home}/.pdbrc`])]) {
    effects.file('read', file)
    if (effects.world.wrote(file)) effects.unknown('any')
  }
  effects.project(options.operands[0] ?? '')
}

/** `-e ARCHIVE FOLDER`, `-c ARCHIVE FILE…`, `-l ARCHIVE`. */
function archive(args: readonly Text[], effects: Effects): void {
  const options = readOptions(args, 'e|extract c|create l|list t|test')
  const [first, ...rest] = options.operands
  const creates = options.has('-c')
  if (first !== undefined) effects.file(creates ? 'write' : 'read', first)
  for (const file of creates ? rest : []) effects.file('read', file, true)
  if (options.has('-e')) effects.file('write', rest[0] ?? '.', true)
}

/** A whole tree in each folder; `--clear` empties it first, which is nobody's loss where nobody named it. */
export function makeEnvironment(options: Options, world: World, folders = options.operands): void {
  for (const folder of folders) {
    if (options.has('--clear') && options.operands.includes(folder)) world.file('delete', folder, true)
    for (const operation of ['write', 'read'] as const) world.file(operation, folder, true, true)
  }
}
