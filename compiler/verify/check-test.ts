/** One test of the table against the test of the policy that it must be. */
import { NONE, SECTION, TEST_WORDS } from '../../runtime/decide/table.js'
import type { Test } from '../ast.js'
import type { Findings } from './claims.js'
import { expectedTest, type Operand, wordsOf } from './expected-test.js'

const NEGATED = 256

/**
 * @param index the test's number in the table
 * @param words the string that shows it to people
 */
export function checkTest(index: number, words: number, test: Test, sid: string, findings: Findings): void {
  const { table } = findings
  const differs = (what: string) => findings.differs(test.span, `the table's test for \`${wordsOf(test)}\` in \`${sid}\` ${what}`)
  if (index >= table.count(SECTION.tests)) return differs('is missing')
  const word = (i: number) => table.word(SECTION.tests, index * TEST_WORDS + i)
  const expected = expectedTest(test)
  if (word(0) !== (expected.operator | (test.negated ? NEGATED : 0))) differs('has another operator')
  if (fieldName(word(1), findings) !== test.field) differs(`asks about \`${fieldName(word(1), findings)}\``)
  checkOperand(word(2), expected.a, test, sid, findings, differs)
  checkOperand(word(3), expected.b, test, sid, findings, differs)
  if (table.text(words) !== wordsOf(test)) differs(`calls itself \`${table.text(words)}\``)
}

/** Names joined by dots are the key that was split at them. */
function fieldName(field: number, { table }: Findings): string {
  if (field >= table.count(SECTION.fields)) throw new Error('there is no such field')
  return table
    .list(table.word(SECTION.fields, field))
    .map(name => table.text(name))
    .join('.')
}

function checkOperand(word: number, expected: Operand, test: Test, sid: string, findings: Findings, differs: (what: string) => void): void {
  switch (expected.kind) {
    case 'nothing':
      return word === NONE ? undefined : differs('has an operand too many')
    case 'number':
      return word === expected.value ? undefined : differs(`has ${word} for ${expected.value}`)
    case 'text': {
      const found = findings.table.text(word)
      return found === expected.text ? undefined : differs(`has the value ${found}`)
    }
    case 'pattern':
      return findings.mustMatch(word, expected.source, { span: test.valueSpan, sid })
    case 'list': {
      const found = findings.table.list(word)
      if (found.length !== expected.of.length) differs(`lists ${found.length} entries for ${expected.of.length}`)
      else expected.of.forEach((operand, i) => checkOperand(found[i] ?? NONE, operand, test, sid, findings, differs))
      return
    }
    case 'either': {
      const { length } = findings.table.list(word)
      const of = expected.of.find(way => way.length === length) ?? []
      return checkOperand(word, { kind: 'list', of }, test, sid, findings, differs)
    }
    default:
      return expected satisfies never
  }
}
