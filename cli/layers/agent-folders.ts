/** Folders of agents' policies that no agent reads: a slip that would otherwise look like a policy in force. */
import { join } from 'node:path'
import type { Diagnostic } from '../../compiler/diagnostic.js'
import { startOf, warning } from '../../compiler/diagnostics/problem.js'
import { quoted } from '../../compiler/diagnostics/quoted.js'
import { nearMiss } from '../../compiler/diagnostics/suggest.js'
import { platformNames } from '../../runtime/agents/adapters.js'
import { nodeHost } from '../../runtime/host/node.js'
import { folderFiles } from '../../runtime/host/source-stamp.js'
import type { Home } from '../home.js'
import { agentNames, agentPolicies } from './layer-folders.js'

export function agentFolderWarnings(home: Home): readonly Diagnostic[] {
  return agentNames(home).flatMap(agent => [...misnamed(home, agent), ...misplaced(home, agent)])
}

/** Names that no agent has. */
export function unknownAgents(home: Home): readonly string[] {
  return agentNames(home).filter(agent => !platforms().includes(agent))
}

function misnamed(home: Home, agent: string): readonly Diagnostic[] {
  const meant = platforms().includes(agent) ? undefined : meantBy(agent)
  if (meant === undefined) return []
  const message = `no agent is called ${quoted(agent)}: what lies in this folder decides nothing`
  return [warningAt(join(home.agents, agent), message, `did you mean ${quoted(meant)}?`)]
}

function meantBy(agent: string): string | undefined {
  const name = agent.toLowerCase().replaceAll(/[ _]/g, '-')
  return platforms().find(known => known === name || known.startsWith(`${name}-`) || name.startsWith(known)) ?? nearMiss(name, platforms())
}

/** Only the folder `policies` is read. */
function misplaced(home: Home, agent: string): readonly Diagnostic[] {
  const help = `policies of an agent belong into ${quoted(agentPolicies(home, agent))}`
  return folderFiles(nodeHost, join(home.agents, agent)).map(path => warningAt(path, 'this file is not read', help))
}

function warningAt(path: string, message: string, help: string): Diagnostic {
  return warning({ code: 'unread-agent-folder', span: startOf({ path, text: '' }), message, help })
}

function platforms(): readonly string[] {
  return platformNames()
}
