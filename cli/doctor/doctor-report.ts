/** Whether agsec's hook does its work on this machine, as data: `doctor` prints it for people and as JSON. */
import { join } from 'node:path'
import type { AgentScope } from '../../compiler/protection/agent-files.js'
import type { PlatformName } from '../../runtime/agents/contract.js'
import type { Home } from '../home.js'
import { detectedPlatforms, PLATFORM_NAMES, platformProgram } from '../install/detect.js'
import { installedHooks, type InstalledHook } from '../install/installed-hooks.js'
import type { Whereabouts } from '../install/locations.js'
import { weaknessesOf } from '../install/notes.js'
import { titleOf } from '../install/targets.js'
import { packageVersion } from '../package-files.js'
import { type Canary, canaries, canaryFinding } from './canaries.js'
import { type FoundClient, foundClient, versionFinding } from './client-version.js'
import { codexHooks } from './codex-hooks.js'
import { type Finding, limit, note, ok, problem } from './finding.js'
import { machineFindings } from './machine-findings.js'
import { ownFileFindings } from './own-files.js'
import { fileFindings, switchFindings } from './switches.js'

export interface DoctorReport {
  readonly version: string
  readonly home: string
  readonly machine: readonly Finding[]
  readonly agents: readonly AgentReport[]
  readonly problems: number
}

export interface AgentReport {
  readonly platform: PlatformName
  readonly title: string
  readonly client?: FoundClient
  readonly hooks: readonly HookReport[]
  readonly findings: readonly Finding[]
}

export interface HookReport {
  readonly scope: AgentScope
  readonly settings: string
  readonly canaries: readonly Canary[]
}

export interface Patient {
  readonly home: Home
  readonly where: Whereabouts
  readonly variables: NodeJS.ProcessEnv
}

/** @param named the agents to look at; none for those that are here, and those with a hook */
export async function doctorReport(patient: Patient, named: readonly PlatformName[]): Promise<DoctorReport> {
  const { home, where, variables } = patient
  const hooks = installedHooks(where)
  const machine = machineFindings(home, variables)
  const present = detectedPlatforms(where.home, variables['PATH'] ?? '')
  const platforms =
    named.length > 0 ? named : PLATFORM_NAMES.filter(name => present.includes(name) || hooks.some(hook => hook.platform === name))
  const agents: AgentReport[] = []
  for (const platform of platforms)
    agents.push(
      await agentReport(
        patient,
        platform,
        hooks.filter(hook => hook.platform === platform),
      ),
    )
  const problems = [machine, ...agents.map(({ findings }) => findings)].flat().filter(({ level }) => level === 'problem').length
  return { version: packageVersion(), home: home.folder, machine, agents, problems }
}

async function agentReport(patient: Patient, platform: PlatformName, hooks: readonly InstalledHook[]): Promise<AgentReport> {
  const { where, variables } = patient
  const client = foundClient(platform, variables['PATH'] ?? '')
  const reports = hooks.map(hook => hookReport(patient, hook))
  const findings = [
    versionFinding(platform, client),
    ...fileFindings(platform, where),
    ...(hooks.length === 0 ? [missing(platform)] : []),
    ...hooks.flatMap((hook, i) => hookFindings(patient, hook, reports[i]?.canaries ?? [])),
    ...(platform === 'codex' ? await trustFindings(patient, hooks) : []),
    ...gaps(platform, hooks),
  ]
  return { platform, title: titleOf({ platform }), ...(client === undefined ? {} : { client }), hooks: reports, findings }
}

function missing(platform: PlatformName): Finding {
  return problem('no hook of agsec is in its settings: it asks nobody', `run \`agsec install ${platform}\``)
}

function hookReport({ home, where }: Patient, hook: InstalledHook): HookReport {
  const { scope, settings } = hook
  return { scope, settings, canaries: canaries(hook, where.home, join(home.folder, 'mode')) }
}

function hookFindings({ home, where }: Patient, hook: InstalledHook, sent: readonly Canary[]): readonly Finding[] {
  const { platform, scope, settings, command } = hook
  const elsewhere = command.includes(`--agsec-home ${home.folder}`)
    ? []
    : [note(`it has another home than ${home.folder}: \`agsec --agsec-home DIR doctor\` looks at that`)]
  return [
    ok(`hook in ${settings} (${scope})`),
    ...elsewhere,
    ...ownFileFindings(platform, settings),
    ...switchFindings(platform, scope, where),
    ...sent.map(canaryFinding),
  ]
}

/** What only Codex knows. */
async function trustFindings({ where, variables }: Patient, hooks: readonly InstalledHook[]): Promise<readonly Finding[]> {
  const own = hooks.filter(({ scope }) => scope !== 'managed')
  const program = platformProgram('codex', variables['PATH'] ?? '')
  if (own.length === 0) return []
  if (program === undefined) return [note('whether the hook is trusted cannot be told without Codex', 'look in `/hooks`')]
  const known = await codexHooks([program], where.project ?? where.home, variables)
  if (known === undefined) return [note('Codex does not tell whether the hook is trusted', 'look in `/hooks`')]
  return own.map(({ command, settings }) => {
    const found = known.find(each => each.command === command)
    if (found === undefined)
      return problem(`Codex does not read the hook in ${settings}`, 'is the project trusted, and are hooks switched on?')
    if (found.trustStatus !== 'trusted')
      return problem(`the hook in ${settings} is ${found.trustStatus}: Codex skips it`, 'open Codex and trust it in `/hooks`')
    return found.enabled
      ? ok('the hook is trusted')
      : problem(`the hook in ${settings} is switched off in Codex`, 'switch it on in `/hooks`')
  })
}

/** What the hook cannot do there, wherever it is. */
function gaps(platform: PlatformName, hooks: readonly InstalledHook[]): readonly Finding[] {
  const scopes: readonly AgentScope[] = hooks.length === 0 ? ['user'] : hooks.map(({ scope }) => scope)
  const managed = scopes.includes('managed') ? (['managed'] as const) : scopes
  return [...new Set(managed.flatMap(scope => weaknessesOf(platform, scope)))].map(limit)
}
