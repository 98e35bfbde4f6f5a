/** Who calls, and where: the platform's own words for it under the names that policies use. */
import { AbstractString } from '../decide/abstract-string.js'
import { normalizePath } from '../decide/path.js'
import type { Value, ValueMap } from '../decide/request.js'
import { hasOwn, isList, isMap, own } from '../decide/value.js'
import type { HostFacts } from './contract.js'

/** By name of the context where platforms tell it; the first that is there as text counts. */
const NAMES: Readonly<Record<string, string>> = {
  session_id: 'session_id sessionId sessionID conversation_id conversationId sessionContext.rootSessionId taskId trajectory_id thread.id',
  tool_use_id: 'tool_use_id tool_call_id toolUseID callID tool_call.id execution_id',
  permission_mode: 'permission_mode',
  agent_id: 'agent_id agentId',
  agent_type: 'agent_type agentType',
  parent_agent_id: 'parent_agent_id parentAgentId',
}
const ROOTS = 'workspaceInfo.rootPath workspace_roots.0 workspaceRoots.0 workspacePaths.0 directory cwd working_dir'
const CWD = 'cwd working_dir directory'

export function contextOf(agent: string, input: ValueMap, facts: HostFacts): ValueMap {
  const context: { [key: string]: Value } = { agent }
  const put = (name: string, value: string | undefined) => {
    if (value !== undefined) context[name] = value
  }
  for (const name of Object.keys(NAMES)) put(name, textAt(input, NAMES[name] ?? ''))
  for (const name of ['home', 'user', 'platform', 'mode'] as const) put(name, facts[name])
  const root = textAt(input, ROOTS) ?? facts.cwd
  put('cwd', textAt(input, CWD) ?? root)
  put('project_root', root === undefined ? undefined : projectRoot(root, facts))
  return context
}

/** Text at the first of the places that holds any. @param places separated by blanks, each a path of keys with dots */
function textAt(input: ValueMap, places: string): string | undefined {
  for (const place of places.split(' ')) {
    let value: Value | undefined = input
    for (const key of place.split('.')) value = value === undefined ? undefined : step(value, key)
    if (typeof value === 'string' && value !== '') return value
  }
  return undefined
}

function step(value: Value, key: string): Value | undefined {
  return isList(value) ? value[Number(key)] : isMap(value) ? own(value, key) : undefined
}

/** Where the agent works, unless that is everything: a policy that trusts the project must not trust the whole home. */
function projectRoot(folder: string, { platform, home }: HostFacts): string | undefined {
  const root = normalizePath(onDrive(folder, platform), { platform })
  if (typeof root !== 'string' || root === '/' || /^\/[a-z]:$/.test(root)) return undefined
  const own = home === undefined ? undefined : normalizePath(home, { platform })
  return typeof own === 'string' && `${own}/`.startsWith(`${root}/`) ? undefined : root
}

/** `/C:/x`, as addresses and some platforms write it, is `C:/x` on Windows. */
function onDrive(path: string, platform: string): string {
  return platform === 'win32' && /^\/[A-Za-z]:/.test(path) ? path.slice(1) : path
}

const PATHS = ['file_path', 'path', 'dest_path', 'cwd'] as const

/** The parameters with their paths absolute and normal, as far as they can be; so that one file has one name on every platform. */
export function withAbsolutePaths(params: ValueMap, context: ValueMap, { platform }: HostFacts): ValueMap {
  let changed: { [name: string]: Value } | undefined
  for (const name of PATHS) {
    const written = hasOwn(params, name) ? params[name] : undefined
    const path = absolutePath(written, context, platform)
    if (path !== undefined && path !== written) (changed ??= { ...params })[name] = path
  }
  return changed ?? params
}

function absolutePath(written: Value | undefined, context: ValueMap, platform: string): Value | undefined {
  if (written instanceof AbstractString) return normalizePath(written, context)
  if (typeof written !== 'string') return undefined
  const path = normalizePath(onDrive(fromFileUrl(written), platform), context)
  return typeof path === 'string' ? path : undefined
}

const FILE_URL = /^file:(\/\/(localhost)?(?=\/))?/i

export function isFileUrl(text: string): boolean {
  return FILE_URL.test(text)
}

function fromFileUrl(text: string): string {
  if (!isFileUrl(text)) return text
  const path = text.replace(FILE_URL, '')
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
