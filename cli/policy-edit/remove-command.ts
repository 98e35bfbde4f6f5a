import { join } from 'node:path'
import type { Statement } from '../../compiler/ast.js'
import { sourceLine } from '../../compiler/source.js'
import { compilePaths, report } from '../compile-paths.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import type { Invocation } from '../invocation.js'
import { UsageError } from '../usage-error.js'
import { type FolderFlag, folderOf, isInHome, nextStep, readPolicyFile, writeIfValid } from './policy-folder.js'
import { removeStatement } from './remove-statement.js'

export function removePolicy(call: Invocation<FolderFlag>): ExitCode {
  const folder = folderOf(call)
  const [sid = ''] = call.operands
  if (isInHome(call.home, folder)) call.confirm({ what: `remove the statement \`${sid}\``, word: sid })
  const compiled = compilePaths([folder], { emit: false, verify: false })
  for (const { path } of compiled.sources) {
    const text = removeStatement(path, readPolicyFile(join(folder, path)), statement => statement.sid === sid)
    if (text !== undefined) return writeWithout(call, folder, path, text)
  }
  const generated = compiled.policy?.statements.find(statement => statement.sid === sid)
  if (generated !== undefined) return removeGenerated(call, folder, generated, compiled.policy?.statements ?? [])
  return notFound(call, folder, sid, compiled)
}

/** A statement without a sid of its own is found by its place in the file's list. */
function removeGenerated(call: Invocation<FolderFlag>, folder: string, statement: Statement, all: readonly Statement[]): ExitCode {
  const { path } = statement.span.source
  const place = all.filter(each => each.span.source.path === path).indexOf(statement)
  const text = removeStatement(path, readPolicyFile(join(folder, path)), (_each, index) => index === place)
  if (text === undefined) throw new Error(`the statement at ${sourceLine(statement.span)} is not in its file's list`)
  return writeWithout(call, folder, path, text)
}

function writeWithout(call: Invocation<FolderFlag>, folder: string, name: string, text: string): ExitCode {
  if (!writeIfValid(call, folder, name, text)) return EXIT.findings
  call.out(`removed \`${call.operands[0] ?? ''}\` from ${join(folder, name)}\n${nextStep(call.options)}\n`)
  return EXIT.fine
}

function notFound(call: Invocation<FolderFlag>, folder: string, sid: string, compiled: ReturnType<typeof compilePaths>): ExitCode {
  if (compiled.policy === undefined) report(call, compiled.diagnostics)
  throw new UsageError(`no statement \`${sid}\` in ${folder}`, 'run `agsec policy list`')
}
