/** Whether the source of a compiled language names nothing but what computes: no files, no programs, no network. What this cannot tell is not pure. */
import type { Text } from '../analysis.js'
import type { World } from './model.js'

/** What is compiled before it runs. */
const COMPILED =
  /\.(?:c|cc|cpp|cxx|mm?|go|rs|java|kts?|scala|d|nim|zig|cr|l?hs|ml|swift|[cf]sx?|vb|dart|s|S|asm|f90|pas|adb|v|vala|wat|erl|exs?)$/

const GO =
  /^(?:bufio|bytes|cmp|container\/\w+|context|crypto\/(?:hmac|md5|rand|sha\d+)|encoding(?:\/(?:base64|binary|csv|hex|json|xml))?|errors|flag|fmt|hash(?:\/\w+)?|html|io|iter|log(?:\/slog)?|maps|math(?:\/\w+)*|net\/url|path|reflect|regexp|slices|sort|strconv|strings|sync(?:\/atomic)?|testing|time|unicode(?:\/\w+)?|github\.com\/stretchr\/testify\/(?:assert|require))$/

/** Imports stand before all else, and nothing is reached without one but the package itself. */
function isPureGo(text: string): boolean {
  if (/\/\/go:(?:generate|linkname|cgo|embed|wasm)/.test(text)) return false
  const code = text.replace(/\/\*[^]*?\*\/|\/\/.*/g, ' ')
  const head = /^\s*package\s+\w+\s*;?(?:\s*import\s*(?:\([^)]*\)|[\w.]*\s*"[^"\n]*")\s*;?)*/.exec(code)?.[0]
  if (head === undefined || /\bimport\b|`/.test(code.slice(head.length).replace(/`[^`]*`/g, ' ')) || head.includes('`')) return false
  return [...head.matchAll(/"([^"]*)"/g)].every(([, path = '']) => GO.test(path))
}

/** Modules of the standard library, and what paths may begin with besides: types, and modules of the crate itself. */
const RUST =
  /^(?:std|core|alloc|any|array|borrow|boxed|cell|char|clone|cmp|collections|convert|default|f32|f64|fmt|hash|i\d+|io|isize|iter|marker|mem|num|ops|option|rc|result|slice|str|string|sync|thread|time|u\d+|usize|vec|bool|crate|super|self|[A-Z]\w*)$/
const RUST_MACROS =
  /^(?:(?:debug_)?assert(?:_eq|_ne)?|dbg|e?print(?:ln)?|format(?:_args)?|matches|panic|thread_local|todo|unimplemented|unreachable|vec|write(?:ln)?)$/
/** Also what `use super::*` may bring. */
const RUST_STRANGE =
  /\b(?:unsafe|extern|macro_rules|Command|File|OpenOptions|DirBuilder|Path|PathBuf|Tcp\w+|Udp\w+|Unix\w+|remove_(?:file|dir)\w*)\b|#\s*!?\s*\[\s*(?:path|link|no_mangle|cfg_attr|export)|(?<![\w>])::|(?:\*\/|\n)\s*!\s*[([{]|\b(?:std|core|alloc)\b(?!\s*::\s*\w)/

function isPureRust(text: string): boolean {
  const all = (pattern: RegExp, known: RegExp) => [...text.matchAll(pattern)].every(([, name = '']) => known.test(name))
  return (
    !RUST_STRANGE.test(text) &&
    all(/(?<![\w':])(?:(?:std|core|alloc)\s*::\s*)?(\w+)\s*(?=::)/g, RUST) &&
    all(/\b(?:std|core|alloc)\s*::\s*(\w+)/g, RUST) &&
    all(/\b(?!(?:if|while|return|match|in|else|mut)\b)(\w+)\s*!(?=\s*[([{])/g, RUST_MACROS)
  )
}

/** What `java.lang` has that reaches out, and what of `java.util` opens files. */
const JAVA_STRANGE =
  /\\u|\b(?:Runtime|Process\w*|Class\w*|Module\w*|getClass|forName|newInstance|\w+ClassLoader|invoke\w*|native|Formatter|ServiceLoader|ResourceBundle)\b|\bSystem\s*\.\s*(?!(?:out|err|in|exit|nanoTime|currentTimeMillis|lineSeparator|identityHashCode|arraycopy)\b)/
const JAVA = /^java\.(?:util\.(?:(?:function|stream|concurrent|regex)\.)?|math\.|time\.)(?:[A-Z*])/

/** What else there is is named by its package, whose first name is one of these or is imported. */
function isPureJava(text: string): boolean {
  const code = text.replace(/^\s*\/\/.*/gm, '')
  // What stands between the names of a package hides it.
  if (JAVA_STRANGE.test(code) || /\/[/*]|"""/.test(code)) return false
  const imports = [...code.matchAll(/\bimport\b(?:\s+static\b)?\s*([\w.*\s]*)/g)].map(([, name = '']) => name)
  const paths = code.match(/\b(?:java|javax|jdk|sun|com|org|net|io|kotlin|scala|groovy)\s*\.(?:\s*\w+\s*\.)*\s*[\w*]/g) ?? []
  return [...imports, ...paths].every(name => JAVA.test(name.replace(/\s/g, '')))
}

/** Whether the command has written something that a compiler makes into a program, of which not all is known to be pure. @param ends what its name ends with */
export function wroteSource(world: Pick<World, 'written' | 'readText'>, ends = COMPILED): boolean {
  return world.written().some(path => ends.test(path) && !isPure(path, world))
}

/** What `build.rs` prints are orders to Cargo. */
const CHECKS: readonly (readonly [ends: RegExp, check: (text: string) => boolean])[] = [
  [/\.go$/, isPureGo],
  [/(?<!build)\.rs$/, isPureRust],
  [/\.java$/, isPureJava],
]

export function isPure(path: Text, world: Pick<World, 'readText'>): boolean {
  const name = typeof path === 'string' ? path : ''
  const [, check] = CHECKS.find(([ends]) => ends.test(name)) ?? []
  const text = check && world.readText(path)
  return typeof text === 'string' && check !== undefined && check(text)
}
