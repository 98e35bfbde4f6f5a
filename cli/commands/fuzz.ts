import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import type { Policy } from '../../compiler/ast.js'
import { openDecider } from '../../runtime/decide/open.js'
import { expandRequest } from '../../runtime/shell/expand-request.js'
import { compileOrReport, report } from '../compile-paths.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { type Attack, attack, type Bounds } from '../fuzz/attack.js'
import { requestOf, type Seed, seedsOf } from '../fuzz/seeds.js'
import { whyNoSandbox } from '../fuzz/sandbox.js'
import { type Judged, unverified, verify } from '../fuzz/verify.js'
import { examples, type Invocation, runs } from '../invocation.js'
import { packagedPolicies } from '../package-files.js'
import { findTestFiles, policyPathsOf } from '../policy-tests/find-test-files.js'
import { inlineTests } from '../policy-tests/policy-test.js'
import { readTestFiles } from '../policy-tests/read-test-file.js'
import { attackText, progressText } from '../render/fuzz-text.js'
import { UsageError } from '../usage-error.js'

interface FuzzFlags {
  readonly minutes?: string
  readonly rewrites?: string
  readonly seed?: string
  readonly verify?: boolean
  readonly json?: boolean
}

export function define(command: Command): void {
  examples(command, [
    'agsec fuzz',
    'agsec fuzz policies --minutes 10',
    'agsec fuzz policies --seed 7 --rewrites 20000 --json',
    'sudo agsec fuzz --verify',
  ])
  command
    .argument('[paths...]', 'files and folders of policies (default: ~/.agsec/policies)')
    .option('--minutes <n>', 'how long to search (default: 1)')
    .option('--rewrites <n>', 'stop after so many rewrites')
    .option('--seed <n>', 'draw the same rewrites again')
    .option('--verify', 'run what got through in a sandbox and leave out what has no effect (Linux, as root)')
    .option('--json', 'what got through as JSON')
  runs<FuzzFlags>(command, fuzz)
}

async function fuzz(call: Invocation<FuzzFlags>): Promise<ExitCode> {
  const bounds = boundsOf(call.options)
  const missing = call.options.verify === true ? whyNoSandbox() : undefined
  if (missing !== undefined)
    throw new UsageError(`\`--verify\` cannot run anything here: ${missing}`, 'leave it out: what gets through is found without it')
  const target = openTarget(call)
  if (target === undefined) return EXIT.findings
  if (target.seeds.length === 0)
    throw new UsageError('the tests of this policy hold no command that it denies or reviews', 'write `tests:` into its statements')
  const made = await attack(target.seeds, target.getsThrough, bounds, progress(call))
  const judged = call.options.verify === true ? verify(made.survivors) : unverified(made.survivors)
  call.out(call.options.json === true ? `${JSON.stringify(plain(made, judged))}\n` : attackText(made, judged, call.colour))
  return judged.some(({ verdict }) => verdict !== 'without effect') ? EXIT.findings : EXIT.fine
}

function boundsOf({ minutes, rewrites, seed }: FuzzFlags): Bounds {
  return {
    minutes: number('minutes', minutes) ?? (rewrites === undefined ? 1 : Number.POSITIVE_INFINITY),
    rewrites: number('rewrites', rewrites) ?? Number.POSITIVE_INFINITY,
    seed: number('seed', seed) ?? Date.now() % 1_000_000,
  }
}

function number(name: string, text: string | undefined): number | undefined {
  const value = Number(text ?? 0)
  if (!Number.isFinite(value) || value < 0) throw new UsageError(`\`--${name}\` takes a number, found \`${text}\``)
  return text === undefined ? undefined : value
}

interface Target {
  readonly seeds: readonly Seed[]
  readonly getsThrough: (seed: Seed, command: string) => boolean
}

/** Undefined where the policy or its tests have errors, which have then been reported. */
function openTarget(call: Invocation<FuzzFlags>): Target | undefined {
  const paths = call.operands.length === 0 ? [defaultPolicies(call)] : call.operands
  const compiled = compileOrReport(call, policyPathsOf(paths), { emit: false, verify: false })
  const files = readTestFiles(findTestFiles(paths))
  report(call, files.diagnostics)
  if (compiled?.table === undefined || compiled.policy === undefined || files.diagnostics.length > 0) return undefined
  const decider = openDecider(compiled.table)
  return {
    seeds: seedsOf(testsOf(compiled.policy, files), each => decider.decide(each)),
    getsThrough: ({ context, files: around }, command) =>
      decider.decide(expandRequest(requestOf(command, context), { realPath: path => path, files: around })).decision === 'allow',
  }
}

function testsOf(policy: Policy, files: ReturnType<typeof readTestFiles>): Parameters<typeof seedsOf>[0] {
  return [...inlineTests(policy), ...files.tests]
}

function defaultPolicies({ home }: Invocation<FuzzFlags>): string {
  return existsSync(home.policies) ? home.policies : packagedPolicies()
}

/** Where somebody is looking. */
function progress({ err }: Invocation<FuzzFlags>): (sofar: Attack) => void {
  return process.stderr.isTTY ? sofar => err(progressText(sofar)) : () => undefined
}

function plain(made: Attack, judged: readonly Judged[]): object {
  const { survivors: _listed, ...figures } = made
  return {
    ...figures,
    survivors: judged.map(({ survivor: { seed, command, techniques, found }, verdict }) => ({
      command,
      techniques,
      found,
      seed: { command: seed.command, decision: seed.decision, sid: seed.sid },
      ...(verdict === undefined ? {} : { verdict }),
    })),
  }
}
