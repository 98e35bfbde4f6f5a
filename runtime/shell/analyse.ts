/** The analysis of a shell command: what it would run, read, write and connect to. */
import type { Analysis, ShellInput } from './analysis.js'
import { Shell } from './evaluate/shell.js'
import { isStackOverflow } from './stack.js'
import { parseScript } from './syntax/parse.js'

/** In UTF-16 units. A longer command is only looked through for the names of programs, so that none is long enough to outlast the hook. */
const LONGEST = 1 << 20

export function analyse(input: ShellInput): Analysis {
  const isTooLong = input.command.length > LONGEST
  const script = parseScript(isTooLong ? '' : input.command)
  const shell = new Shell(input)
  try {
    if (isTooLong) shell.overflow(input.command, { start: 0, end: input.command.length })
    shell.script(script)
    shell.runTraps()
    if (shell.findings.spent) shell.overflow(input.command, script)
  } catch (error) {
    if (!isStackOverflow(error)) throw error
    shell.overflow(input.command, script)
  }
  const { execs, files, actions, unknowns } = shell.findings
  const syntax = script.error === undefined ? 'ok' : script.error.kind === 'incomplete' ? 'incomplete' : 'error'
  return { execs, files, actions, unknowns, syntax }
}
