/** What the calls of OpenAI's protocols ask a guard, and what stands in place of those that are refused. */
import type { Guard, ToolUse } from './contract.js'
import type { Fields } from './guarded-body.js'

export type Use = Pick<ToolUse, 'name' | 'input'>

/** A call as it must be allowed: each of its uses. */
export interface AskedCall {
  readonly uses: readonly Use[]
  readonly id: string | undefined
}

export function fieldsAt(holder: Fields, key: string): Fields | undefined {
  const value = holder[key]
  // JSON has no other objects than maps and lists.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
}

/** The maps of a list; what is none, a model's server did not mean to say. */
export function listAt(holder: Fields, key: string): readonly Fields[] {
  const value: unknown = holder[key]
  return Array.isArray(value) ? value.filter(item => typeof item === 'object' && item !== null) : []
}

export function textAt(holder: Fields, key: string): string | undefined {
  const value = holder[key]
  return typeof value === 'string' ? value : undefined
}

/** A function's arguments are the text that the model wrote. */
export function functionUse(named: Fields): Use {
  return { name: textAt(named, 'name') ?? '', input: textAt(named, 'arguments') }
}

const SHELLS = /bash|shell|pwsh|terminal|command/i

/**
 * A custom tool's input is free text, which policies see as `input`; that of a shell as its `command`.
 * @param whole whether the text is known to be complete, which free text does not show
 */
export function customUse(named: Fields, whole: boolean): Use {
  const [name = '', input] = [textAt(named, 'name'), textAt(named, 'input')]
  if (!whole || input === undefined) return { name, input: undefined }
  return { name, input: SHELLS.test(name) ? { command: input } : { input } }
}

/** What the model is told of a refused call; undefined where it is allowed. A call without a use is none that is known. */
export async function refusalOf(guard: Guard, framework: string, { uses, id }: AskedCall): Promise<string | undefined> {
  const asked = uses.length === 0 ? [{ name: '', input: undefined }] : uses
  const verdicts = await Promise.all(asked.map(async use => guard.authorize({ framework, ...use, ...(id === undefined ? {} : { id }) })))
  return verdicts.find(verdict => verdict.kind === 'refused')?.message
}
