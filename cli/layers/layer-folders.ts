/** The folders that a user's hooks decide by, the most general layer first. */
import { join } from 'node:path'
import { agentLayer, MANAGED, USER } from '../../compiler/layers/layer.js'
import type { LayerTraits } from '../../runtime/decide/layers.js'
import { nodeHost } from '../../runtime/host/node.js'
import { folderFiles } from '../../runtime/host/source-stamp.js'
import type { Home } from '../home.js'

export interface LayerPaths {
  readonly traits: LayerTraits
  /** Files and folders. */
  readonly paths: readonly string[]
}

/** The folder of an agent's own policies. */
export function agentPolicies(home: Home, agent: string): string {
  return join(home.agents, agent, 'policies')
}

/** Agents that have a folder, with or without policies in it. */
export function agentNames(home: Home): readonly string[] {
  return (nodeHost.listFolder(home.agents) ?? []).filter(name => !name.startsWith('.')).sort()
}

/** Every folder that a layer of this home may come from, whether it is there or not. */
export function homeFolders(home: Home): readonly string[] {
  return [home.managed.policies, home.policies, ...agentNames(home).map(agent => agentPolicies(home, agent))]
}

/**
 * The layers that there are: those whose folders have policy files. Where nobody has any, that of the user, which is then empty.
 * @param user what stands in place of the user's folder
 */
export function homeLayers(home: Home, user: readonly string[] = [home.policies]): readonly LayerPaths[] {
  const agents = agentNames(home).map((agent): LayerPaths => ({ traits: agentLayer(agent), paths: [agentPolicies(home, agent)] }))
  const managed = isThere(home.managed.policies) ? [{ traits: MANAGED, paths: [home.managed.policies] }] : []
  const isUsers = managed.length === 0 || user[0] !== home.policies || isThere(home.policies)
  return [...managed, ...(isUsers ? [{ traits: USER, paths: user }] : []), ...agents.filter(({ paths }) => paths.some(isThere))]
}

function isThere(folder: string): boolean {
  return folderFiles(nodeHost, folder).length > 0
}
