/** What the scripted model answers. */
import type { ScriptedCall } from '../support/turn.js'

export function call(name: string, input: object, more: Partial<ScriptedCall> = {}): ScriptedCall {
  return { name, arguments: JSON.stringify(input), ...more }
}

export function answer(text: string | undefined, ...calls: readonly ScriptedCall[]) {
  return { choices: [{ ...(text === undefined ? {} : { text }), calls }] }
}
