/** One request from the flags of `check` and `explain`. */
import type { Value, ValueMap } from '../runtime/decide/request.js'
import { type Asked, isMap } from './asked.js'
import { UsageError } from './usage-error.js'

export interface RequestFlags {
  readonly action?: string
  readonly command?: string
  readonly param?: readonly string[]
  readonly params?: string
  readonly context?: readonly string[]
}

/** The request that the flags describe; undefined where none of them is given and stdin is to be read. */
export function askedByFlags(flags: RequestFlags): Asked | undefined {
  const action = flags.action ?? (flags.command === undefined ? undefined : 'bash.execute')
  if (action === undefined) return withoutAction(flags)
  const command = flags.command === undefined ? {} : { command: flags.command }
  const params = { ...paramsJson(flags.params), ...pairs('--param', flags.param ?? []), ...command }
  return { kind: 'request', request: { action, params, context: contextFlags(flags) } }
}

export function contextFlags({ context }: RequestFlags): ValueMap {
  return pairs('--context', context ?? [])
}

function withoutAction(flags: RequestFlags): undefined {
  const given = (['param', 'params', 'context'] as const).find(name => flags[name] !== undefined)
  if (given !== undefined)
    throw new UsageError(`\`--${given}\` needs \`--action\``, 'for example `--action file.read --param file_path=.env`')
  return undefined
}

function paramsJson(text: string | undefined): ValueMap {
  if (text === undefined) return {}
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new UsageError('`--params` is not valid JSON', `for example --params '{"file_path": ".env"}'`)
  }
  if (!isMap(json)) throw new UsageError('expected `--params` to be a JSON map')
  // What JSON.parse returns holds nothing but JSON values.
  return json as { readonly [key: string]: Value }
}

/** `key=value` pairs, the values as text: `--params` has the other types. */
function pairs(flag: string, given: readonly string[]): ValueMap {
  return Object.fromEntries(
    given.map(pair => {
      const at = pair.indexOf('=')
      if (at < 1) throw new UsageError(`expected \`${flag} KEY=VALUE\`, found \`${pair}\``)
      return [pair.slice(0, at), pair.slice(at + 1)]
    }),
  )
}
