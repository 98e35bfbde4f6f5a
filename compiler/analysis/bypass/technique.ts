/** One way of rewriting a command that keeps what it does. */
import type { Form } from './form.js'
import type { Random } from './random.js'

export type Group =
  | 'paths'
  | 'programs'
  | 'options'
  | 'wrappers'
  | 'quoting'
  | 'expansion'
  | 'commands'
  | 'control flow'
  | 'code as text'
  | 'interpreters'
  | 'encodings'
  | 'channels'
  | 'detours'
  | 'write, then run'

/** Where the command runs, and what is drawn for it. */
export interface Situation {
  readonly random: Random
  readonly cwd: string
  readonly home: string
}

export interface Technique {
  readonly group: Group
  readonly name: string
  /** Undefined where the technique does not apply. INVARIANT: what it gives does what it was given. */
  readonly apply: (form: Form, situation: Situation) => Form | undefined
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/** A name that nothing else has: no program, no variable of the shell. */
export function freshName(random: Random): string {
  return `_${LETTERS.charAt(random.below(26))}${LETTERS.charAt(random.below(26))}${LETTERS.charAt(random.below(26))}`
}
