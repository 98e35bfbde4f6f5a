/** The hook as a process beside the least that a hook can be: plain, and as `agsec install` sets it up. */
import { copyFileSync, mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { hasCodeCache } from '../../cli/engine/code-cache.js'
import { quickFlagsOf } from '../../cli/engine/choose.js'
import { claudeCode } from '../../runtime/agents/claude-code.js'
import { hookCommand } from '../../cli/install/hook-command.js'
import { packageFile } from '../../compiler/package-root.js'
import { fileURLToPath } from 'node:url'
import { type Built, keepCode } from '../built.js'
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

/** Through a shell, as the platform runs what stands in its settings, and with flags of Node's, which take a code cache of their own. */
function installedContender(folder: string, built: Built): Contender {
  const quickFlags = quickFlagsOf('node', process.execPath)
  const bundle = copyOf(built, join(folder, 'quick'))
  if (!hasCodeCache(bundle, 'node')) keepCode(bundle, quickFlags)
  return { name: `agsec hook as installed, ${built.size} statements`, ...throughShell(folder, bundle, quickFlags) }
}

/** The same without these flags. */
function slowContender(folder: string, { size, bundlePath }: Built): Contender {
  return { name: `agsec hook as installed with --no-fast-start, ${size} statements`, ...throughShell(folder, bundlePath, []) }
}

function withoutCodeCache(folder: string, built: Built): Contender {
  const bundlePath = copyOf(built, join(folder, 'plain'))
  return hookContender(folder, { ...built, bundlePath }, `agsec hook without a code cache, ${built.size} statements`)
}

function throughShell(folder: string, bundle: string, quickFlags: readonly string[]): Omit<Contender, 'name'> {
  const command = hookCommand(
    {
      engine: [process.execPath],
      quickFlags,
      bundle,
      agsecHome: join(folder, 'home'),
      home: folder,
      user: 'u',
      cli: [process.execPath, NO_CLI],
    },
    claudeCode,
  )
  return { command: '/bin/sh', args: ['-c', command], allows: 0 }
}

/** The bundle with what it cannot do without. */
function copyOf({ bundlePath, dataPath }: Built, folder: string): string {
  mkdirSync(folder, { recursive: true })
  for (const path of [bundlePath, `${bundlePath}.stamp.json`, dataPath]) copyFileSync(path, join(folder, basename(path)))
  return join(folder, basename(bundlePath))
}

export function measureColdHook(folder: string, built: readonly Built[], { coldRounds, limitMs }: Effort): Section {
  const plain = built.map(each => hookContender(folder, each))
  const installed = built.map(each => installedContender(folder, each))
  const slow = built.map(each => slowContender(folder, each))
  const without = built.map(each => withoutCodeCache(folder, each))
  const measured = measureCold([doNothing(), ...plain, ...installed, ...slow, ...without], coldRounds, limitMs)
  const figures: Record<string, number> = {}
  built.forEach(({ size }, i) => {
    figures[`cold.plain.${size}`] = measured[1 + i]?.ratio ?? Number.NaN
    figures[`cold.installed.${size}`] = measured[1 + built.length + i]?.ratio ?? Number.NaN
    figures[`cold.slow.${size}`] = measured[1 + 2 * built.length + i]?.ratio ?? Number.NaN
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
