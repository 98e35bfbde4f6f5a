/** The MCP servers that an agent has, as its own files name them: where a tool's name is all that it tells of a server. */
import type { Value } from '../decide/request.js'
import { isMap, own } from '../decide/value.js'
import type { HostFacts } from './contract.js'

/** Where an agent keeps its servers, by their names. */
export interface ServerFiles {
  /** The key of a file's map of servers. */
  readonly key: string
  /** `~/…` in the home, anything else in the project; separated by blanks. */
  readonly paths: string
  /** Servers that it has without being told, separated by blanks. */
  readonly builtIn?: string
}

/**
 * The names, as far as they can be read: files of more than 64 KiB or with comments name none.
 * A server that is named elsewhere (by a flag or a plugin) is not among them.
 */
export function namedServers(
  { key, paths, builtIn = '' }: ServerFiles,
  project: Value | undefined,
  { home, files }: HostFacts,
): readonly string[] {
  const names = builtIn.split(' ').filter(name => name !== '')
  for (const path of paths.split(' ')) {
    const folder = path.startsWith('~/') ? home : project
    if (typeof folder === 'string') names.push(...namesIn(files?.readText(`${folder}/${path.replace('~/', '')}`), key))
  }
  return names
}

function namesIn(text: string | undefined, key: string): readonly string[] {
  if (text === undefined) return []
  try {
    const json = JSON.parse(text) as Value // JSON.parse gives nothing else
    const servers = isMap(json) ? own(json, key) : undefined
    return servers !== undefined && isMap(servers) ? Object.keys(servers).filter(name => name !== '') : []
  } catch {
    return []
  }
}
