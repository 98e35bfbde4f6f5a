/** A match in words. */
import type { Hole } from '../../runtime/decide/abstract-string.js'
import { AbstractString } from '../../runtime/decide/abstract-string.js'
import type { Test } from '../../compiler/ast.js'
import type { EvaluatedTest, Evaluation } from './condition.js'
import type { Truth } from './truth.js'

/** The first test that has the value of the match, on the first evaluation that has it; empty where there is none. */
export function detailOf(evaluations: readonly Evaluation[], value: Truth): string {
  const evaluation = evaluations.find(one => one.value === value)
  const decisive = evaluation?.tests.find(test => test.value === value)
  return decisive === undefined ? '' : inWords(decisive)
}

function inWords({ test, value, operand }: EvaluatedTest): string {
  if (value !== 'unknown') return testText(test)
  const why = operand instanceof AbstractString ? `known only as \`${shown(operand)}\`` : 'cannot be told from this value'
  return `${testText(test)}: ${why}`
}

const MOST_SHOWN = 80

function testText({ words, field, operator, operatorName, value }: Test): string {
  if (words !== undefined) return words
  if (operator === 'exists') return `${field} ${operatorName}`
  const json = JSON.stringify(value)
  return `${field} ${operatorName} ${json.length > MOST_SHOWN ? `${json.slice(0, MOST_SHOWN)}…` : json}`
}

const HOLES: Readonly<Record<Hole['hole'], string>> = {
  any: '⟨any⟩',
  below: '⟨path⟩',
  segment: '⟨name⟩',
  char: '⟨char⟩',
  visible: '⟨name⟩',
}

function shown({ parts }: AbstractString): string {
  return parts.map(part => (typeof part === 'string' ? part : HOLES[part.hole])).join('')
}
