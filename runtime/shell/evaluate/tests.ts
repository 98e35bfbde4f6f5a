/** Conditions: `[[ … ]]` of the tree and the words of `test` (manual 6.4); decided where everything is known. */
import type { Text } from '../analysis.js'
import type { Test } from '../syntax/ast.js'
import { evaluateNumber } from './arithmetic.js'
import { patternsOf } from './parameters.js'
import { matches } from './pattern.js'
import { allAgree } from './result.js'
import type { Shell } from './shell.js'
import { expandText } from './texts.js'

type Truth = boolean | undefined

export function evaluateTest(shell: Shell, test: Test): Truth {
  const chain: Connected[] = []
  let first = test
  for (; isConnected(first); first = first.left) chain.push(first)
  let truth = evaluateOne(shell, first)
  for (const { kind, right } of chain.reverse()) {
    const stops = kind === 'or'
    if (truth === stops) continue
    const other = evaluateTest(shell, right)
    truth = truth === undefined && other !== stops ? undefined : other
    if (other === stops) truth = stops
  }
  return truth
}

type Connected = Extract<Test, { readonly left: Test }>

function isConnected(test: Test): test is Connected {
  return test.kind === 'and' || test.kind === 'or'
}

function evaluateOne(shell: Shell, test: Exclude<Test, Connected>): Truth {
  switch (test.kind) {
    case 'not': {
      const truth = evaluateTest(shell, test.test)
      return truth === undefined ? undefined : !truth
    }
    case 'word':
      return allAgree(expandText(shell, test.word).map(isNotEmpty))
    case 'unary':
      return allAgree(expandText(shell, test.operand).map(text => unary(shell, test.operator, text)))
    case 'binary': {
      const left = expandText(shell, test.left)
      if (test.operator === '==' || test.operator === '=' || test.operator === '!=') {
        const truth = allAgree(patternsOf(shell, test.right).flatMap(pattern => left.map(text => matches(pattern, text))))
        return truth === undefined ? undefined : truth === (test.operator !== '!=')
      }
      const right = expandText(shell, test.right)
      if (test.operator === '=~') setMatches(shell, left, right)
      return allAgree(left.flatMap(a => right.map(b => binary(shell, test.operator, a, b, true))))
    }
  }
}

/** What a regular expression matched may be all of the text, or any part of it. */
function setMatches(shell: Shell, texts: readonly Text[], patterns: readonly Text[]): void {
  const whole = texts.map(text => new Map(Array.from({ length: 4 }, (_, group) => [String(group), text])))
  const captured = texts.flatMap(text => patterns.flatMap(pattern => captures(text, pattern) ?? []))
  shell.state.set(
    'BASH_REMATCH',
    [new Map(), ...whole, ...captured].map(items => ({ items, open: items.size === 0, associative: false })),
  )
}

/** One group of any characters between two texts that stand for themselves. */
const ONE_GROUP = /^(\^?)([^\\()[\]{}|*+?.^$]*)\(\.[*+]\)([^\\()[\]{}|*+?.^$]*)(\$?)$/

function captures(text: Text, pattern: Text): ReadonlyMap<string, Text> | undefined {
  if (typeof text !== 'string' || typeof pattern !== 'string') return undefined
  const [, start, before = '', after = '', end] = ONE_GROUP.exec(pattern) ?? []
  if (start === undefined || (end === '$' && !text.endsWith(after)) || (start === '^' && !text.startsWith(before))) return undefined
  const [from, to] = [text.indexOf(before), text.lastIndexOf(after)]
  if (from === -1 || to < from + before.length) return undefined
  return new Map([
    ['0', text.slice(from, to + after.length)],
    ['1', text.slice(from + before.length, to)],
  ])
}

function isNotEmpty(text: Text): Truth {
  if (typeof text === 'string') return text !== ''
  return text.parts.some(part => typeof part === 'string' || part.hole === 'char') ? true : undefined
}

function unary(shell: Shell, operator: string, text: Text): Truth {
  const filled = isNotEmpty(text)
  if (operator === '-n') return filled
  if (operator === '-z') return filled === undefined ? undefined : !filled
  // The subscript of a name is expanded, within quotes too.
  if (operator === '-v') shell.expandSource(text)
  return undefined
}

const COMPARISONS: ReadonlyMap<string, (a: number, b: number) => boolean> = new Map([
  ['-eq', (a, b) => a === b],
  ['-ne', (a, b) => a !== b],
  ['-lt', (a, b) => a < b],
  ['-le', (a, b) => a <= b],
  ['-gt', (a, b) => a > b],
  ['-ge', (a, b) => a >= b],
])

/** @param arithmetic `[[` evaluates both sides of a comparison of numbers; `[` takes only numbers */
function binary(shell: Shell, operator: string, left: Text, right: Text, arithmetic: boolean): Truth {
  const compare = COMPARISONS.get(operator)
  if (compare === undefined) return undefined
  const number = (text: Text) =>
    arithmetic || (typeof text === 'string' && /^\s*[-+]?\d+\s*$/.test(text)) ? evaluateNumber(shell, text).value : undefined
  const a = number(left)
  const b = number(right)
  return a === undefined || b === undefined ? undefined : compare(a, b)
}

/** The words of `test` and `[`, without the closing bracket. */
export function evaluateTestWords(shell: Shell, words: readonly Text[]): Truth {
  words.forEach((word, at) => {
    if (word === '-v' || word === '-R') shell.expandSource(words[at + 1] ?? '')
  })
  const [first = '', second, third] = words
  if (words.length === 0) return false
  if (words.length === 1) return isNotEmpty(first)
  if (first === '!' && words.length <= 4) {
    const truth = evaluateTestWords(shell, words.slice(1))
    return truth === undefined ? undefined : !truth
  }
  if (words.length === 2 && typeof first === 'string' && second !== undefined) return unary(shell, first, second)
  if (words.length !== 3 || typeof second !== 'string' || third === undefined) return undefined
  if (second === '=' || second === '==' || second === '!=')
    return typeof first === 'string' && typeof third === 'string' ? (first === third) === (second !== '!=') : undefined
  return binary(shell, second, first, third, false)
}
