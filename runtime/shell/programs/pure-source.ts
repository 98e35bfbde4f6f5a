/** Whether the source of a compiled language names nothing but what computes: no files, no programs, no network. What this cannot tell is not pure. */
import type { Text } from '../analysis.js'
import { prefixOf } from '../text.js'
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
  /\b(?:unsafe|extern|macro_rules|Command|File|OpenOptions|DirBuilder|Path|PathBuf|Tcp\w+|Udp\w+|Unix\w+|remove_(?:file|dir)\w*)\b|#\s*!?\s*\[\s*(?:path|link|no_mangle|cfg_attr|export)|(?<![\w>])::|(?:\*\/|\n)[ \t\r\f\v]*!\s*[([{]|\b(?:std|core|alloc)\b(?!\s*::\s*\w)/

function isPureRust(text: string): boolean {
  const all = (pattern: RegExp, known: RegExp) => [...text.matchAll(pattern)].every(([, name = '']) => known.test(name))
  return (
    !RUST_STRANGE.test(text) &&
    all(/(?<![\w':])(?:(?:std|core|alloc)\s*::\s*)?(\w+)\s*(?=::(?!<))/g, RUST) &&
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
  const code = text.replace(/^[ \t]*\/\/.*/gm, '')
  // What stands between the names of a package hides it.
  if (JAVA_STRANGE.test(code) || /\/[/*]|"""/.test(code)) return false
  const imports = [...code.matchAll(/\bimport\b(?:\s+static\b)?\s*([\w.*\s]*)/g)].map(([, name = '']) => name)
  const paths = code.match(/\b(?:java|javax|jdk|sun|com|org|net|io|kotlin|scala|groovy)\s*\.(?:\s*\w+\s*\.)*\s*[\w*]/g) ?? []
  return [...imports, ...paths].every(name => JAVA.test(name.replace(/\s/g, '')))
}

/** What a header declares nobody has to use, and only these functions are called; `qsort` and the like call what they are given. */
const C_LINE =
  /^[ \t]*#[ \t]*(?:include[ \t]*<(?:assert|complex|ctype|errno|float|inttypes|limits|math|stdarg|stdbool|stddef|stdint|stdio|stdlib|string|time)\.h>|define[ \t]+[A-Z_]+[ \t]+[\d.]+)\s*$/
const C_CALLED =
  /^(?:if|for|while|switch|return|sizeof|main|v?s?n?printf|fprintf|putchar|puts|fputs|fputc|putc|getchar|fgets|sscanf|scanf|fflush|str(?:n?(?:len|cpy|cat|cmp)|r?chr|str|c?spn|pbrk|tok|to(?:u?ll?|d|f))|mem(?:cpy|move|set|cmp|chr)|malloc|calloc|realloc|free|exit|abort|assert|l?l?abs|ato(?:i|l|ll|f)|s?rand|is(?:alnum|alpha|digit|lower|print|punct|space|upper|xdigit)|to(?:lower|upper)|(?:a?(?:sin|cos|tan)h?|atan2|exp2?|log(?:2|10)?|pow|sqrt|cbrt|hypot|fabs|f?m(?:od|ax|in)|floor|ceil|l?l?round|trunc)[fl]?|clock|time|difftime)$/
/** A type in brackets is a cast. */
const C_CAST =
  /\(\s*(?:(?:const|unsigned|signed|struct|void|char|short|int|long|float|double|bool|size_t|u?int(?:8|16|32|64|ptr)_t)[\s*]+)*(?:void|char|short|int|long|float|double|bool|unsigned|size_t|u?int(?:8|16|32|64|ptr)_t)[\s*]*\)/g

/** Lines that go on, signs for other signs, what only the compiler knows, and what the headers have besides, which a pointer may lead to. */
const C_STRANGE =
  /\\\n|\?\?|%:|<:|\[\s*\[|[^\t\n -~]|\b(?:_\w+|asm|extern|typeof|auto|goto|system|\w*open|\w*env|remove|rename\w*|\w*te?mp\w*|fopencookie|realpath|posix_\w+|atexit|on_exit|at_quick_exit|qsort\w*|bsearch)\b|(?<!\bstatic )\binline\b/

const C_TEXT = /\/\*[^]*?(\*\/|$)|\/\/.*|(\w?)(?:"(?:[^"\\\n]|\\.)*("?)|'(?:[^'\\\n]|\\.)*('?))/g

/** The code outside of all braces, a sign in the place of each pair. */
function outside(code: string): string {
  let depth = 0
  return code.replace(/[{}]|[^{}]+/g, part => {
    if (part === '{') return depth++ === 0 ? '@' : ''
    if (part === '}') depth--
    return depth === 0 && part !== '}' ? part : ''
  })
}

function namesFunctionType(code: string): boolean {
  return code.split(/[;{]/).some(part => {
    const start = part.search(/\btypedef\b/)
    return start >= 0 && part.includes('(', start)
  })
}

/** Nothing is called but by a name, which is one of those or is defined here, outside of all other functions. */
function isPureC(text: Text | undefined): boolean {
  if (typeof text !== 'string') return false
  // What is not closed is matched too, lest it be looked for again from every sign behind it.
  const code = text.replace(C_TEXT, (all: string, open?: string, prefix?: string, end?: string, last?: string) =>
    all.startsWith('/') ? (open === '' ? '#' : ' ') : prefix === '' && (end ?? last) !== '' ? '0' : '#',
  )
  const lines = code.match(/^[ \t]*#.*/gm) ?? []
  const rest = code.replace(/^[ \t]*#.*/gm, ' ').replace(C_CAST, ' ')
  if (C_STRANGE.test(rest) || /\\\n|\?\?|[^\t\n -~]/.test(text) || !lines.every(line => C_LINE.test(line))) return false
  // What is named main and no function is run as it lies there.
  if (/[#"'\\@]|[)\]}]\s*\(|\bmain\b(?!\s*\()/.test(rest)) return false
  const defined = new Set([...outside(rest).matchAll(/\b(\w+)\s*\([^()]*\)\s*@/g)].map(([, name]) => name))
  return (
    !namesFunctionType(rest) &&
    [...rest.matchAll(/\b([A-Za-z_]\w*)\s*\(/g)].every(([, name = '']) => C_CALLED.test(name) || defined.has(name))
  )
}

/** Options that change nothing about what is called, and files of C: any other is linked as it is. */
const C_WORD = /^(?:-(?:O\w?|W[a-z][\w-]*|g\d?|std=[\w+]+|lm|o|pedantic)|[./]*\w[\w/-]*\.c)$/

/** Whether these words compile what they name, and nothing more. */
export function isPlainCompile([compiler = '', ...words]: readonly Text[]): boolean {
  const isPlain = (word: Text, at: number) =>
    typeof word === 'string' && (C_WORD.test(word) || (words[at - 1] === '-o' && /^[./]*\w[\w/-]*(?:\.out)?$/.test(word)))
  return /^(?:cc|gcc|clang|c99|c11)$/.test(prefixOf(compiler)) && words.every(isPlain)
}

/** Whether the command has written something that a compiler makes into a program, of which not all is known to be pure. @param ends what its name ends with @param plainC C is compiled as it stands */
export function wroteSource(world: Pick<World, 'written' | 'readText'>, ends = COMPILED, plainC = false): boolean {
  const isPlain = (path: string) => plainC && path.endsWith('.c') && isPureC(world.readText(path))
  return world.written().some(path => ends.test(path) && !isPlain(path) && !isPure(path, world))
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
