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
  /\b(?:unsafe|extern|macro_rules|Command|File|OpenOptions|DirBuilder|Path|PathBuf|Tcp\w+|Udp\w+|Unix\w+|remove_(?:file|dir)\w*)\b|#\s*!?\s*\[\s*(?:path|link|no_mangle|cfg_attr|export)|(?<![\w>])::|\b(?:std|core|alloc)\b(?!\s*::\s*\w)/

function isPureRust(text: string): boolean {
  const all = (pattern: RegExp, known: RegExp) => [...text.matchAll(pattern)].every(([, name = '']) => known.test(name))
  return (
    !RUST_STRANGE.test(text) &&
    all(/(?<![\w':])(?:(?:std|core|alloc)\s*::\s*)?(\w+)\s*(?=::)/g, RUST) &&
    all(/\b(?:std|core|alloc)\s*::\s*(\w+)/g, RUST) &&
    all(/\b(?!(?:if|while|return|match|in|else|mut)\b)(\w+)\s*!(?=\s*[([{])/g, RUST_MACROS)
  )
}

/** Whether the command has written something that a compiler makes into a program, of which not all is known to be pure. @param ends what its name ends with */
export function wroteSource(world: Pick<World, 'written' | 'readText'>, ends = COMPILED): boolean {
  return world.written().some(path => ends.test(path) && !isPure(path, world))
}

export function isPure(path: Text, world: Pick<World, 'readText'>): boolean {
  const name = typeof path === 'string' ? path : ''
  // What `build.rs` prints are orders to Cargo.
  const check = name.endsWith('build.rs') ? undefined : name.endsWith('.go') ? isPureGo : name.endsWith('.rs') ? isPureRust : undefined
  const text = check && world.readText(path)
  return typeof text === 'string' && check !== undefined && check(text)
}
