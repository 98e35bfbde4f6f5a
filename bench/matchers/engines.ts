/** Ways to find which of many patterns a text meets. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { compile } from '../../compiler/compile.js'
import { wholeCall } from '../../runtime/decide/check-request.js'
import { formulaValue } from '../../runtime/decide/formula.js'
import { TRUE } from '../../runtime/decide/kleene.js'
import { openDecider } from '../../runtime/decide/open.js'
import { openTable } from '../../runtime/decide/open-table.js'
import { conditionOf } from '../../runtime/decide/statement.js'
import { inMemory } from '../../runtime/decide/table.js'
import { hasLookaround } from './patterns.js'

/** The indices of all patterns that the text meets, ascending. */
export type FindAll = (text: string) => readonly number[]

/** One deny statement a pattern: statement i asks for pattern i. */
export function tableOf(patterns: readonly string[]): Uint8Array {
  const statements = patterns.map(
    (pattern, i) =>
      `  - { sid: S${i}, effect: deny, actions: bash.execute, conditions: { params.command: { op: regex, value: '${pattern}' } } }`,
  )
  const text = `default: allow\ndialect: es\nstatements:\n${statements.join('\n')}\n`
  const { table, diagnostics } = compile([{ path: 'patterns.yaml', text }], { protection: [], emit: false })
  if (table === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
  return table
}

function requestOf(command: string) {
  return { action: 'bash.execute', params: { command }, context: {} }
}

/** The code that decides, up to the values of the conditions: index, guards, automata. The rivals get a text: it needs no new request for each. */
export function agsecMatcher(table: Uint8Array): FindAll {
  const policy = openTable(inMemory(table))
  const request = requestOf('')
  return text => {
    request.params.command = text
    const evaluation = policy.written.begin(request)
    const { list, length } = policy.candidates.of('bash.execute', evaluation, undefined)
    const met: number[] = []
    for (let i = 0; i < length; i++) {
      const statement = list[i] as number // in bounds
      if (formulaValue(conditionOf(policy.table, policy.statements.get(statement)), evaluation) === TRUE) met.push(statement)
    }
    return met
  }
}

/** The whole decision: every match with its statement, its reason and what it found. */
export function agsecDecision(table: Uint8Array): (text: string) => unknown {
  const decider = openDecider(table)
  return text => decider.decide(wholeCall(requestOf(text)))
}

export const RIVALS = ['RegExp, one by one', 'RegExp, one alternation', 're2js, one by one', 're2js, RE2Set'] as const
export type Rival = (typeof RIVALS)[number]

export interface RivalEngine {
  /** Undefined where it tells only whether any pattern is met. */
  readonly findAll: FindAll | undefined
  readonly run: (text: string) => unknown
  /** Which patterns it can take. */
  readonly takes: (pattern: string) => boolean
}

/** @param modules the folder in which `re2js` lies */
export function openRival(rival: Rival, patterns: readonly string[], modules: string): RivalEngine {
  switch (rival) {
    case 'RegExp, one by one':
      return withAll(allOf(patterns.map(pattern => new RegExp(pattern))))
    case 'RegExp, one alternation': {
      const any = new RegExp(patterns.map(pattern => `(?:${pattern})`).join('|'))
      return { findAll: undefined, run: text => any.test(text), takes: () => true }
    }
    case 're2js, one by one': {
      const { RE2JS } = re2js(modules)
      return { ...withAll(allOf(patterns.map(pattern => (hasLookaround(pattern) ? NEVER : RE2JS.compile(pattern))))), takes: isForRe2 }
    }
    case 're2js, RE2Set':
      return { ...withAll(setOf(patterns, modules)), takes: isForRe2 }
    default:
      return rival satisfies never
  }
}

const NEVER = { test: () => false }

function isForRe2(pattern: string): boolean {
  return !hasLookaround(pattern)
}

function withAll(findAll: FindAll): RivalEngine {
  return { findAll, run: findAll, takes: () => true }
}

function allOf(tests: readonly { test(text: string): boolean }[]): FindAll {
  return text => {
    const found: number[] = []
    for (let i = 0; i < tests.length; i++) if (tests[i]?.test(text)) found.push(i)
    return found
  }
}

function setOf(patterns: readonly string[], modules: string): FindAll {
  const { RE2Set } = re2js(modules)
  const set = new RE2Set()
  const taken = patterns.flatMap((pattern, i) => (isForRe2(pattern) ? [i] : []))
  for (const i of taken) set.add(patterns[i] ?? '')
  set.compile()
  return text => set.match(text).map(id => taken[id] ?? -1)
}

/** As much of `re2js` as is used here: it is installed by the bench itself. */
interface Re2 {
  readonly RE2JS: { compile(pattern: string): { test(text: string): boolean } }
  readonly RE2Set: new () => { add(pattern: string): number; compile(): void; match(text: string): readonly number[] }
}

function re2js(modules: string): Re2 {
  return createRequire(join(modules, 'here.js'))('re2js')
}

export function readTable(path: string): Uint8Array {
  return new Uint8Array(readFileSync(path))
}
