import { constants, copyFileSync, mkdirSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { homeBundles } from '../bundle-target.js'
import { compileInto } from '../compile-into.js'
import { type CompiledLayers, compileHome, compileUserLayer, reported } from '../layers/compiled-layers.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { confirmReplacing } from '../guard/replacing-bundles.js'
import { examples, type Invocation, runs } from '../invocation.js'
import { packagedPolicies } from '../package-files.js'
import { columns } from '../render/columns.js'
import { isInForce, setMode } from '../set-mode.js'
import { fileProblem, UsageError } from '../usage-error.js'

interface InitFlags {
  readonly dir?: string
  readonly observe?: boolean
  readonly preset?: string
  readonly pack?: readonly string[]
}

export function define(command: Command): void {
  examples(command, ['agsec init', 'agsec init --observe', 'agsec init --preset balanced --pack docker cloud', 'agsec init --dir policies'])
  command
    .option('--dir <dir>', 'put the policies there instead of ~/.agsec/policies, and compile nothing into ~/.agsec')
    .option('--preset <name>', `other defaults: ${presets().join(', ')}`)
    .option('--pack <name...>', `statements for more: ${packs().join(', ')}`)
    .option('--observe', 'start by letting everything through and recording what would have happened')
  runs<InitFlags>(command, init)
}

function init(call: Invocation<InitFlags>): ExitCode {
  const folder = call.options.dir === undefined ? call.home.policies : resolve(call.options.dir)
  const isFirst = !isInForce(call.home)
  for (const { name, copied } of copyPolicies(folder, chosen(call.options)))
    call.out(`${copied ? 'wrote' : 'kept '}  ${join(folder, name)}\n`)
  const compiled = reported(call, call.options.dir === undefined ? compileHome(call.home) : compileUserLayer([folder]))
  if (compiled === undefined) return EXIT.findings
  if (call.options.dir === undefined) putInForce(call, compiled)
  if (call.options.observe === true) setMode(call, 'observe', isFirst)
  call.out(nextSteps(call.options.dir))
  return EXIT.fine
}

function putInForce(call: Invocation<InitFlags>, compiled: CompiledLayers): void {
  const bundles = homeBundles(call.home)
  confirmReplacing(call, bundles, compiled.sourceDigest)
  for (const bundle of bundles) call.out(compileInto(bundle, compiled))
}

interface Copied {
  readonly name: string
  readonly copied: boolean
}

function presets(): readonly string[] {
  return readdirSync(join(packagedPolicies(), 'presets')).sort()
}

function packs(): readonly string[] {
  return policyFiles(join(packagedPolicies(), 'packs')).map(name => name.slice(0, -'.yaml'.length))
}

function policyFiles(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter(name => name.endsWith('.yaml'))
    .sort()
}

/** The files to copy, by name: a preset's stand in place of the default ones. */
function chosen({ preset, pack = [] }: InitFlags): ReadonlyMap<string, string> {
  if (preset !== undefined) known('preset', preset, presets())
  for (const name of pack) known('pack', name, packs())
  const root = packagedPolicies()
  const folders = preset === undefined ? [root] : [root, join(root, 'presets', preset)]
  const files = folders.flatMap(folder => policyFiles(folder).map(name => [name, join(folder, name)] as const))
  return new Map([...files, ...pack.map(name => [`${name}.yaml`, join(root, 'packs', `${name}.yaml`)] as const)])
}

function known(kind: string, name: string, names: readonly string[]): void {
  if (!names.includes(name)) throw new UsageError(`there is no ${kind} \`${name}\`, expected one of ${names.join(', ')}`)
}

/** Never writes over a file: what is there is somebody's policy. */
function copyPolicies(folder: string, files: ReadonlyMap<string, string>): readonly Copied[] {
  try {
    mkdirSync(folder, { recursive: true })
    return [...files].map(([name, from]) => ({ name, copied: copyNew(from, join(folder, name)) }))
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
