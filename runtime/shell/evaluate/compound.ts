/** Compound commands (manual 3.2.5): conditions are decided where they are known; else every way is taken, each in a state of its own. */
import type { Text } from '../analysis.js'
import type { Output } from '../programs/model.js'
import type { CaseItem, Compound, List, Word } from '../syntax/ast.js'
import { evaluateArithmetic } from './arithmetic.js'
import { forArithmetic, forEach, repeat, whileOnce, whileReads } from './loops.js'
import { patternsOf } from './parameters.js'
import { matches } from './pattern.js'
import { redirect } from './redirections.js'
import { allAgree, concatenate, DONE, type Result } from './result.js'
import type { Shell } from './shell.js'
import { bounded, type State } from './state.js'
import { evaluateTest } from './tests.js'
import { expandText } from './texts.js'

export function runCompound(shell: Shell, command: Compound): Result {
  if (command.redirections.length === 0) return runBody(shell, command)
  return redirect(shell, command.redirections, true, () => runBody(shell, command)).result
}

function runBody(shell: Shell, command: Compound): Result {
  switch (command.kind) {
    case 'subshell':
      return shell.apart(() => shell.list(command.body))
    case 'group':
      return shell.list(command.body)
    case 'if':
      return runIf(shell, command.branches, command.otherwise)
    case 'while':
    case 'until':
      return (
        (command.kind === 'while' ? whileReads(shell, command.condition, command.body) : undefined) ??
        repeat(shell, () => whileOnce(shell, command.condition, command.kind === 'while', command.body))
      )
    case 'for':
    case 'select':
      return forEach(shell, command)
    case 'arithmetic-for':
      return forArithmetic(shell, command.expressions, command.body)
    case 'case':
      return runCase(shell, command.subject, command.items)
    case 'arithmetic': {
      const { value } = evaluateArithmetic(shell, command.expression)
      return { output: '', status: value === undefined ? undefined : value !== 0 }
    }
    case 'test':
      return { output: '', status: evaluateTest(shell, command.expression) }
  }
}

function runIf(shell: Shell, branches: readonly { readonly condition: List; readonly body: List }[], otherwise: List | undefined): Result {
  const test = ({ condition }: { readonly condition: List }) => shell.list(condition)
  return choose(
    shell,
    branches,
    test,
    at => listAt(shell, branches[at]?.body),
    () => listAt(shell, otherwise),
  )
}

function listAt(shell: Shell, list: List | undefined): Result {
  return list === undefined ? DONE : shell.list(list)
}

/** Tests one way after the other, and runs the bodies of those that may be taken, each apart. */
function choose<T>(
  shell: Shell,
  ways: readonly T[],
  test: (way: T) => Result,
  body: (at: number) => Result,
  otherwise: () => Result,
): Result {
  const ends: State[] = []
  const results: Result[] = []
  const end = (result: Result) => {
    ends.push(shell.state)
    results.push(result)
  }
  let open = true
  for (let at = 0; open && at < ways.length; at++) {
    const { output, status } = test(ways[at] as T) // in bounds
    const other = shell.state.copy()
    if (shell.state.dead || shell.findings.spent) break
    open = status !== true
    shell.state.settle(status ?? true)
    if (status !== false) {
      const result = body(at)
      end(output === '' ? result : { output: concatenate([output, result.output]), status: result.status })
      shell.state = other
      other.settle(false)
    }
  }
  if (open) end(otherwise())
  shell.state = ends[0] ?? shell.state
  for (const state of ends.slice(1)) shell.state.join(state)
  return oneOf(results)
}

function runCase(shell: Shell, subject: Word, items: readonly CaseItem[]): Result {
  return selectFrom(shell, expandText(shell, subject), items)
}

function selectFrom(shell: Shell, texts: readonly Text[], items: readonly CaseItem[]): Result {
  const test = ({ patterns }: CaseItem): Result => {
    const found = patterns.map(word => anyOf(patternsOf(shell, word).map(pattern => allAgree(texts.map(text => matches(pattern, text))))))
    return { output: '', status: anyOf(found) }
  }
  return choose(
    shell,
    items,
    test,
    at => caseBody(shell, texts, items.slice(at)),
    () => DONE,
  )
}

/** The body that matched, and those that it falls through to. */
function caseBody(shell: Shell, texts: readonly Text[], items: readonly CaseItem[]): Result {
  const outputs: Output[] = []
  for (const [at, item] of items.entries()) {
    const { output, status } = shell.list(item.body)
    outputs.push(output)
    if (item.end === ';;' || shell.state.dead) return { output: concatenate(outputs), status }
    if (item.end === ';;&') {
      const next = shell.deeper(() => selectFrom(shell, texts, items.slice(at + 1)))
      return { output: concatenate([...outputs, next.output]), status: next.status }
    }
  }
  return { output: concatenate(outputs), status: undefined }
}

function oneOf(results: readonly Result[]): Result {
  const outputs = results.map(({ output }) => output)
  const known = outputs.every((output): output is Text => output !== undefined)
  return { output: known ? bounded(outputs, 1)[0] : undefined, status: allAgree(results.map(({ status }) => status)) }
}

function anyOf(statuses: readonly (boolean | undefined)[]): boolean | undefined {
  return statuses.includes(true) ? true : statuses.includes(undefined) ? undefined : false
}
