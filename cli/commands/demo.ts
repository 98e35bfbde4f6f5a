import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { homeBundle } from '../bundle-target.js'
import { compileInto } from '../compile-into.js'
import { compileUserLayer, reported } from '../layers/compiled-layers.js'
import { recordedCalls } from '../demo/inputs.js'
import { play, type PlayedCall } from '../demo/play.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { homeAt } from '../home.js'
import { examples, type Invocation, runs } from '../invocation.js'
import { packagedPolicies } from '../package-files.js'
import { demoText } from '../render/demo-text.js'

export function define(command: Command): void {
  examples(command, ['agsec demo'])
  command.addHelpText('after', '\nChanges nothing on this machine. Exits 1 unless every decision is the recorded one.')
  runs(command, demo)
}

function demo(call: Invocation<object>): ExitCode {
  const folder = mkdtempSync(join(tmpdir(), 'agsec-demo-'))
  try {
    return playIn(call, folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function playIn(call: Invocation<object>, folder: string): ExitCode {
  const home = homeAt(folder)
  const compiled = reported(call, compileUserLayer([packagedPolicies()]))
  if (compiled === undefined) return EXIT.findings
  call.out(`${compileInto(homeBundle(home, 'node'), compiled)}\n`)
  const played = play(home, recordedCalls())
  call.out(demoText(played, call.colour))
  return played.every(isAsRecorded) ? EXIT.fine : EXIT.findings
}

function isAsRecorded({ recorded, decision, record }: PlayedCall): boolean {
  return decision === recorded.decision && record !== undefined
}
