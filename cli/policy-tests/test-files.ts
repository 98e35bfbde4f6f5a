/** `<name>.test.yaml` beside a policy: `cases:`, each a question and the answer it must have. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type Document, isMap as isYamlMap, isNode, isSeq, type Node, parseDocument } from 'yaml'
import type { Diagnostic } from '../../compiler/diagnostic.js'
import type { Source, Span } from '../../compiler/source.js'
import { sourceLine } from '../../compiler/source.js'
import type { Decision } from '../../runtime/decide/result.js'
import { type Asked, isMap, parseAsked, RequestError } from '../asked.js'
import { fileProblem } from '../usage-error.js'
import { type PolicyTest, subject, withTestPlace } from './policy-test.js'

export interface TestFiles {
  readonly tests: readonly PolicyTest[]
  readonly diagnostics: readonly Diagnostic[]
}

const TEST_FILE = /\.test\.ya?ml$/
const POLICY_FILE = /\.ya?ml$/

/** The test files of folders, those beside policy files, and those named themselves. */
export function loadTestFiles(paths: readonly string[]): TestFiles {
  const files = [...new Set(paths.flatMap(testFilesOf))].map(readTestFile)
  return { tests: files.flatMap(file => file.tests), diagnostics: files.flatMap(file => file.diagnostics) }
}

/** What to compile for the tests of these paths: a test file alone stands for its folder. */
export function policyPathsOf(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.map(path => (TEST_FILE.test(path) ? dirname(path) : path)))]
}

function testFilesOf(path: string): readonly string[] {
  if (TEST_FILE.test(path)) return [path]
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return folderTests(path)
  return POLICY_FILE.test(path) ? besidePolicy(path) : []
}

function folderTests(folder: string): readonly string[] {
  const names = readdirSync(folder).filter(name => TEST_FILE.test(name))
  return names.sort().map(name => join(folder, name))
}

function besidePolicy(path: string): readonly string[] {
  const stem = path.replace(POLICY_FILE, '')
  return ['.test.yaml', '.test.yml'].map(end => stem + end).filter(file => statSync(file, { throwIfNoEntry: false }) !== undefined)
}

function readTestFile(path: string): TestFiles {
  try {
    return parseTestFile({ path: basename(path), text: readFileSync(path, 'utf8') })
  } catch (error) {
    const source: Source = { path: basename(path), text: '' }
    return { tests: [], diagnostics: [problem(spanAt(source, 0, 0), `cannot read the test file: ${fileProblem(error)}`)] }
  }
}

export function parseTestFile(source: Source): TestFiles {
  const document = parseDocument(source.text, { prettyErrors: false })
  const errors = document.errors.map(error => problem(spanAt(source, ...error.pos), `not valid YAML: ${error.message}`))
  if (errors.length > 0) return { tests: [], diagnostics: errors }
  const cases = isYamlMap(document.contents) ? document.contents.get('cases', true) : undefined
  if (!isSeq(cases)) return { tests: [], diagnostics: [problem(spanAt(source, 0, 0), 'expected a list `cases`', CASE_HELP)] }
  const read = cases.items.map(item =>
    readCase(source, isNode(item) ? item : undefined, isNode(item) ? plainValue(item, document) : undefined),
  )
  return {
    tests: read.filter(each => 'expect' in each),
    diagnostics: [...unknownKeys(source, document.contents), ...read.filter(each => 'severity' in each)],
  }
}

/** Undefined where aliases blow up: then it is no case. */
function plainValue(node: Node, document: Document.Parsed): unknown {
  try {
    return node.toJS(document)
  } catch {
    return undefined
  }
}

const CASE_HELP = 'for example `cases: [{name: force push, command: git push -f, expect: deny, sid: BlockForcePush}]`'

function unknownKeys(source: Source, contents: unknown): readonly Diagnostic[] {
  if (!isYamlMap(contents)) return []
  return contents.items
    .filter(pair => String(pair.key) !== 'cases')
    .map(pair =>
      problem(spanOf(source, isNode(pair.key) ? pair.key : undefined), `unknown key \`${String(pair.key)}\`, expected \`cases\``),
    )
}

const KEYS: ReadonlySet<string> = new Set(['name', 'action', 'params', 'context', 'command', 'platform', 'input', 'expect', 'sid'])
const EXPECTED: Readonly<Record<string, Decision>> = { allow: 'allow', deny: 'deny', block: 'deny', review: 'review' }

function readCase(source: Source, node: Node | undefined, value: unknown): PolicyTest | Diagnostic {
  const span = spanOf(source, node)
  if (!isMap(value)) return problem(span, 'expected a case to be a map', CASE_HELP)
  const unknown = Object.keys(value).find(key => !KEYS.has(key))
  if (unknown !== undefined) return problem(span, `unknown key \`${unknown}\` in a case, expected one of \`${[...KEYS].join('`, `')}\``)
  const expect = typeof value['expect'] === 'string' ? EXPECTED[value['expect']] : undefined
  if (expect === undefined) return problem(span, '`expect` must be allow, deny or review', CASE_HELP)
  const { sid } = value
  if (sid !== undefined && sid !== null && typeof sid !== 'string')
    return problem(span, '`sid` must be the name of a statement, or null for the default')
  return withQuestion(span, value, { expect, ...(sid === undefined ? {} : { sid }) })
}

function withQuestion(
  span: Span,
  value: { readonly [key: string]: unknown },
  answer: Pick<PolicyTest, 'expect' | 'sid'>,
): PolicyTest | Diagnostic {
  try {
    const asked = askedByCase(value)
    return { name: typeof value['name'] === 'string' ? value['name'] : nameOf(asked), place: sourceLine(span), asked, ...answer }
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    return problem(span, error.message, CASE_HELP)
  }
}

/** `command` is short for `bash.execute` with that command. */
function askedByCase(value: { readonly [key: string]: unknown }): Asked {
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

function problem(span: Span, message: string, help?: string): Diagnostic {
  return { code: 'test-file', severity: 'error', message, span, ...(help === undefined ? {} : { help }) }
}

function spanOf(source: Source, node: Node | undefined): Span {
  const [start, end] = node?.range ?? [0, 0]
  return spanAt(source, start, end)
}

function spanAt(source: Source, start: number, end: number): Span {
  return { source, start, end }
}
