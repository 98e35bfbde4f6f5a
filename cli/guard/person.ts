/**
 * What loosens agsec is for a person at a terminal: not for an agent, nor for what an agent starts, nor for a program that types.
 *
 * The facts are a parameter, so that tests can be a person; the command line takes them from the system, and no flag, file or variable
 * changes that.
 */
import { UsageError } from '../usage-error.js'
import { agentIn, agentVariable, typistIn } from './agent-signs.js'
import type { Ancestor } from './ancestors.js'

/** Who asks, as far as the system tells. */
export interface Asker {
  /** Nearest first; undefined where the system does not tell. */
  readonly ancestors: () => readonly Ancestor[] | undefined
  /** The names of this process's environment variables. */
  readonly variables: readonly string[]
  /** Standard input is a terminal. */
  readonly atTerminal: boolean
  /** Shows a question and reads one line. */
  readonly ask: (question: string) => string
}

/** Why this is not a person at a terminal; undefined where nothing speaks against it. */
export function whyNoPerson({ ancestors, variables, atTerminal }: Asker): string | undefined {
  const above = ancestors()
  if (above === undefined) return 'the system does not tell which program started this one'
  for (const each of above) {
    const agent = agentIn(each)
    if (agent !== undefined) return `an agent started it (\`${agent}\`, process ${each.pid})`
  }
  const variable = agentVariable([...variables, ...above.flatMap(each => each.variables)])
  if (variable !== undefined) return `an agent started it, as \`${variable}\` in the environment tells`
  for (const each of above) {
    const typist = typistIn(each)
    if (typist !== undefined) return `a program types for somebody (\`${typist}\`, process ${each.pid})`
  }
  return atTerminal ? undefined : 'standard input is no terminal'
}

export interface Loosening {
  /** What would be done, as it goes on after `cannot`. */
  readonly what: string
  /** What the person has to type. */
  readonly word: string
}

/** @throws UsageError where nobody at a terminal asks for it and confirms it */
export function requirePerson(asker: Asker, { what, word }: Loosening): void {
  const why = whyNoPerson(asker)
  if (why !== undefined) {
    throw new UsageError(
      `cannot ${what}: ${why}`,
      'what loosens agsec is for a person: run it in a terminal of your own, outside of any agent',
    )
  }
  if (asker.ask(`This would ${what}. Type \`${word}\` to go on: `).trim() !== word) throw new UsageError('nothing was changed')
}
