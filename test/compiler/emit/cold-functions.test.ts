/** Functions that are moved do what they did, and those that cannot be moved stay. */
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { type CodeCosts, functionsOf, placesOf, withoutColdFunctions } from '../../../compiler/emit/cold-functions.js'

const COSTS: CodeCosts = { share: 0.5, partLength: 1000, functionText: code => `(${code})` }

/** Long enough to be worth moving. */
const LONG = '/* as long as it takes */ "0123456789".repeat(2).split("").map(each => each + each).join("")'

interface Cooled {
  readonly text: string
  readonly parts: readonly string[]
  readonly run: () => unknown
}

/** @param source sets `result`; functions whose line has the mark are cold */
async function cooled(source: string, share = 0.1): Promise<Cooled> {
  const contents = `${source}\nPART_MAKER(partCode)`.replace(/LONG/g, LONG)
  const stdin = { contents, sourcefile: 'source.js' }
  const built = await build({ stdin, write: false, sourcemap: 'external', outdir: '/out', minifyWhitespace: true })
  const [map = '', text = ''] = ['.map', '.js'].map(end => built.outputFiles.find(({ path }) => path.endsWith(end))?.text)
  const lines = contents.split('\n')
  const shareOf = (place: string) => (lines[Number(place.split(':')[1]) - 1]?.includes('/*cold*/') === true ? share : 1)
  let all = ''
  const parts: string[] = []
  const keepPart = (part: string) => {
    parts.push(part)
    all += part
    return all.length - part.length
  }
  const cold = withoutColdFunctions({ text, map }, shareOf, keepPart, COSTS)
  // oxlint-disable-next-line no-eval
  const partCode = (at: number, length: number) => (0, eval)(all.slice(at, at + length)) as unknown
  // oxlint-disable-next-line no-implied-eval, no-new-func
  return { text: cold, parts, run: () => new Function('partCode', `'use strict';${cold};return result`)(partCode) as unknown }
}

const MOVED: readonly (readonly [what: string, source: string, result: unknown])[] = [
  ['a function', 'function f(a, b) { /*cold*/ LONG; return a + b }\nvar result = f(1, 2)', 3],
  [
    'a function with a default and a rest',
    'function f(a, b = 5, ...c) { /*cold*/ LONG; return [a, b, ...c] }\nvar result = [f(1), f(1, 2, 3, 4)]',
    [
      [1, 5],
      [1, 2, 3, 4],
    ],
  ],
  ['a function with a pattern', 'function f({ a }, [b]) { /*cold*/ LONG; return a + b }\nvar result = f({ a: 1 }, [2])', 3],
  ['one that calls itself', 'function f(n) { /*cold*/ LONG; return n === 0 ? 1 : n * f(n - 1) }\nvar result = f(5)', 120],
  [
    'one that uses the text around it',
    'const two = 2\nclass Three { n = 3 }\nfunction four() { return 4 }\nfunction f() { /*cold*/ LONG; return two + new Three().n + four() }\nvar result = f()',
    9,
  ],
  [
    'two that use one another',
    'function even(n) { /*cold*/ LONG; return n === 0 || odd(n - 1) }\nfunction odd(n) { /*cold*/ LONG; return n !== 0 && even(n - 1) }\nvar result = even(10)',
    true,
  ],
  ['an arrow function', 'const f = (a, b) => /*cold*/ [LONG, a + b][1]\nvar result = f(1, 2)', 3],
  [
    'one in a table',
    'const table = { f: a => /*cold*/ [LONG, a][1], g(b) { /*cold*/ LONG; return b + 1 } }\nvar result = [table.f(1), table.g(2)]',
    [1, 3],
  ],
  ['a method', 'class C { constructor(n) { this.n = n }\n  m(a) { /*cold*/ LONG; return this.n + a } }\nvar result = new C(1).m(2)', 3],
  [
    'what is inherited',
    'class C { constructor(n) { this.n = n }\n  m(a) { /*cold*/ LONG; return this.n + a } }\nclass D extends C {}\nvar result = new D(1).m(2)',
    3,
  ],
  [
    'a getter and a static method',
    'class C {\n  get g() { /*cold*/ LONG; return this.x }\n  x = 1\n  static s(a) { /*cold*/ LONG; return new this().x + a } }\nvar result = [new C().g, C.s(1)]',
    [1, 2],
  ],
]

const STAY: readonly (readonly [what: string, source: string, result: unknown])[] = [
  ['what reads a variable that changes', 'let n = 0\nfunction f() { /*cold*/ LONG; return n }\nn = 5\nvar result = f()', 5],
  ['what changes one', 'let n = 0\nfunction f() { /*cold*/ LONG; n++ }\nf()\nvar result = n', 1],
  ['a function within another', 'function g(a) {\n  return () => { /*cold*/ LONG; return a }\n}\nvar result = g(3)()', 3],
  [
    'what uses the class above',
    'class C { m() { return 1 } }\nclass D extends C {\n  m() { /*cold*/ LONG; return super.m() + 1 } }\nvar result = new D().m()',
    2,
  ],
  ['what uses a private name', 'class C { #n = 4\n  m() { /*cold*/ LONG; return this.#n } }\nvar result = new C().m()', 4],
  ['what counts its arguments', 'function f() { /*cold*/ LONG; return arguments.length }\nvar result = f(1, 2)', 2],
  ['a generator', 'function* f() { /*cold*/ LONG; yield 1 }\nvar result = [...f()]', [1]],
  ['a constructor', 'class C {\n  constructor(n) { /*cold*/ LONG; this.n = n } }\nvar result = new C(2).n', 2],
  ['a field that is an arrow function', 'class C { n = 2\n  f = () => /*cold*/ [LONG, this.n][1] }\nvar result = new C().f()', 2],
  ['a short function', 'function f(a) { /*cold*/ return a }\nvar result = f(1)', 1],
]

describe('functions that few calls use', () => {
  it.each(MOVED)('are parts: %s', async (_, source, result) => {
    const { text, parts, run } = await cooled(source)
    expect(text).not.toContain('repeat')
    expect(parts.join('')).toContain('repeat')
    expect(run()).toEqual(result)
  })

  it.each(STAY)('stay where a part could not stand for them: %s', async (_, source, result) => {
    const { parts, run } = await cooled(source)
    expect(parts).toEqual([])
    expect(run()).toEqual(result)
  })

  it('stay where they are worth it', async () => {
    const { parts, run } = await cooled(MOVED[0]?.[1] ?? '', 0.5)
    expect(parts).toEqual([])
    expect(run()).toEqual(3)
  })

  it('are in parts of some length, those that some call uses apart from those that none does', async () => {
    const functions = Array.from({ length: 40 }, (_, i) => `function f${i}(a) { /*cold*/ LONG; return a + ${i} }`)
    const source = `${functions.join('\n')}\nvar result = [${functions.map((_, i) => `f${i}(1)`).join()}]`
    const { parts, run } = await cooled(source)
    expect(parts.length).toBeGreaterThan(3)
    expect(Math.max(...parts.map(part => part.length))).toBeLessThan(1500)
    expect(run()).toEqual(functions.map((_, i) => 1 + i))
  })

  it('are told from one another by where they stand in the sources', async () => {
    const stdin = {
      contents: 'export function first(a) { return b => a + b }\nexport class C {\n  second() {}\n}',
      sourcefile: 'source.js',
    }
    const built = await build({ stdin, write: false, sourcemap: 'external', outdir: '/out', minify: true })
    const [map = '', text = ''] = ['.map', '.js'].map(end => built.outputFiles.find(({ path }) => path.endsWith(end))?.text)
    expect(placesOf({ text, map })).toEqual(['source.js:1:7', 'source.js:1:34', 'source.js:3:2'])
    expect(functionsOf(text).map(({ start, end }) => text.slice(start, end).length)).toHaveLength(3)
  })
})
