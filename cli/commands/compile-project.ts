import type { Command } from 'commander'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { type Invocation, runs } from '../invocation.js'
import { compileProject, type Said } from '../layers/compile-project.js'
import { isTrusted } from '../layers/trusted-projects.js'
import { nodeHost } from '../../runtime/host/node.js'

/** What a hook's command line calls, in a process that it can end. */
export function define(command: Command): void {
  command.argument('<root>')
  runs<object>(command, compile)
}

function compile({ operands, home, out }: Invocation<object>): ExitCode {
  const [root = ''] = operands
  const real = nodeHost.realPath(root)
  const compiled = compileProject(root, digest => real !== undefined && isTrusted(home, real, digest))
  out(
    JSON.stringify(compiled.kind === 'compiled' ? { ...compiled, table: Buffer.from(compiled.table).toString('base64') } : told(compiled)),
  )
  return EXIT.fine
}

function told(compiled: Exclude<ReturnType<typeof compileProject>, { readonly kind: 'compiled' }>): Said {
  return compiled.kind === 'none' ? { kind: 'none' } : { kind: 'unreadable', why: compiled.why }
}
