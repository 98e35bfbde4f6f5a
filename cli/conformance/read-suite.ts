/** Reads the suite's files as they are written. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { JsonCall, SuiteCase, SuiteFile } from './suite.js'

/** A case before its result is known. */
export type OpenCase = Omit<SuiteCase, 'result'> & Partial<Pick<SuiteCase, 'result'>>
export type OpenSuiteFile = Omit<SuiteFile, 'cases'> & { readonly cases: readonly OpenCase[] }

interface WrittenFile {
  readonly policy?: string
  readonly files?: Readonly<Record<string, string>>
  readonly protection?: boolean
  readonly cases?: readonly WrittenCase[]
}

interface WrittenCase {
  readonly name?: string
  readonly request?: unknown
  readonly call?: JsonCall
  readonly result?: SuiteCase['result']
}

/** @param folder the suite's, whose `.yaml` files are read in alphabetical order */
export function readSuite(folder: string): readonly OpenSuiteFile[] {
  const names = readdirSync(folder).filter(name => name.endsWith('.yaml'))
  return names.sort().map(name => suiteFile(name.slice(0, -'.yaml'.length), readFileSync(join(folder, name), 'utf8')))
}

function suiteFile(name: string, text: string): OpenSuiteFile {
  const { policy, files, protection = false, cases = [] } = parse(text) as WrittenFile // checked here and below
  if ((policy === undefined) === (files === undefined)) throw new Error(`${name}.yaml: expected either \`policy\` or \`files\``)
  if (cases.length === 0) throw new Error(`${name}.yaml has no cases`)
  return { name, files: files ?? { 'policy.yaml': policy ?? '' }, protection, cases: cases.map(each => openCase(name, each)) }
}

function openCase(file: string, { name, request, call, result }: WrittenCase): OpenCase {
  if (name === undefined) throw new Error(`${file}.yaml: a case has no name`)
  const expanded = call ?? [{ role: 'whole', request }]
  for (const each of expanded) checkRequest(`${file}.yaml, \`${name}\``, each.request)
  return { name, call: expanded.map(completed), ...(result === undefined ? {} : { result }) }
}

function checkRequest(where: string, request: unknown): void {
  if (typeof request !== 'object' || request === null || !('action' in request)) throw new Error(`${where}: a request has no action`)
}

/** Params and context may be left out where they are empty. */
function completed(expanded: JsonCall[number]): JsonCall[number] {
  const whole = (request: unknown) => ({ params: {}, context: {}, ...(request as object) }) // checked above
  return { ...expanded, request: whole(expanded.request), ...(expanded.real === undefined ? {} : { real: whole(expanded.real) }) }
}
