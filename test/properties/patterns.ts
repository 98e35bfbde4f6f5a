/** Patterns by three readers: the automaton, the reference, and the engine where the dialect is its own. */
import { equal } from 'node:assert/strict'
import fc from 'fast-check'
import { compilePattern } from '../../compiler/patterns/compile-pattern.js'
import { equivalent } from '../../compiler/patterns/equivalence.js'
import { commonGrammar, regexes } from '../compiler/patterns/support/regexes.js'
import { walker } from '../compiler/patterns/support/walker.js'
import { matchesText } from '../reference/match-text.js'
import { search } from '../reference/pattern.js'
import { parseRegex } from '../reference/regex-syntax.js'
import { automatonStrings } from '../support/automaton-strings.js'
import { target } from './target.js'

const text = fc
  .array(fc.constantFrom('a', 'b', 'B', '-', '\n', ' ', 'é', '1', '\r', '\u2028', '\ud800'), { maxLength: 8 })
  .map(chars => chars.join(''))

/** Texts made from an automaton of many states are too many: every so many-th is taken. */
const MOST_TEXTS = 60

export const patterns = target({
  name: 'patterns',
  component: 'compiler/patterns/',
  says: 'an automaton matches what the reference matches and, for ECMAScript, what the engine matches',
  runs: 150,
  cases: fc.record({
    source: regexes(commonGrammar),
    flags: fc.constantFrom('', '', 'i', 'm', 's'),
    dialect: fc.constantFrom('es', 'python'),
    texts: fc.array(text, { minLength: 4, maxLength: 4 }),
  }),
  check: ({ source, flags, dialect, texts }) => {
    const written = flags === '' ? source : dialect === 'es' ? `(?${flags}:${source})` : `(?${flags})${source}`
    const compiled = compilePattern({ kind: 'regex', source: written, dialect })
    if (!compiled.ok) return
    const matches = walker(compiled.automaton)
    const reference = dialect === 'python' || flags === '' ? search(parseRegex(written, dialect)) : undefined
    const engine = dialect === 'es' ? new RegExp(source, `u${flags}`) : undefined
    const made = automatonStrings(compiled.automaton).all
    const some = made.filter((_, at) => at % Math.ceil(made.length / MOST_TEXTS) === 0)
    for (const one of [...texts, ...some]) {
      if (reference !== undefined) equal(matches(one), matchesText(reference, one), JSON.stringify([written, dialect, one]))
      // V8 finds `\B` in the middle of a surrogate pair, where the standard has no position.
      if (engine !== undefined && !/[\u{10000}-\u{10ffff}]/u.test(one))
        equal(matches(one), engine.test(one), JSON.stringify([written, dialect, one]))
    }
  },
})

const globPiece = fc.constantFrom(
  '*',
  '?',
  'a',
  'B',
  '.',
  '/',
  'é',
  '😀',
  '[ab]',
  '[!a]',
  '[a-c]',
  '[]a]',
  '[!]-a]',
  '[^a]',
  '[c-a]',
  '[',
  ']',
  '\\',
  '\n',
  '$',
  '(',
)

export const globs = target({
  name: 'globs',
  component: 'compiler/patterns/glob-syntax.ts',
  says: 'a glob matches what its translation into a regular expression matches',
  runs: 500,
  cases: fc.array(globPiece, { maxLength: 7 }).map(pieces => pieces.join('')),
  check: source => {
    const glob = compilePattern({ kind: 'glob', source })
    const regex = compilePattern({ kind: 'regex', source: `^${translated(source)}$`, dialect: 'es' })
    if (!glob.ok || !regex.ok) throw new Error(`${source} does not compile`)
    equal(JSON.stringify(equivalent(glob.automaton, regex.automaton)), 'true', JSON.stringify([source, translated(source)]))
  },
})

/** As the language page tells what stands for what. */
function translated(glob: string): string {
  const set = /^\[(!?)(\]?[^\]]*)\]/su.exec(glob)
  const [first = ''] = glob
  if (first === '') return ''
  if (set !== null && set[2] !== '') return translatedSet(set[1] === '!', set[2] ?? '') + translated(glob.slice(set[0].length))
  const one = first === '*' ? '[^]*' : first === '?' ? '[^]' : escaped(first)
  return one + translated(glob.slice(first.length))
}

function translatedSet(negated: boolean, members: string): string {
  const chars = [...members]
  let set = ''
  for (let at = 0; at < chars.length; at++) {
    const [from = '', dash, to] = chars.slice(at, at + 3)
    const isRange = dash === '-' && to !== undefined
    if (!isRange) set += escaped(from)
    else if ((from.codePointAt(0) ?? 0) <= (to.codePointAt(0) ?? 0)) set += `${escaped(from)}-${escaped(to)}`
    if (isRange) at += 2
  }
  return `[${negated ? '^' : ''}${set}]`
}

function escaped(char: string): string {
  return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`
}
