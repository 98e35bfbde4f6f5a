/**
 * What an approval is bound to: the call as it was analysed, not its text alone. The same words in another folder, over another link
 * or with another script behind them are another call.
 */
import { AbstractString } from '../decide/abstract-string.js'
import type { Call, ExpandedRequest, Request, Value } from '../decide/request.js'
import { isList, own } from '../decide/value.js'
import { sha256 } from './sha256.js'

export interface Surroundings {
  /** Another home of agsec has other policies: its approvals are not ours. */
  readonly agsecHome: string
  readonly encode: (text: string) => Uint8Array
  /** What the file holds, or how large and how old it is where it is too large to be read; undefined where there is none. */
  readonly contentOf: (path: string) => string | undefined
}

/** @returns 64 hexadecimal digits */
export function fingerprint(call: Call, around: Surroundings): string {
  const digests = filesOf(call).map(path => [path, digestOf(path, around)])
  return sha256(around.encode(canonical(['agsec call 1', around.agsecHome, call.map(shape), digests])))
}

/** Where and for whom; not which session, nor the number of the call. */
const CONTEXT = ['agent', 'cwd', 'home', 'project_root', 'user', 'platform', 'via']
/** What a model says about its call, which is other words each time. */
const REMARKS = ['description', 'explanation', 'goal', 'timeout_ms']

function shape({ role, request, real }: ExpandedRequest): unknown {
  return [role, requestShape(request), real === undefined ? null : requestShape(real)]
}

function requestShape({ action, params, context }: Request): unknown {
  const kept = Object.entries(params).filter(([name]) => !REMARKS.includes(name))
  return [action, Object.fromEntries(kept), CONTEXT.map(name => own(context, name) ?? null)]
}

/** Files that the call reads or runs, by their real paths: a script is what it says. */
function filesOf(call: Call): readonly string[] {
  const paths = new Set<string>()
  for (const { request, real } of call) {
    const path = own((real ?? request).params, 'file_path')
    if ((request.action === 'file.read' || request.action === 'file.run') && typeof path === 'string') paths.add(path)
    const script = own(request.params, 'file')
    const cwd = own(request.context, 'cwd')
    if (request.action === 'project.run' && typeof script === 'string' && typeof cwd === 'string')
      paths.add(script.startsWith('/') ? script : `${cwd}/${script}`)
  }
  return [...paths].sort()
}

function digestOf(path: string, { encode, contentOf }: Surroundings): string | null {
  const content = contentOf(path)
  return content === undefined ? null : sha256(encode(content))
}

/** JSON with the keys of maps in order, and strings known in part by their parts. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => ordered(each))
}

function ordered(value: unknown): unknown {
  if (value instanceof AbstractString) return { parts: value.parts }
  if (typeof value !== 'object' || value === null || isList(value as Value)) return value // whatever JSON.stringify visits is a value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
