/** Lists and pipelines (manual 3.2.3, 3.2.4): what runs after what, in which state. */
import type { Command, List, ListItem, Pipeline, Script } from '../syntax/ast.js'
import type { Output } from '../programs/model.js'
import { runCompound } from './compound.js'
import { concatenate, DONE, type Result } from './result.js'
import type { Shell } from './shell.js'
import type { State } from './state.js'
import { runSimple } from './simple.js'

export function runScript(shell: Shell, script: Script): Result {
  const outputs: Output[] = []
  let status: boolean | undefined = true
  for (const unit of script.units) {
    if (shell.state.dead || shell.findings.spent) break
    shell.aliases = shell.state.aliases
    const result = shell.list(unit)
    outputs.push(result.output)
    status = result.status
  }
  for (const mark of script.marks)
    if (mark.kind === 'zsh') shell.findings.unknown('any', mark.message, shell.span(mark))
    else if (mark.kind === 'depth') shell.unread(mark.message, mark)
  return { output: concatenate(outputs), status }
}

export function runList(shell: Shell, { items }: List): Result {
  const outputs: Output[] = []
  let status: boolean | undefined = true
  for (let at = 0; at < items.length && !shell.state.dead && !shell.findings.spent; ) {
    let end = at + 1
    while (end < items.length && items[end]?.join !== ';') end++
    const result = runChain(shell, items.slice(at, end))
    outputs.push(result.output)
    status = result.status
    at = end
  }
  return { output: concatenate(outputs), status }
}

/** Commands with `&&` and `||` between them. */
function runChain(shell: Shell, items: readonly ListItem[]): Result {
  if (items[0]?.background === true) return { output: shell.apart(() => runAnd(shell, items)).output, status: true }
  return runAnd(shell, items)
}

/** The states in which the commands so far have succeeded, and in which they have failed. */
interface Ends {
  readonly yes: State | undefined
  readonly no: State | undefined
}

function runAnd(shell: Shell, [first, ...rest]: readonly ListItem[]): Result {
  shell.state.settle(undefined)
  if (first === undefined) return DONE
  const result = shell.command(first.command)
  if (rest.length === 0) return result
  const outputs: Output[] = [result.output]
  let ends = endsOf(shell, result)
  for (const { join, command } of rest) {
    const [from, other] = join === '&&' ? [ends.yes, ends.no] : [ends.no, ends.yes]
    if (from === undefined) continue
    shell.state = from
    const next = shell.command(command)
    outputs.push(other === undefined || next.output === '' ? next.output : undefined)
    const { yes, no } = endsOf(shell, next)
    ends = join === '&&' ? { yes, no: either(no, other) } : { yes: either(yes, other), no }
  }
  const status = ends.yes === undefined ? false : ends.no === undefined ? true : undefined
  shell.state = either(ends.yes, ends.no) ?? shell.state
  return { output: concatenate(outputs), status }
}

function endsOf({ state }: Shell, { status }: Result): Ends {
  if (state.dead) return { yes: undefined, no: undefined }
  const other = status === undefined ? state.copy() : state
  if (status !== false) state.settle(true)
  if (status !== true) other.settle(false)
  return { yes: status === false ? undefined : state, no: status === true ? undefined : other }
}

function either(a: State | undefined, b: State | undefined): State | undefined {
  if (a !== undefined && b !== undefined) a.join(b)
  return a ?? b
}

export function runCommand(shell: Shell, command: Command): Result {
  switch (command.kind) {
    case 'simple':
      return runSimple(shell, command)
    case 'pipeline':
      return runPipeline(shell, command)
    case 'function':
      shell.state.functions = new Map(shell.state.functions).set(command.name, [command.body])
      return DONE
    case 'coproc':
      shell.apart(() => shell.within({ stdin: undefined, stdinFile: undefined, piped: true }, () => shell.command(command.command)))
      return DONE
    default:
      return runCompound(shell, command)
  }
}

function runPipeline(shell: Shell, { commands, negated }: Pipeline): Result {
  const result = commands.length === 1 && commands[0] !== undefined ? shell.command(commands[0]) : runPipe(shell, commands)
  return negated && result.status !== undefined ? { output: result.output, status: !result.status } : result
}

function runPipe(shell: Shell, commands: readonly Command[]): Result {
  let result: Result = DONE
  commands.forEach((command, at) => {
    const { output } = result
    const change = at === 0 ? {} : { stdin: output, stdinFile: undefined, piped: true }
    result = shell.apart(() => shell.within(change, () => shell.command(command)))
  })
  return result
}
