import type { Statement } from '../../compiler/ast.js'
import { sourceLine } from '../../compiler/source.js'
import { compilePaths, report } from '../compile-paths.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import type { Invocation } from '../invocation.js'
import { columns } from '../render/columns.js'
import { decisionWord } from '../render/result-text.js'
import { type FolderFlag, folderOf } from './policy-folder.js'

export interface ListFlags extends FolderFlag {
  readonly json?: boolean
}

export function listPolicy(call: Invocation<ListFlags>): ExitCode {
  const { policy, diagnostics } = compilePaths([folderOf(call)], { emit: false, verify: false })
  report(call, diagnostics)
  if (policy === undefined) return EXIT.findings
  const rows = policy.statements.map(plain)
  call.out(
    call.options.json === true
      ? `${JSON.stringify({ default: policy.default ?? 'deny', statements: rows })}\n`
      : listText(call, rows, policy.default),
  )
  return EXIT.fine
}

interface Row {
  readonly sid: string
  readonly effect: Statement['effect']
  readonly actions: readonly string[]
  readonly reason?: string
  readonly source: string
}

function plain({ sid, effect, actions, reason, span }: Statement): Row {
  const globs = actions.map(({ glob }) => glob)
  return { sid, effect, actions: globs, ...(reason === undefined ? {} : { reason }), source: sourceLine(span) }
}

function listText(call: Invocation<ListFlags>, rows: readonly Row[], fallback: Statement['effect'] = 'deny'): string {
  const { colour } = call
  const lines = rows.map(({ sid, effect, actions, source }) => [decisionWord(effect, colour), sid, actions.join(' '), colour.dim(source)])
  return `${columns(lines)}${decisionWord(fallback, colour)}  by default, where no statement applies\n`
}
