/** Why a call is decided as it is: every statement about its action, from those that decide to those that do not apply. */
import type { ExplainedStatement, ExplainedTest } from '../../runtime/decide/decider.js'
import type { Result } from '../../runtime/decide/result.js'
import { originText } from '../../runtime/decide/deciding-match.js'
import { columns, oneLine } from './columns.js'
import type { Palette } from './palette.js'
import { decisionWord, headText } from './result-text.js'

type Condition = ExplainedStatement['condition']

const HEADINGS: Readonly<Record<Condition, string>> = {
  true: 'applies',
  unknown: 'may apply: something it looks at is not known',
  false: 'looked at, does not apply',
}
const ORDER: readonly Condition[] = ['true', 'unknown', 'false']

/** The place of a statement that comes with agsec to protect agsec. */
const BUILT_IN = 'agsec:'

export function explainText(result: Result, all: readonly ExplainedStatement[], colour: Palette): string {
  const statements = all.filter(each => concernsReader(each, all))
  const groups = ORDER.map(condition =>
    groupText(
      condition,
      statements.filter(each => each.condition === condition),
      colour,
    ),
  )
  const nothing = statements.length === 0 ? 'no statement is about this action\n' : ''
  return [headText(result, colour), nothing, ...groups].filter(text => text !== '').join('\n')
}

/** Of what protects agsec itself, and of what a command is made of, only what applies; and once what holds of the whole and its only part. */
function concernsReader(statement: ExplainedStatement, all: readonly ExplainedStatement[]): boolean {
  const { request, condition, source, sid, origin } = statement
  if (condition === 'false') return request === 'whole' && !source.startsWith(BUILT_IN)
  if (request !== 'part' || origin !== undefined) return true
  return !all.some(each => each.request === 'whole' && each.sid === sid && each.condition === condition)
}

function groupText(condition: Condition, statements: readonly ExplainedStatement[], colour: Palette): string {
  if (statements.length === 0) return ''
  return `${colour.bold(HEADINGS[condition])}\n${statements.map(each => statementText(each, colour)).join('')}`
}

function statementText(statement: ExplainedStatement, colour: Palette): string {
  const { effect, sid, source, request, action, origin, tests } = statement
  const on = request === 'whole' ? '' : `on the ${request} \`${action}\`${oneLine(originText(origin), 160)}`
  const head = [decisionWord(effect, colour), sid, colour.dim(source), on].filter(text => text !== '').join('  ')
  return `  ${head}\n${columns(tests.map(test => testRow(test, colour)))}`
}

const MARKS: Readonly<Record<Condition, string>> = { true: '✓', unknown: '?', false: '✗' }

function testRow(test: ExplainedTest, colour: Palette): readonly string[] {
  return [`    ${MARKS[test.value]}`, oneLine(test.test, 100), colour.dim(`found ${oneLine(test.operand, 100)}`)]
}
