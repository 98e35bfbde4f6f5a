import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { printIr } from '../../compiler/ir/print.js'
import { openDecider } from '../../runtime/decide/open.js'
import { bundleIsCurrent } from '../bundle-files.js'
import { compileInto } from '../compile-into.js'
import { type CompiledPaths, compileOrReport } from '../compile-paths.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { examples, type Invocation, runs } from '../invocation.js'
import { inlineTests } from '../policy-tests/policy-test.js'
import { runTests } from '../policy-tests/run-tests.js'
import { shownPath } from '../render/shown-path.js'
import { failuresText } from '../render/test-text.js'
import { replaceFile } from '../replace-file.js'
import { UsageError } from '../usage-error.js'

interface CompileFlags {
  readonly output?: string
  readonly emit?: string
  readonly check?: boolean
}

export function define(command: Command): void {
  examples(command, ['agsec compile', 'agsec compile policies -o policy.bundle.cjs', 'agsec compile --check', 'agsec compile --emit ir'])
  command
    .argument('[paths...]', 'files and folders of policies (default: ~/.agsec/policies)')
    .option('-o, --output <file>', 'where the bundle goes (default: ~/.agsec/policy.bundle.cjs)')
    .option('--emit <what>', '`ir`: print the compiled policy as text instead of writing a bundle')
    .option('--check', 'write nothing; exit 1 unless the bundle is what the sources give and their inline tests pass')
  runs<CompileFlags>(command, compileCommand)
}

function compileCommand(call: Invocation<CompileFlags>): ExitCode {
  const { emit, check } = call.options
  if (emit !== undefined && emit !== 'ir') throw new UsageError(`cannot emit \`${emit}\`, expected \`ir\``)
  if (emit !== undefined && check === true) throw new UsageError('`--emit` and `--check` exclude each other')
  const compiled = compileOrReport(call, policyPaths(call), { emit: emit === undefined })
  if (compiled === undefined) return afterErrors(call)
  if (emit === 'ir') return emitIr(call, compiled)
  return check === true ? checkBundle(call, compiled) : write(call, compiled)
}

function policyPaths(call: Invocation<CompileFlags>): readonly string[] {
  return call.operands.length === 0 ? [call.home.policies] : call.operands
}

function outputPath(call: Invocation<CompileFlags>): string {
  return call.options.output === undefined ? call.home.bundle : resolve(call.options.output)
}

function afterErrors(call: Invocation<CompileFlags>): ExitCode {
  if (call.options.check !== true && call.options.emit === undefined && exists(outputPath(call))) {
    call.err(`nothing was written; ${shownPath(outputPath(call))} stays as it was\n`)
  }
  return EXIT.findings
}

function emitIr(call: Invocation<CompileFlags>, compiled: CompiledPaths): ExitCode {
  const text = compiled.ir === undefined ? '' : printIr(compiled.ir)
  if (call.options.output === undefined) call.out(text)
  else replaceFile(resolve(call.options.output), text)
  return EXIT.fine
}

function write(call: Invocation<CompileFlags>, compiled: CompiledPaths): ExitCode {
  call.out(compileInto(outputPath(call), compiled))
  return EXIT.fine
}

function checkBundle(call: Invocation<CompileFlags>, compiled: CompiledPaths): ExitCode {
  const path = outputPath(call)
  const current = compiled.bundle !== undefined && bundleIsCurrent(path, compiled.bundle)
  const stale = exists(path) ? `${shownPath(path)} is not what the sources give` : `there is no bundle ${shownPath(path)}`
  if (!current) call.err(`${stale}\n  help: run \`agsec compile\`\n`)
  const failed = failedTests(call, compiled)
  if (current && failed === 0) call.out(`${shownPath(path)} is up to date and its inline tests pass\n`)
  return current && failed === 0 ? EXIT.fine : EXIT.findings
}

function failedTests(call: Invocation<CompileFlags>, compiled: CompiledPaths): number {
  if (compiled.table === undefined || compiled.policy === undefined) return 0
  const decider = openDecider(compiled.table)
  const failures = runTests(inlineTests(compiled.policy), each => decider.decide(each)).filter(outcome => outcome.failure !== undefined)
  call.err(failuresText(failures, call.errColour))
  return failures.length
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined
}
