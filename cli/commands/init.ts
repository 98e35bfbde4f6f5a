import { constants, copyFileSync, mkdirSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { homeBundles } from '../bundle-target.js'
import { compileInto } from '../compile-into.js'
import { compileOrReport } from '../compile-paths.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { examples, type Invocation, runs } from '../invocation.js'
import { packagedPolicies } from '../package-files.js'
import { columns } from '../render/columns.js'
import { setMode } from '../set-mode.js'
import { fileProblem, UsageError } from '../usage-error.js'

interface InitFlags {
  readonly dir?: string
  readonly observe?: boolean
}

export function define(command: Command): void {
  examples(command, ['agsec init', 'agsec init --observe', 'agsec init --dir policies'])
  command
    .option('--dir <dir>', 'put the policies there instead of ~/.agsec/policies, and compile nothing into ~/.agsec')
    .option('--observe', 'start by letting everything through and recording what would have happened')
  runs<InitFlags>(command, init)
}

function init(call: Invocation<InitFlags>): ExitCode {
  const folder = call.options.dir === undefined ? call.home.policies : resolve(call.options.dir)
  for (const { name, copied } of copyPolicies(folder)) call.out(`${copied ? 'wrote' : 'kept '}  ${join(folder, name)}\n`)
  const compiled = compileOrReport(call, [folder], { emit: false })
  if (compiled === undefined) return EXIT.findings
  if (call.options.dir === undefined) for (const bundle of homeBundles(call.home)) call.out(compileInto(bundle, compiled))
  if (call.options.observe === true) setMode(call, 'observe')
  call.out(nextSteps(call.options.dir))
  return EXIT.fine
}

interface Copied {
  readonly name: string
  readonly copied: boolean
}

/** Never writes over a file: what is there is somebody's policy. */
function copyPolicies(folder: string): readonly Copied[] {
  try {
    mkdirSync(folder, { recursive: true })
    return readdirSync(packagedPolicies())
      .filter(name => name.endsWith('.yaml'))
      .sort()
      .map(name => ({ name, copied: copyNew(join(packagedPolicies(), name), join(folder, name)) }))
  } catch (error) {
    throw new UsageError(`cannot write the policies into \`${folder}\`: ${fileProblem(error)}`)
  }
}

function copyNew(from: string, to: string): boolean {
  try {
    copyFileSync(from, to, constants.COPYFILE_EXCL)
    return true
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function nextSteps(dir: string | undefined): string {
  const steps =
    dir === undefined
      ? [
          ['agsec install claude-code', 'let Claude Code ask agsec before every tool call'],
          ["agsec check --command 'git push --force'", 'see a decision'],
          ['agsec compile', 'after you have edited the policies'],
        ]
      : [
          [`agsec test ${dir}`, "run the policies' tests"],
          [`agsec compile ${dir} -o policy.bundle.cjs`, 'compile them'],
        ]
  return `\nnext:\n${columns(steps.map(([command = '', why = '']) => [`  ${command}`, why]))}`
}
