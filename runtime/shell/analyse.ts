/** The analysis of a shell command: what it would run, read, write and connect to. */
import type { Analysis, ShellInput } from './analysis.js'
import { Shell } from './evaluate/shell.js'
import { isStackOverflow } from './stack.js'
import type { Script } from './syntax/ast.js'
import { parseScript } from './syntax/parse.js'

/** In UTF-16 units. A longer command is only looked through for the names of programs, so that none is long enough to outlast the hook. */
const LONGEST = 1 << 20

export function analyse(input: ShellInput): Analysis {
  const isTooLong = input.command.length > LONGEST
  const script = parseScript(isTooLong ? '' : input.command)
  const run = (settles: boolean) => {
    const shell = new Shell(input, settles)
    evaluate(shell, script, isTooLong)
    return shell
  }
  const first = run(true)
  // What patterns found in the folders holds only where the command leaves them as they are.
  const { findings } = first.listing?.mayHaveChanged() === true ? run(false) : first
  const { actions, unknowns } = findings
  const syntax = script.error === undefined ? 'ok' : script.error.kind === 'incomplete' ? 'incomplete' : 'error'
  return { execs: findings.settledExecs(), files: findings.settledFiles(), actions, unknowns, syntax }
}

function evaluate(shell: Shell, script: Script, isTooLong: boolean): void {
  const { command } = shell.input
  try {
    if (isTooLong) shell.overflow(command, { start: 0, end: command.length })
    shell.script(script)
    shell.runTraps()
    if (shell.findings.spent) shell.overflow(command, script)
  } catch (error) {
    if (!isStackOverflow(error)) throw error
    shell.overflow(command, script)
  }
}
