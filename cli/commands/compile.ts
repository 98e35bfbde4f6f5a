import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { printIr } from '../../compiler/ir/print.js'
import type { CompiledLayer, LayersOptions } from '../../compiler/layers/compile-layers.js'
import { statsOf } from '../../compiler/stats.js'
import { printTable } from '../../compiler/table/print-table.js'
import { Watch } from '../../compiler/watch.js'
import { openDecider } from '../../runtime/decide/open.js'
import { nodeHost } from '../../runtime/host/node.js'
import { readStamp } from '../../runtime/host/source-stamp.js'
import { bundleIsCurrent } from '../bundle-files.js'
import { type BundleFile, bundleFor, homeBundle, homeBundles, targetOf } from '../bundle-target.js'
import { compileInto } from '../compile-into.js'
import { hasErrors, report } from '../compile-paths.js'
import { refreshCodeCache } from '../engine/code-cache.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { confirmReplacing } from '../guard/replacing-bundles.js'
import type { Home } from '../home.js'
import { examples, type Invocation, runs } from '../invocation.js'
import { type CompiledLayers, compileHome, compileStamped, compileUserLayer, reported } from '../layers/compiled-layers.js'
import { forgetProjects } from '../layers/project-state.js'
import { inlineTests } from '../policy-tests/policy-test.js'
import { runTests } from '../policy-tests/run-tests.js'
import { statsText } from '../render/stats-text.js'
import { shownPath } from '../render/shown-path.js'
import { failuresText } from '../render/test-text.js'
import { addPassOption, passesBut } from '../pass-option.js'
import { verificationText } from '../render/verification-text.js'
import { replaceFile } from '../replace-file.js'
import { UsageError } from '../usage-error.js'
import { verifyBundle } from '../verify-bundle.js'

interface CompileFlags {
  readonly output?: string
  readonly target?: string
  readonly emit?: string
  readonly check?: boolean
  readonly stats?: boolean
  readonly json?: boolean
  readonly without?: readonly string[]
  readonly verify?: string
}

export function define(command: Command): void {
  examples(command, [
    'agsec compile',
    'agsec compile policies -o policy.bundle.cjs',
    'agsec compile --check',
    'agsec compile --verify policy.bundle.cjs',
    'agsec compile --emit ir',
    'agsec compile --stats',
  ])
  command
    .argument('[paths...]', 'files and folders of policies (default: ~/.agsec/policies)')
    .option('-o, --output <file>', 'where the bundle goes (default: the bundles in ~/.agsec)')
    .option(
      '--target <engine>',
      'what runs the bundle: `node` (the default), `bun` (the same file), `qjs`, or `esm`, one module for code anywhere',
    )
    .option('--emit <what>', 'print as text instead of writing a bundle: `ir`, the compiled policy; `table`, what the bundle holds of it')
    .option('--check', 'write nothing; exit 1 unless the bundle is what the sources give and their inline tests pass')
    .option('--verify <file>', 'write nothing; prove that the bundle says what the policies say (default: those that it was compiled from)')
    .option('--stats', 'say also what each pass did, what no index finds, and where bytes and time went')
    .option('--json', 'the figures of --stats as JSON, and nothing else')
  addPassOption(command)
  runs<CompileFlags>(command, compileCommand)
}

function compileCommand(call: Invocation<CompileFlags>): ExitCode {
  checkFlags(call.options)
  const { emit, check, without } = call.options
  if (call.options.verify !== undefined) return verify(call, resolve(call.options.verify))
  const outputs = outputsOf(call)
  const watch = new Watch()
  const compiled = reported(call, compileFor(call, outputs, { passes: passesBut(without), watch }))
  if (compiled === undefined) return afterErrors(call, outputs)
  if (emit !== undefined)
    return emitText(call, layersText(compiled, emit === 'ir' ? ({ ir }) => printIr(ir) : ({ table }) => printTable(table)))
  return check === true ? checkBundles(call, outputs, compiled) : write(call, outputs, compiled, watch)
}

function checkFlags({ emit, check, stats, json }: CompileFlags): void {
  if (emit !== undefined && emit !== 'ir' && emit !== 'table') throw new UsageError(`cannot emit \`${emit}\`, expected \`ir\` or \`table\``)
  const [first, second] = [emit !== undefined && '--emit', check === true && '--check', stats === true && '--stats'].filter(Boolean)
  if (second !== undefined) throw new UsageError(`\`${first}\` and \`${second}\` exclude each other`)
  if (json === true && stats !== true) throw new UsageError('`--json` goes with `--stats`')
}

function verify(call: Invocation<CompileFlags>, path: string): ExitCode {
  const { emit, check, output, target } = call.options
  if ([emit, check, output, target].some(flag => flag !== undefined)) throw new UsageError('`--verify` goes with no other option')
  const compiled = reported(call, compileOf(call, path))
  if (compiled === undefined) return EXIT.findings
  const { diagnostics, verification } = verifyBundle(path, compiled)
  report(call, diagnostics)
  if (hasErrors(diagnostics) || verification === undefined) return EXIT.findings
  call.out(`${shownPath(path)} says what the policies say: ${verificationText(verification)}\n`)
  return EXIT.fine
}

/** What is named; else what the bundle was compiled from. */
function compileOf(call: Invocation<CompileFlags>, bundle: string): CompiledLayers {
  const { home, operands } = call
  if (operands.length > 0) return compileFor(call, [{ path: bundle, target: 'node' }], UNPROVED)
  const stamp = readStamp(nodeHost, bundle)
  return stamp === undefined ? compileHome(home, UNPROVED) : compileStamped(home, stamp, UNPROVED)
}

/** What is proved is the table on disk. */
const UNPROVED: LayersOptions = { verify: false }

/** The layers of this home where its bundles are compiled, with the operands for the user's; elsewhere the operands alone. */
function compileFor(call: Invocation<CompileFlags>, outputs: readonly BundleFile[], options: LayersOptions): CompiledLayers {
  const { home, operands } = call
  if (operands.length === 0) return compileHome(home, options)
  return areOfHome(home, outputs) ? compileHome(home, options, operands) : compileUserLayer(operands, options)
}

function areOfHome(home: Home, outputs: readonly BundleFile[]): boolean {
  return outputs.some(({ path }) => path === home.bundle || path === home.quickjsBundle)
}

/** One layer as it is; of several each under its name. */
function layersText({ layers }: CompiledLayers, print: (layer: CompiledLayer) => string): string {
  return layers.map(layer => (layers.length === 1 ? print(layer) : `layer ${layer.traits.name}\n\n${print(layer)}`)).join('\n')
}

/** The file named; else the bundle of the target named; else those in agsec's home, that for QuickJS only if there is one. */
function outputsOf({ home, options }: Invocation<CompileFlags>): readonly BundleFile[] {
  const target = targetOf(options.target)
  if (options.output !== undefined) return [{ path: resolve(options.output), target: target ?? 'node' }]
  if (target === 'esm') throw new UsageError('`--target esm` goes with `--output`', 'write it to where your code imports it from')
  return target === undefined ? homeBundles(home) : [homeBundle(home, target)]
}

function afterErrors(call: Invocation<CompileFlags>, outputs: readonly BundleFile[]): ExitCode {
  if (call.options.check !== true && call.options.emit === undefined) {
    for (const { path } of outputs) if (exists(path)) call.err(`nothing was written; ${shownPath(path)} stays as it was\n`)
  }
  return EXIT.findings
}

function emitText(call: Invocation<CompileFlags>, text = ''): ExitCode {
  if (call.options.output === undefined) call.out(text)
  else replaceFile(resolve(call.options.output), text)
  return EXIT.fine
}

function write(call: Invocation<CompileFlags>, outputs: readonly BundleFile[], compiled: CompiledLayers, watch: Watch): ExitCode {
  confirmReplacing(call, outputs, compiled.sourceDigest)
  const written = watch.time('emit', () => outputs.map(output => compileInto(output, compiled)).join(''))
  // Whoever compiles takes the policies as they are, those of projects too.
  if (areOfHome(call.home, outputs)) {
    forgetProjects(call.home)
    refreshCodeCache(call.home)
  }
  if (call.options.stats !== true) call.out(written)
  else if (call.options.json === true) call.out(`${JSON.stringify(statsJson(compiled, watch))}\n`)
  else call.out(`${written}\n${layersText(compiled, layer => statsText(statsOf(layer, watchOf(layer, compiled, watch))))}`)
  return EXIT.fine
}

/** Of one layer its figures; of several those of each, with its name. */
function statsJson(compiled: CompiledLayers, watch: Watch): unknown {
  const [first, ...more] = compiled.layers.map(layer => ({
    layer: layer.traits.name,
    stats: statsOf(layer, watchOf(layer, compiled, watch)),
  }))
  return more.length === 0 ? first?.stats : { layers: [first, ...more].map(each => ({ layer: each?.layer, ...each?.stats })) }
}

/** What a layer took; where it is the only one, reading and writing too. */
function watchOf(layer: CompiledLayer, { layers }: CompiledLayers, whole: Watch): Watch {
  return layers.length === 1 ? whole : layer.watch
}

function checkBundles(call: Invocation<CompileFlags>, outputs: readonly BundleFile[], compiled: CompiledLayers): ExitCode {
  const stale = outputs.filter(output => !isCurrent(output, compiled))
  for (const { path } of stale) call.err(`${whyStale(path)}\n  help: run \`agsec compile\`\n`)
  const fine = failedTests(call, compiled) === 0 && stale.length === 0
  if (fine) for (const { path } of outputs) call.out(`${shownPath(path)} is up to date and its inline tests pass\n`)
  return fine ? EXIT.fine : EXIT.findings
}

function isCurrent({ path, target }: BundleFile, compiled: CompiledLayers): boolean {
  const bundle = bundleFor(target, compiled)
  return bundle !== undefined && bundleIsCurrent(path, bundle)
}

function whyStale(path: string): string {
  return exists(path) ? `${shownPath(path)} is not what the sources give` : `there is no bundle ${shownPath(path)}`
}

/** Each layer's tests are put to that layer: what another makes of it is that one's. */
function failedTests(call: Invocation<CompileFlags>, { layers }: CompiledLayers): number {
  const failures = layers.flatMap(({ policy, table }) => {
    const decider = openDecider(table)
    return runTests(inlineTests(policy), each => decider.decide(each)).filter(outcome => outcome.failure !== undefined)
  })
  call.err(failuresText(failures, call.errColour))
  return failures.length
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined
}
