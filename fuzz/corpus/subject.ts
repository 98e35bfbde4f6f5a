/** What is scored: the analyser, and the policies that decide on what it finds. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from '../../compiler/compile.js'
import { loadSources } from '../../compiler/load.js'
import { claudeCode } from '../../runtime/agents/claude-code.js'
import type { HostFacts } from '../../runtime/agents/contract.js'
import type { Decider } from '../../runtime/decide/decider.js'
import { openDecider } from '../../runtime/decide/open.js'
import type { Call } from '../../runtime/decide/request.js'
import type { Result } from '../../runtime/decide/result.js'
import { analyse } from '../../runtime/shell/analyse.js'
import type { Analysis, Files } from '../../runtime/shell/analysis.js'
import { CWD, HOME } from '../../test/superset/world.js'

export class Subject {
  private readonly standard = decider([POLICIES])
  private withPacks: Decider | undefined
  private balanced: Decider | undefined

  analyse(command: string, files: Files): Analysis {
    return analyse({ command, cwd: CWD, home: HOME, projectRoot: CWD, user: 'user', files })
  }

  /** Decides as the hook does. */
  decide(command: string, files: Files): Result {
    return this.standard.decide(callOf(bash(command), HOME, files))
  }

  decideWithPacks(command: string, files: Files): Result {
    this.withPacks ??= decider([POLICIES, ...packs()])
    return this.withPacks.decide(callOf(bash(command), HOME, files))
  }

  /** By the preset `balanced`. */
  decideBalanced(command: string, files: Files): Result {
    this.balanced ??= decider(balanced())
    return this.balanced.decide(callOf(bash(command), HOME, files))
  }

  decideInput(input: unknown, home: string, files: Files): Result {
    return this.standard.decide(callOf(input, home, files))
  }
}

const POLICIES = fileURLToPath(new URL('../../policies', import.meta.url))

function packs(): readonly string[] {
  const folder = join(POLICIES, 'packs')
  return readdirSync(folder).flatMap(name => (/^[\w-]+\.yaml$/.test(name) ? [join(folder, name)] : []))
}

/** The default files, but for those that the preset has itself. */
function balanced(): readonly string[] {
  const folder = join(POLICIES, 'presets', 'balanced')
  const named = (path: string) => readdirSync(path).filter(name => /^\w+\.yaml$/.test(name))
  const own = named(folder)
  return [...named(POLICIES).flatMap(name => (own.includes(name) ? [] : [join(POLICIES, name)])), ...own.map(name => join(folder, name))]
}

function decider(paths: readonly string[]): Decider {
  const loaded = loadSources(paths)
  const { table, diagnostics } = compile(loaded.sources, { emit: false, verify: false })
  if (table === undefined)
    throw new Error(`the policies do not compile: ${diagnostics.find(({ severity }) => severity === 'error')?.message}`)
  return openDecider(table)
}

function bash(command: string): unknown {
  return { session_id: 's', cwd: CWD, hook_event_name: 'PreToolUse', tool_name: 'Bash', tool_input: { command } }
}

function callOf(input: unknown, home: string, files: Files): Call {
  const facts: HostFacts = { home, user: 'user', platform: 'linux', mode: 'enforce', realPath: path => path, files }
  const parsed = claudeCode.read(input, facts)
  if (parsed.kind === 'invalid') throw new Error(parsed.why)
  return parsed.toolCall.call
}
