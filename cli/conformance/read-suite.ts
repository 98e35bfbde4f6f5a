/** Reads the suite's files as they are written. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { JsonCall, SuiteCase, SuiteFile, SuiteLayer } from './suite.js'

/** A case before its result is known. */
export type OpenCase = Omit<SuiteCase, 'result'> & Partial<Pick<SuiteCase, 'result'>>
export type OpenSuiteFile = Omit<SuiteFile, 'cases'> & { readonly cases: readonly OpenCase[] }

interface WrittenFile {
  readonly policy?: string
  readonly files?: Readonly<Record<string, string>>
  readonly layers?: readonly WrittenLayer[]
  readonly protection?: string
  readonly cases?: readonly WrittenCase[]
}

type WrittenLayer = Omit<SuiteLayer, 'files'> & { readonly policy: string }

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
  const { policy, files, layers, protection, cases = [] } = parse(text) as WrittenFile // checked here and below
  if ([policy, files, layers].filter(each => each !== undefined).length !== 1)
    throw new Error(`${name}.yaml: expected one of \`policy\`, \`files\` and \`layers\``)
  if (cases.length === 0) throw new Error(`${name}.yaml has no cases`)
  const written = layers === undefined ? { files: files ?? { 'policy.yaml': policy ?? '' } } : { files: {}, layers: layers.map(layerOf) }
  return { name, ...written, ...(protection === undefined ? {} : { protection }), cases: cases.map(each => openCase(name, each)) }
}

function layerOf({ policy, ...layer }: WrittenLayer): SuiteLayer {
  return { ...layer, files: { 'policy.yaml': policy } }
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
