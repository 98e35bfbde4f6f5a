/** The hook as a process beside the least that a hook can be: plain, and as `agsec install` sets it up. */
import { join } from 'node:path'
import { FIXED_HASH_SEED } from '../../cli/engine/engine-kind.js'
import { claudeCode } from '../../runtime/agents/claude-code.js'
import { hookCommand } from '../../cli/install/hook-command.js'
import { packageFile } from '../../compiler/package-root.js'
import { fileURLToPath } from 'node:url'
import type { Built } from '../built.js'
import { type Contender, measureCold } from '../cold.js'
import type { Effort } from '../effort.js'
import type { Section } from '../report.js'

export function doNothing(): Contender {
  const script = fileURLToPath(packageFile('bench/empty-hook.cjs'))
  return { name: 'a do-nothing Node hook', command: process.execPath, args: [script], allows: 10 }
}

const NO_CLI = '/nonexistent'

export function hookContender(folder: string, { size, bundlePath }: Built, name = `agsec hook, ${size} statements`): Contender {
  const facts = ['--agsec-home', join(folder, 'home'), '--home', folder, '--user', 'u', '--cli', process.execPath, NO_CLI]
  const args = [bundlePath, 'hook', 'claude-code', ...facts]
  return { name, command: process.execPath, args, allows: 10 }
}

/** Through a shell, as the platform runs what stands in its settings. */
function installedContender(folder: string, { size, bundlePath }: Built, flags: readonly string[] = []): Contender {
  const command = hookCommand(
    {
      engine: [process.execPath, ...flags],
      bundle: bundlePath,
      agsecHome: join(folder, 'home'),
      home: folder,
      user: 'u',
      cli: [process.execPath, NO_CLI],
    },
    claudeCode,
  )
  return {
    name: `agsec hook as installed${flags.length === 0 ? '' : ' with --fast-start'}, ${size} statements`,
    command: '/bin/sh',
    args: ['-c', command],
    allows: 0,
  }
}

export function measureColdHook(folder: string, built: readonly Built[], { coldRounds, limitMs }: Effort): Section {
  const plain = built.map(each => hookContender(folder, each))
  const installed = built.map(each => installedContender(folder, each))
  const fast = built.map(each => installedContender(folder, each, [FIXED_HASH_SEED]))
  const measured = measureCold([doNothing(), ...plain, ...installed, ...fast], coldRounds, limitMs)
  const figures: Record<string, number> = {}
  built.forEach(({ size }, i) => {
    figures[`cold.plain.${size}`] = measured[1 + i]?.ratio ?? Number.NaN
    figures[`cold.installed.${size}`] = measured[1 + built.length + i]?.ratio ?? Number.NaN
    figures[`cold.fast.${size}`] = measured[1 + 2 * built.length + i]?.ratio ?? Number.NaN
  })
  return {
    figures,
    tables: [
      {
        title: 'The hook, cold: spawn to exit, decision and audit line included',
        columns: ['process', 'to a do-nothing hook', 'median ms'],
        rows: measured.map(({ name, ratio, medianMs }) => [name, ratio.toFixed(2), medianMs.toFixed(1)]),
      },
    ],
  }
}
