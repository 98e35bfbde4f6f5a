/** A shell command of an agent as the call that a policy decides. */
import type { RealPath } from '../decide/real-request.js'
import type { Call, Request, ValueMap } from '../decide/request.js'
import { own } from '../decide/value.js'
import type { Files } from './analysis.js'
import { analyse } from './analyse.js'
import { requestsOf } from './requests.js'

/** What is known of the machine that the command would run on. */
export interface ShellFacts {
  readonly realPath: RealPath
  readonly files?: Files
}

/** @param request one with a command in its parameters */
export function expandShell(request: Request, { realPath, files }: ShellFacts): Call {
  const { context } = request
  const command = textOf(request.params, 'command') ?? ''
  const analysis = analyse({
    command,
    cwd: textOf(context, 'cwd'),
    home: textOf(context, 'home'),
    projectRoot: textOf(context, 'project_root'),
    user: textOf(context, 'user'),
    ...(files === undefined ? {} : { files }),
  })
  return requestsOf(request, command, analysis, realPath)
}

function textOf(map: ValueMap, name: string): string | undefined {
  const value = own(map, name)
  return typeof value === 'string' ? value : undefined
}
