import { existsSync } from 'node:fs'
import { EXIT, type ExitCode } from './exit-codes.js'
import type { Home } from './home.js'
import type { Invocation } from './invocation.js'
import { type Mode, readMode, writeMode } from './mode.js'
import { UsageError } from './usage-error.js'

export const MODE_MEANING: Readonly<Record<Mode, string>> = {
  enforce: 'tool calls are denied or put to you as the policy says',
  observe: 'every tool call runs and what would have happened is recorded; agsec itself stays protected',
  halt: 'every tool call is blocked',
}

/** Goes to a mode and says what changed. @param isFirst nothing was in force before, so that nothing is loosened */
export function setMode(call: Invocation<object>, mode: Exclude<Mode, 'halt'>, isFirst = !isInForce(call.home)): ExitCode {
  const before = readMode(call.home)
  if (before.mode === 'halt')
    throw new UsageError('agents are halted', 'run `agsec resume` first: it goes back to the mode before the halt')
  if (mode === 'observe' && before.mode !== mode && !isFirst)
    call.confirm({ what: 'let every tool call run and only record it', word: 'observe' })
  writeMode(call.home, mode)
  call.out(modeChange(before.mode, mode))
  return EXIT.fine
}

/** Where nothing is compiled and no mode was ever set, nothing can be loosened: the first set-up needs nobody at a terminal. */
export function isInForce({ bundle, mode }: Home): boolean {
  return existsSync(bundle) || existsSync(mode)
}

export function modeChange(before: Mode, after: Mode): string {
  return `${before === after ? `mode: ${after}, as before` : `mode: ${before} → ${after}`} (${MODE_MEANING[after]})\n`
}
