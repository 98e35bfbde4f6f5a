/** A test file: a list `cases`, each a question and the answer it must have. */
import type { Diagnostic } from '../../compiler/diagnostic.js'
import { error } from '../../compiler/diagnostics/problem.js'
import { suggest } from '../../compiler/diagnostics/suggest.js'
import { loadSources } from '../../compiler/load.js'
import { entriesOf, type Located, valueAt } from '../../compiler/parse/located.js'
import { readYaml } from '../../compiler/parse/read-yaml.js'
import { type Source, type Span, sourceLine } from '../../compiler/source.js'
import type { Decision } from '../../runtime/decide/result.js'
import { type Asked, isMap, parseAsked, RequestError } from '../asked.js'
import { type PolicyTest, subject, withTestPlace } from './policy-test.js'

export interface TestFiles {
  readonly tests: readonly PolicyTest[]
  readonly diagnostics: readonly Diagnostic[]
}

export function readTestFiles(paths: readonly string[]): TestFiles {
  const files = paths.map(path => {
    const { sources, diagnostics } = loadSources([path])
    const read = sources.map(readTestFile)
    return { tests: read.flatMap(file => file.tests), diagnostics: [...diagnostics, ...read.flatMap(file => file.diagnostics)] }
  })
  return { tests: files.flatMap(file => file.tests), diagnostics: files.flatMap(file => file.diagnostics) }
}

export function readTestFile(source: Source): TestFiles {
  const { root, diagnostics } = readYaml(source)
  if (root === undefined || diagnostics.length > 0) return { tests: [], diagnostics }
  const cases = valueAt(root, 'cases')
  if (cases?.kind !== 'list') return { tests: [], diagnostics: [problem(root.span, 'expected a list `cases`', CASE_HELP)] }
  const read = cases.items.map(readCase)
  const unknown = unknownKeys(root, ['cases'])
  return { tests: read.filter(isTest), diagnostics: [...unknown, ...read.filter(isDiagnostic)] }
}

const CASE_HELP = 'for example `{ name: force push, command: git push -f, expect: deny, sid: BlockForcePush }`'
const KEYS = ['name', 'action', 'params', 'context', 'command', 'platform', 'input', 'expect', 'sid'] as const
const EXPECTED: ReadonlyMap<unknown, Decision> = new Map([
  ['allow', 'allow'],
  ['deny', 'deny'],
  ['block', 'deny'],
  ['review', 'review'],
])

function isTest(read: PolicyTest | Diagnostic): read is PolicyTest {
  return 'expect' in read
}

function isDiagnostic(read: PolicyTest | Diagnostic): read is Diagnostic {
  return 'severity' in read
}

function readCase(located: Located): PolicyTest | Diagnostic {
  if (located.kind !== 'map') return problem(located.span, 'expected a case to be a map', CASE_HELP)
  const [unknown] = unknownKeys(located, KEYS)
  if (unknown !== undefined) return unknown
  const expect = EXPECTED.get(valueAt(located, 'expect')?.data)
  if (expect === undefined) return problem(spanAt(located, 'expect'), '`expect` must be allow, deny or review', CASE_HELP)
  const sid = valueAt(located, 'sid')?.data
  if (sid === undefined) return withQuestion(located, { expect })
  if (sid === null || typeof sid === 'string') return withQuestion(located, { expect, sid })
  return problem(spanAt(located, 'sid'), '`sid` must be the name of a statement, or null for the default')
}

function withQuestion(located: Located, answer: Pick<PolicyTest, 'expect' | 'sid'>): PolicyTest | Diagnostic {
  try {
    const asked = askedByCase(located.data)
    const name = valueAt(located, 'name')?.data ?? nameOf(asked)
    return { name: typeof name === 'string' ? name : JSON.stringify(name), place: sourceLine(located.span), asked, ...answer }
  } catch (thrown) {
    if (!(thrown instanceof RequestError)) throw thrown
    return problem(located.span, thrown.message, CASE_HELP)
  }
}

/** `command` is short for `bash.execute` with that command. */
function askedByCase(value: Located['data']): Asked {
  if (!isMap(value)) throw new RequestError('expected a case to be a map')
  const questions = ['action', 'command', 'platform'].filter(key => value[key] !== undefined)
  if (questions.length !== 1) throw new RequestError('a case needs exactly one of `action`, `command` and `platform`')
  const { command, params } = value
  if (command !== undefined && typeof command !== 'string') throw new RequestError('`command` must be text')
  if (command !== undefined && params !== undefined) throw new RequestError('`command` and `params` exclude each other')
  const asked = parseAsked(command === undefined ? value : { action: 'bash.execute', params: { command }, context: value['context'] })
  return asked.kind === 'request' ? { ...asked, request: withTestPlace(asked.request) } : asked
}

function nameOf(asked: Asked): string {
  return asked.kind === 'request' ? subject(asked.request) : `input of ${asked.platform}`
}

function unknownKeys(map: Located, known: readonly string[]): readonly Diagnostic[] {
  return entriesOf(map)
    .filter(({ key }) => !known.includes(key))
    .map(({ key, keySpan }) => problem(keySpan, `unknown key \`${key}\` in a test file`, suggest(key, known)))
}

function spanAt(map: Located, key: string): Span {
  return valueAt(map, key)?.span ?? map.span
}

function problem(span: Span, message: string, help?: string): Diagnostic {
  return error({ code: 'bad-test', span, message, help })
}
