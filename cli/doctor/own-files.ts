/** Files that are agsec's alone: scripts and plugins, which platforms pass over without a word where something is wrong with them. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PlatformName } from '../../runtime/agents/contract.js'
import { type Finding, ok, problem } from './finding.js'

/** @param path of the file that holds the hook */
export function ownFileFindings(platform: PlatformName, path: string): readonly Finding[] {
  if (path.endsWith('.js')) return [pluginFinding(platform, path)]
  if (platform === 'cline' && !isExecutable(path)) {
    return [problem(`${path} is not executable: the extension passes over it`, `chmod +x ${path}`)]
  }
  return []
}

/** Nothing of it is run: a plugin that does not parse is one that does not load. */
function pluginFinding(platform: PlatformName, path: string): Finding {
  const folder = mkdtempSync(join(tmpdir(), 'agsec-doctor-'))
  try {
    const copy = join(folder, 'plugin.mjs')
    writeFileSync(copy, readFileSync(path))
    const { status, stderr } = spawnSync(process.execPath, ['--check', copy], { encoding: 'utf8', env: {} })
    if (status === 0) return ok('the plugin is one that loads')
    const why = stderr.split('\n').find(line => line.includes('Error')) ?? 'it does not parse'
    return problem(`the plugin ${path} does not load: ${why}`, `run \`agsec install ${platform}\` again`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
