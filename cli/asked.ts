/** What the command line can be asked to decide, as its input says it. */
import { platformNames } from '../runtime/agents/adapters.js'
import type { PlatformName } from '../runtime/agents/contract.js'
import type { Request, Value, ValueMap } from '../runtime/decide/request.js'

export const PLATFORMS: readonly PlatformName[] = platformNames()

export type Asked = { readonly kind: 'request'; readonly request: Request } | PlatformAsked

/** What an agent platform would write to its hook's stdin. */
export interface PlatformAsked {
  readonly kind: 'platform'
  readonly platform: PlatformName
  readonly input: unknown
}

/** The input is no request; the message says what was expected. */
export class RequestError extends Error {}

/**
 * Reads `{action, params?, context?}`, `{platform, input}`, or the input of an agent's hook as it is, known by its `tool_name`.
 * @throws RequestError
 */
export function parseAsked(json: unknown, platform: PlatformName = 'claude-code'): Asked {
  if (!isMap(json)) throw new RequestError(`expected a map with a key \`action\`, found ${kindOf(json)}`)
  if (Object.hasOwn(json, 'platform')) return { kind: 'platform', platform: platformOf(json['platform']), input: inputOf(json) }
  if (Object.hasOwn(json, 'tool_name')) return { kind: 'platform', platform, input: json }
  return { kind: 'request', request: requestOf(json) }
}

export function platformOf(name: unknown): PlatformName {
  const platform = PLATFORMS.find(known => known === name)
  if (platform === undefined) throw new RequestError(unknownPlatform(name))
  return platform
}

export function unknownPlatform(name: unknown): string {
  return `unknown platform ${show(name)}, expected one of ${PLATFORMS.join(', ')}`
}

function inputOf(json: { readonly [key: string]: unknown }): unknown {
  if (!Object.hasOwn(json, 'input')) throw new RequestError('a line with `platform` needs `input`: what the platform writes to its hook')
  return json['input']
}

function requestOf(json: { readonly [key: string]: unknown }): Request {
  const action = Object.hasOwn(json, 'action') ? json['action'] : undefined
  if (typeof action !== 'string' || action === '')
    throw new RequestError(`expected \`action\` to be a name like \`bash.execute\`, found ${show(action)}`)
  return { action, params: mapAt(json, 'params'), context: mapAt(json, 'context') }
}

function mapAt(json: { readonly [key: string]: unknown }, key: string): ValueMap {
  const value = Object.hasOwn(json, key) ? json[key] : undefined
  if (value === undefined || value === null) return {}
  if (!isMap(value)) throw new RequestError(`expected \`${key}\` to be a map, found ${kindOf(value)}`)
  // What JSON.parse returns holds nothing but JSON values.
  return value as { readonly [key: string]: Value }
}

export function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function show(value: unknown): string {
  return typeof value === 'string' ? `\`${value}\`` : kindOf(value)
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a map'
  return typeof value === 'string' ? 'text' : `a ${typeof value}`
}
