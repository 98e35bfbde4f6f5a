/** What a policy compares with, by the field that it looks at, and texts that its patterns tell apart. */
import type { Condition, Test } from '../../compiler/ast.js'
import { parsePolicy } from '../../compiler/parse/parse-policy.js'
import { compilePattern, type PatternSource } from '../../compiler/patterns/compile-pattern.js'
import type { Value } from '../../runtime/decide/request.js'
import { automatonStrings } from '../support/automaton-strings.js'

/** @param files the texts of a policy */
export function constantsOf(files: readonly string[]): ReadonlyMap<string, readonly Value[]> {
  const { policy } = parsePolicy(files.map((text, i) => ({ path: `${i}.yaml`, text })))
  const constants = new Map<string, Value[]>()
  for (const test of policy?.statements.flatMap(({ condition }) => testsOf(condition)) ?? []) {
    constants.set(test.field, [...(constants.get(test.field) ?? []), ...comparedWith(test), ...examples(test)])
  }
  return constants
}

function testsOf(condition: Condition): readonly Test[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.flatMap(testsOf)
    case 'not':
      return testsOf(condition.of)
    case 'test':
      return [condition]
    default:
      return condition satisfies never
  }
}

/** The value, and each of those that it lists; a field that only has to exist is compared with anything. */
function comparedWith({ value = 'x' }: Test): readonly Value[] {
  return isList(value) ? [value, ...value] : [value]
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

const MOST_EXAMPLES = 6
const known = new Map<string, readonly string[]>()

/** A few texts from all over the pattern's automaton. */
function examples({ operator, value, dialect }: Test): readonly string[] {
  if ((operator !== 'regex' && operator !== 'glob') || typeof value !== 'string') return []
  const pattern: PatternSource =
    operator === 'glob' ? { kind: 'glob', source: value } : { kind: 'regex', source: value, dialect: dialect ?? 'python' }
  const key = JSON.stringify(pattern)
  const found = known.get(key) ?? stringsOf(pattern)
  known.set(key, found)
  return found
}

/** Of letters and digits beyond ASCII alone: which others a host may hold the reference asks the engine, and the runtime does not know. */
function stringsOf(pattern: PatternSource): readonly string[] {
  const compiled = compilePattern(pattern)
  const all = compiled.ok ? automatonStrings(compiled.automaton).all.filter(text => !/[^\p{ASCII}\p{L}\p{N}]/u.test(text)) : []
  return all.filter((_, at) => at % Math.ceil(all.length / MOST_EXAMPLES) === 0)
}
