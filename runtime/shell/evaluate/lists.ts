/** Lists and pipelines (manual 3.2.3, 3.2.4): what runs after what, in which state. */
import type { Command, List, ListItem, Pipeline, Script } from '../syntax/ast.js'
import type { Output } from '../programs/model.js'
import { runCompound } from './compound.js'
import { concatenate, DONE, type Result } from './result.js'
import type { Shell } from './shell.js'
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
    if (mark.kind === 'zsh' || mark.kind === 'depth') shell.findings.unknown('any', mark.message, shell.span(mark))
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

function runAnd(shell: Shell, items: readonly ListItem[]): Result {
  const outputs: Output[] = []
  let status: boolean | undefined = true
  for (const item of items) {
    if (shell.state.dead) break
    const result = runItem(shell, item, status)
    outputs.push(result.output)
    status = result.status
  }
  return { output: concatenate(outputs), status }
}

function runItem(shell: Shell, item: ListItem, before: boolean | undefined): Result {
  if (item.join === ';') {
    shell.state.settle(undefined)
    return shell.command(item.command)
  }
  const wanted = item.join === '&&'
  if (before === !wanted) return { output: '', status: before }
  if (before !== undefined) {
    shell.state.settle(before)
    return shell.command(item.command)
  }
  const skipped = shell.state.copy()
  skipped.settle(!wanted)
  shell.state.settle(wanted)
  const result = shell.command(item.command)
  shell.state.join(skipped)
  return { output: result.output === '' ? '' : undefined, status: result.status === !wanted ? result.status : undefined }
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
