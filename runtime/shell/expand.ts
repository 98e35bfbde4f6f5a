/** A shell command of an agent as the call that a policy decides. */
import type { RealPath } from '../decide/real-request.js'
import type { Call, Request, ValueMap } from '../decide/request.js'
import { own } from '../decide/value.js'
import type { Analysis, Files, ShellInput, Span } from './analysis.js'
import { analyse } from './analyse.js'
import { inQuotes } from './canonical-line.js'
import { requestsOf } from './requests.js'

/** What is known of the machine that the command would run on. */
export interface ShellFacts {
  readonly realPath: RealPath
  readonly files?: Files
}

/** @param request one with a command in its parameters */
export function expandShell(request: Request, { realPath, files }: ShellFacts): Call {
  const { action, params, context } = request
  const command = textOf(params, 'command') ?? ''
  const place = {
    // Where the call says that it is to run, if it does.
    cwd: textOf(params, 'cwd') ?? textOf(context, 'cwd'),
    home: textOf(context, 'home'),
    projectRoot: textOf(context, 'project_root'),
    user: textOf(context, 'user'),
    ...(files === undefined ? {} : { files }),
  }
  const analysis = action === 'powershell.execute' ? analysePowerShell(command, place) : analyse({ command, ...place })
  return requestsOf(request, command, analysis, realPath)
}

/** PowerShell as a program that bash would run. That program is no part of the command, unless it does what cannot be known. */
function analysePowerShell(command: string, place: Omit<ShellInput, 'command'>): Analysis {
  const span: Span = { start: 0, end: command.length }
  const { execs, files, actions, unknowns, syntax } = analyse({ command: `pwsh -Command ${inQuotes(command)}`, ...place })
  return {
    execs: execs.map((exec, i) => ({ ...exec, span, via: exec.via.slice(1), transparent: i === 0 || exec.transparent })),
    files: files.map(file => ({ ...file, span })),
    actions: actions.map(each => ({ ...each, span })),
    unknowns: unknowns.map(unknown => ({ ...unknown, span })),
    syntax,
  }
}

function textOf(map: ValueMap, name: string): string | undefined {
  const value = own(map, name)
  return typeof value === 'string' ? value : undefined
}
