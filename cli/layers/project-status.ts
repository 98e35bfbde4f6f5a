/** What is in force of the policy of a project, for people. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { splitTables } from '../../compiler/layers/join-tables.js'
import { inMemory, SECTION, Table } from '../../runtime/decide/table.js'
import { nodeHost } from '../../runtime/host/node.js'
import { projectFolder, projectLayers, projectPolicies } from '../../runtime/host/project-layer.js'
import { folderFiles } from '../../runtime/host/source-stamp.js'
import type { Home } from '../home.js'
import { FORMER, stampOf, UNREADABLE } from './project-state.js'

export interface ProjectStatus {
  readonly folder: string
  readonly files: number
  /** Of what is in force. */
  readonly statements: number
  readonly state: string
}

/** Undefined where the project has no policy, and none is in force. */
export function projectStatus(home: Home, root: string): ProjectStatus | undefined {
  const folder = projectPolicies(root)
  const files = folderFiles(nodeHost, folder).length
  const compiled = stampOf(home, root)
  if (compiled === undefined) return files === 0 ? undefined : { folder, files, statements: 0, state: 'not compiled before the next call' }
  const layers = compiled.table === undefined ? [] : layersIn(join(projectFolder(home.folder, root), compiled.table.file))
  if (layers.length === 0 && files === 0) return undefined
  const statements = layers.reduce((sum, { table }) => sum + new Table(inMemory(table)).count(SECTION.statements), 0)
  const isCurrent = projectLayers(nodeHost, home.folder, root).isCurrent
  return { folder, files, statements, state: isCurrent ? stateOf(layers.map(({ traits }) => traits)) : 'changed since the last call' }
}

function layersIn(file: string): NonNullable<ReturnType<typeof splitTables>>['layers'] {
  try {
    return splitTables(readFileSync(file))?.layers ?? []
  } catch {
    return []
  }
}

function stateOf(layers: readonly { readonly name: string; readonly tightens?: true }[]): string {
  const names = layers.map(({ name }) => name)
  const former = names.includes(FORMER) ? ', beside the former one' : ''
  if (names.includes(UNREADABLE)) return `not known: every call is reviewed${former}`
  if (names.length === 1 && former !== '') return 'gone, and still in force'
  return `${layers.some(({ tightens }) => tightens !== true) ? 'trusted' : 'not trusted: only tightens'}${former}`
}
