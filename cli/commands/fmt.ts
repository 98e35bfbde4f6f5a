import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { compile } from '../../compiler/compile.js'
import { loadSources } from '../../compiler/load.js'
import { hasErrors, report } from '../compile-paths.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { formatPolicy } from '../format/format-policy.js'
import { sameMeaning } from '../format/same-meaning.js'
import { examples, type Invocation, runs } from '../invocation.js'
import { readPolicyFile } from '../policy-edit/policy-folder.js'
import { counted } from '../render/counted.js'
import { shownPath } from '../render/shown-path.js'
import { replaceFile } from '../replace-file.js'
import { fileProblem, UsageError } from '../usage-error.js'

interface FormatFlags {
  readonly check?: boolean
}

export function define(command: Command): void {
  examples(command, ['agsec fmt', 'agsec fmt policies/', 'agsec fmt --check'])
  command
    .argument('[paths...]', 'files and folders of policies (default: ~/.agsec/policies)')
    .option('--check', 'write nothing; exit 1 and name the files that are not in form')
  runs<FormatFlags>(command, formatPaths)
}

type Outcome = 'formatted' | 'unchanged' | 'errors'

function formatPaths(call: Invocation<FormatFlags>): ExitCode {
  const { root, sources, diagnostics } = loadSources(call.operands.length === 0 ? [call.home.policies] : call.operands)
  report(call, diagnostics)
  const outcomes = sources.map(({ path }) => formatFile(call, join(root, path)))
  const count = (outcome: Outcome) => outcomes.filter(each => each === outcome).length
  const done = call.options.check === true ? 'to format' : 'formatted'
  const errors = count('errors') > 0 ? `, ${count('errors')} with errors` : ''
  call.out(`${counted(count('formatted'), 'file')} ${done}, ${count('unchanged')} unchanged${errors}\n`)
  const found = hasErrors(diagnostics) || count('errors') > 0 || (call.options.check === true && count('formatted') > 0)
  return found ? EXIT.findings : EXIT.fine
}

/** A file with errors is reported and left alone. */
function formatFile(call: Invocation<FormatFlags>, path: string): Outcome {
  const text = readPolicyFile(path)
  const { ir, diagnostics } = compileText(path, text)
  if (ir === undefined) {
    report(
      call,
      diagnostics.filter(({ severity }) => severity === 'error'),
    )
    return 'errors'
  }
  const formatted = formatPolicy(text)
  if (formatted === text) return 'unchanged'
  const after = compileText(path, formatted).ir
  if (after === undefined || !sameMeaning(ir, after)) throw new Error(`formatting would change the meaning of ${path}`)
  if (call.options.check !== true) write(path, formatted)
  call.out(`${shownPath(path)}\n`)
  return 'formatted'
}

/** The file alone: what others say of it does not matter here. */
function compileText(path: string, text: string) {
  return compile([{ path: shownPath(path), text: text.replace(/^\ufeff/, '') }], { emit: false, protection: [] })
}

/** A link stays a link. */
function write(path: string, text: string): void {
  try {
    replaceFile(realpathSync(path), text)
  } catch (error) {
    throw new UsageError(`cannot write \`${path}\`: ${fileProblem(error)}`)
  }
}
