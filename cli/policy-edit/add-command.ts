import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { EXIT, type ExitCode } from '../exit-codes.js'
import type { Invocation } from '../invocation.js'
import { UsageError } from '../usage-error.js'
import { addStatement, type NewStatement } from './add-statement.js'
import { parseConditionFlag } from './condition-flag.js'
import { type FolderFlag, folderOf, isInHome, nextStep, readPolicyFile, writeIfValid } from './policy-folder.js'

export interface AddFlags extends FolderFlag {
  readonly sid: string
  readonly effect: string
  readonly actions: readonly string[]
  readonly condition?: readonly string[]
  readonly match?: string
  readonly reason?: string
  readonly file: string
}

export function addPolicy(call: Invocation<AddFlags>): ExitCode {
  const folder = folderOf(call)
  const name = fileName(call.options.file)
  const path = join(folder, name)
  const { effect, sid } = call.options
  if (/^allow$/i.test(effect.trim()) && isInHome(call.home, folder)) call.confirm({ what: `allow what \`${sid}\` is about`, word: sid })
  const text = existsSync(path) ? readPolicyFile(path) : ''
  if (!writeIfValid(call, folder, name, addStatement(name, text, statementOf(call.options)))) return EXIT.findings
  call.out(`added \`${call.options.sid}\` to ${path}\n${nextStep(call.options)}\n`)
  return EXIT.fine
}

/** A file of the folder itself: only those are part of the policy. */
function fileName(file: string): string {
  if (file !== basename(file)) throw new UsageError(`expected a file name, found the path \`${file}\``, 'name the folder with `--dir`')
  if (!/\.ya?ml$/.test(file)) throw new UsageError(`a policy file ends in \`.yaml\`, found \`${file}\``)
  if (/\.test\.ya?ml$/.test(file)) throw new UsageError(`\`${file}\` is for tests, not for statements`)
  return file
}

function statementOf({ sid, effect, actions, condition, match, reason }: AddFlags): NewStatement {
  return {
    sid,
    effect,
    actions,
    conditions: (condition ?? []).map(parseConditionFlag),
    ...(match === undefined ? {} : { match }),
    ...(reason === undefined ? {} : { reason }),
  }
}
