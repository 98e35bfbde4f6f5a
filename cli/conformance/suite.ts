/**
 * The conformance suite: policies, calls put to them, and what the language says of each in full. Its format is told in
 * `test/conformance/README.md`; the package carries it as one JSON file.
 */
import { AbstractString, type Part } from '../../runtime/decide/abstract-string.js'
import type { Call, ExpandedRequest, Request, Value } from '../../runtime/decide/request.js'
import type { Result } from '../../runtime/decide/result.js'
import { readPackageFile } from '../../compiler/package-root.js'

/** A layer of a policy that has several. */
export interface SuiteLayer {
  readonly layer: 'managed' | 'user' | 'agent' | 'project'
  /** Of a layer `agent`: whose calls it is about. */
  readonly agent?: string
  /** Of a layer `project`: whether its user trusted it. */
  readonly trusted?: boolean
  readonly files: Readonly<Record<string, string>>
}

/** One file of the suite. */
export interface SuiteFile {
  /** The topic: the file's name without its ending. */
  readonly name: string
  /** The texts of the policy's files by their names; none where it has layers. */
  readonly files: Readonly<Record<string, string>>
  /** The most general first. */
  readonly layers?: readonly SuiteLayer[]
  /** The text of a policy whose statements stand before the policy and enforce in every mode; none where it is absent. */
  readonly protection?: string
  readonly cases: readonly SuiteCase[]
}

export interface SuiteCase {
  readonly name: string
  /** The expanded call as JSON: a string known in part is `{ "parts": […] }`. */
  readonly call: JsonCall
  readonly result: Result
}

/** A call as JSON. */
export type JsonCall = readonly { readonly role: ExpandedRequest['role']; readonly request: unknown; readonly real?: unknown }[]

/** The suite that this version of agsec was built with. */
export function packagedSuite(): readonly SuiteFile[] {
  // The build wrote it.
  return JSON.parse(readPackageFile('dist/conformance.json')) as readonly SuiteFile[]
}

/** The call with its strings known in part as this kernel has them. */
export function decodeCall(call: JsonCall): Call {
  return call.map(({ request, real, ...rest }) => ({
    ...rest,
    request: decodeRequest(request),
    ...(real === undefined ? {} : { real: decodeRequest(real) }),
  }))
}

function decodeRequest(request: unknown): Request {
  return decode(request) as unknown as Request // checked when the suite was read
}

function decode(value: unknown): Value {
  if (Array.isArray(value)) return value.map(decode)
  if (typeof value !== 'object' || value === null) return value as Value // a scalar of JSON
  const entries = Object.entries(value)
  const [key, parts] = entries[0] ?? []
  if (entries.length === 1 && key === 'parts') return AbstractString.of(parts as readonly Part[]) // as the format says
  return Object.fromEntries(entries.map(([name, item]) => [name, decode(item)]))
}
