/** What code computes of its texts, against what the languages themselves make of it: the same, or not known. */
import fc from 'fast-check'
import { spawnSync } from 'node:child_process'
import { posix } from 'node:path'
import vm from 'node:vm'
import { describe, expect, it } from 'vitest'
import { partsOf } from '../../../../runtime/shell/text.js'
import { analyseIn } from '../evaluate/show-analysis.js'

const TEXTS = [
  '.env',
  'x.env',
  'a/b',
  '',
  '.',
  '/',
  'ENV',
  'xxenv',
  '2e656e76',
  'LmVudg==',
  '%2eenv',
  '%s.%s',
  '{}.{}',
  '{0}x{1}',
  '%c',
  '%d',
  'é',
]
const MORE = ['a b', ' .env ', '..', '\\0', '0', '7', '..//a', '/etc/x', '~', '%5s', '%-5s|', '%x', 'a,b', 'z']
const NUMBERS = ['0', '1', '2', '46', '101', '110', '118', '47']

interface Tongue {
  /** Expressions; `T` stands for a text, `N` for a number, `L` for a list of texts. */
  readonly forms: readonly string[]
  /** Those of paths, of which nothing more is made: they may differ in dots and slashes. */
  readonly paths: readonly string[]
  readonly call: (expression: string) => string
  /** Values, undefined where the expression has none that is a text. */
  readonly run: (expressions: readonly string[]) => readonly (string | undefined)[]
  readonly escape?: RegExp
}

const JAVASCRIPT: Tongue = {
  forms:
    `T+T (T+T) N+N N+T T.trim() T.trimStart() T.toString() T.toLowerCase() T.toUpperCase() T.replace(T,T) T.replaceAll(T,T) T.concat(T,T) T.replace(/x/,T)
    decodeURIComponent(T) decodeURI(T) unescape(T) atob(T) L.join(T) L.join() T.split(T).join(T) T.split().join(T) T.split("").reverse().join("") L.reverse().join(T)
    T.split(T)[N] T.split(T,N)[0] String.fromCharCode(N,N) String.fromCharCode(65536+N) Buffer.from(T,"hex").toString() Buffer.from(T,"base64").toString()
    Buffer.from(T).toString("hex") Buffer.from([N,N]).toString() T[N] L[N] T.slice(N) T.at(N) L.concat(L).join("") L.toString() [...L,T].join(T) [...L,T][N] (T,T)
    (T,T)[0] T||T (x=>x)(T) String(T) T.repeat(N) [N,N].map(c=>String.fromCharCode(c)).join("")`.split(/\s+/),
  paths: ['path.join(T,T)', 'path.join(T,T,T)', 'path.resolve("/",T,T)', 'path.normalize(T)'],
  call: expression => `node -e '${`const path = require("path"); require("fs").rmSync(${expression})`.replaceAll("'", "'\\''")}'`,
  run: expressions => {
    const context = vm.createContext({ path: posix, Buffer, atob, decodeURIComponent, decodeURI, unescape })
    return expressions.map(each => attempt(() => vm.runInContext(each, context, { timeout: 1000 })))
  },
}

const PYTHON: Tongue = {
  forms:
    `T+T (T+T) T.strip() T.strip(T) T.lstrip(T) T.rstrip() T.lower() T.upper() T.casefold() T.replace(T,T) T.replace(T,T,N) T.format(T,T) T%T T%(T,T) T.join(L)
    T.join(reversed(L)) T.join(T) T.split(T)[N] T.split()[N] T.split(T,N)[0] T.join(T.split(T)) T[::-1] T[N] T[N:] chr(N) base64.b64decode(T).decode()
    bytes.fromhex(T).decode() codecs.decode(T,T) codecs.decode(T,"rot13") bytes([N,N]).decode() T*N (T)*N str(T) str(N) L[N] [*L,T][N] (T,T)[N] str.lower(T)
    "".join(map(chr,[N,N])) "".join(list(T)) "".join(reversed(T)) T.removeprefix(T) "{:s}".format(T) os.path.expandvars(T) os.path.basename(T)`.split(
      /\s+/,
    ),
  paths: ['os.path.join(T,T)', 'os.path.join(T,T,T)', 'str(pathlib.Path(T)/T)', 'str(pathlib.Path(T).joinpath(T))', 'os.path.normpath(T)'],
  call: expression => `python3 -c '${`import os, base64, codecs, pathlib; os.remove(${expression})`.replaceAll("'", "'\\''")}'`,
  run: expressions =>
    answers(
      'python3',
      [
        '-c',
        `import json, sys, os, base64, codecs, pathlib
def value(e):
    try:
        v = eval(e)
        return v.encode().hex() if isinstance(v, str) else None
    except Exception:
        return None
print(json.dumps([value(e) for e in json.load(sys.stdin)]))`,
      ],
      JSON.stringify(expressions),
      out => JSON.parse(out),
    ),
}

const PERL: Tongue = {
  forms:
    `T.T (T.T) lc(T) uc(T) uc§T.T join(T,T,T) join(T,(T,T)) join(T,T,sprintf§T,T) join§T,T,T sprintf(T,T) sprintf(T,T,T) chr(N) chr(N).T reverse(T) T§x§N substr(T,N) pack("H*",T)
    ucfirst(T) (T,T)[N] (map({$_}L),T)[N] T||T do{T} join("",map{chr}(N,N)) "@{[T]}" join("",reverse(T,T)) N.T T=~s/x/y/r join(T,@{L},T)`
      .split(/\s+/)
      .map(each => each.replaceAll('§', ' ')),
  paths: [],
  call: expression => `perl -e '${`unlink(${expression})`.replaceAll("'", "'\\''")}'`,
  run: expressions =>
    answers(
      'perl',
      [
        '-e',
        'local $SIG{__WARN__} = sub {}; while (<STDIN>) { my $v = eval pack("H*", $_ =~ s/\\n//r); print defined $v && !ref $v ? unpack("H*", "$v") : "-", "\\n" }',
      ],
      expressions.map(each => `${Buffer.from(each).toString('hex')}\n`).join(''),
      out => out.split('\n').map(line => (line === '-' ? null : line)),
    ),
  escape: /[$@]/g,
}

function attempt(make: () => unknown): string | undefined {
  try {
    const value = make()
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}

/** Hexadecimal as the program prints it. */
function answers(program: string, args: readonly string[], input: string, read: (out: string) => readonly (string | null)[]) {
  const { stdout, status, stderr } = spawnSync(program, args, { input, encoding: 'utf8', maxBuffer: 1 << 28 })
  expect(status, stderr).toBe(0)
  return read(stdout).map(each => (each === null ? undefined : Buffer.from(each, 'hex').toString()))
}

function expressionsOf({ forms, paths, escape }: Tongue): fc.Arbitrary<string> {
  const quoted = (text: string) => `"${text.replaceAll('\\', '\\\\').replace(escape ?? /$^/, '\\$&')}"`
  const leaf = fc.constantFrom(...TEXTS, ...MORE).map(quoted)
  const number = fc.constantFrom(...NUMBERS)
  const { text } = fc.letrec<{ text: string }>(tie => ({
    text: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      leaf,
      fc.constantFrom(...forms).chain(form => filled(form, tie('text'))),
    ),
  }))
  return fc.constantFrom(...forms, ...paths).chain(form => filled(form, paths.includes(form) ? leaf : text))

  function filled(form: string, part: fc.Arbitrary<string>): fc.Arbitrary<string> {
    const list = fc.array(part, { maxLength: 3 }).map(each => `[${each.join(',')}]`)
    const holes = [...form.matchAll(/\b[TNL]\b/g)]
    return fc.tuple(...holes.map(([hole]) => (hole === 'T' ? part : hole === 'N' ? number : list))).map(values => {
      let at = 0
      return form.replace(/\b[TNL]\b/g, () => values[at++] ?? '')
    })
  }
}

/** The path that the call is seen to delete may be the one that it deletes. */
function covers(path: Parameters<typeof partsOf>[0], real: string): boolean {
  const parts = partsOf(path)
  const [only] = parts
  if (parts.length < 2 && typeof only !== 'object') return (only ?? '') === real
  const pattern = parts.map(part => (typeof part === 'string' ? part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&') : '[^]*')).join('')
  return new RegExp(`^${pattern}/?$`, 'u').test(real) || new RegExp(`^${pattern}$`, 'u').test(`${real}/`)
}

const isThere = (program: string) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0

describe.each([
  ['node', JAVASCRIPT],
  ['python3', PYTHON],
  ['perl', PERL],
] as const)('%s', (program, tongue) => {
  it.skipIf(!isThere(program))('what code computes is the same or not known', { timeout: 120_000 }, () => {
    const expressions = [...new Set(fc.sample(expressionsOf(tongue), 4000))].filter(each => each.length < 300)
    let known = 0
    const wrong = tongue.run(expressions).flatMap((value, i) => {
      const expression = expressions[i] ?? ''
      if (value === undefined || value === '' || /[\0\ufffd]/.test(value)) return []
      const { files, unknowns } = analyseIn(tongue.call(expression))
      const deleted = files.filter(({ operation }) => operation === 'delete').map(({ path }) => path)
      const real = posix.resolve('/proj', value)
      if (deleted.some(path => path === real)) known++
      else if (!deleted.some(path => covers(path, real)) && (deleted.length > 0 || unknowns.length === 0))
        return [`${expression}: ${JSON.stringify(value)}, found ${JSON.stringify(deleted)}`]
      return []
    })
    expect(wrong).toEqual([])
    expect(known).toBeGreaterThan(200)
  })
})
