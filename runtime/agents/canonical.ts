/**
 * Arguments under canonical names. Platforms call the same argument by many names, and some of them take several; whichever is
 * there is taken, and where two are there that say different things nothing is: which one counts cannot be told.
 */
import type { Value, ValueMap } from '../decide/request.js'
import { own } from '../decide/value.js'

/** An action before it is known where and by whom. */
export interface Draft {
  readonly action: string
  readonly params: ValueMap
  /** What it does besides, for statements that deny or review. */
  readonly effects?: readonly Draft[]
}

const FILE = 'file_path!=path,filePath,absolute_path,AbsolutePath,target_file,TargetFile'
const SHELL =
  'command!=cmd,CommandLine,command_line description=explanation timeout_ms=timeout background=run_in_background,is_background,isBackground ' +
  'sandbox_disabled=dangerouslyDisableSandbox'

/**
 * By action the canonical names with their other names; `!` where the argument must be there as text, since without it nothing
 * can be said of what the call does. Every argument that is not listed keeps its own name.
 */
const PARAMS: Readonly<Record<string, string>> = {
  'bash.execute': SHELL,
  'powershell.execute': SHELL,
  'bash.input': 'text=input,chars,Input session_id=sessionId,shellId,shell_id,terminalId,CommandId',
  'file.read': `${FILE} offset=startLine,StartLine,start_line limit=endLine,EndLine,end_line`,
  'file.write': `${FILE} content!=contents,file_text,new_text,CodeContent,text,fact`,
  'file.edit': `${FILE} old_string=old_str,oldString,old_text new_string=new_str,newString,new_text replace_all=replaceAll`,
  'file.delete': FILE,
  'file.move': `${FILE},source dest_path!=destination,target,new_path`,
  'file.list': 'path=dir_path,DirectoryPath,directory,file_path',
  'file.glob': 'pattern!=Pattern,query path=dir_path,SearchDirectory,directory',
  'file.grep': 'pattern!=query,Query,regex path=dir_path,file_path,SearchPath,directory glob=include,includePattern,file_pattern',
  'web.fetch': 'url!=Url',
  'web.search': 'query!',
  'agent.spawn': 'prompt!=message,task agent_type=subagent_type,agentName,agent_name',
  'agent.message': 'text=message,input',
  'skill.invoke': 'skill!=name',
  'notebook.edit': 'file_path!=notebook_path,filePath content=new_source,newCode mode=edit_mode',
}

/**
 * The action with the input's arguments; undefined where one is missing or said twice.
 * @param exact the only other names of arguments that must be there, separated by blanks; any of the table's where it is left out
 */
export function draftOf(action: string, input: ValueMap, exact?: string): Draft | undefined {
  const params: { [name: string]: Value } = { ...input }
  for (const spec of (PARAMS[action] ?? '').split(' ')) {
    const [name, required, others] = nameOf(spec)
    for (const other of others) {
      const value = own(input, other)
      if (value === undefined || (required && exact?.split(' ').includes(other) === false)) continue
      if (own(params, name) !== undefined && own(params, name) !== value) return undefined
      params[name] = value
      delete params[other]
    }
    if (required && typeof own(params, name) !== 'string') return undefined
  }
  for (const name of NUMBERS) {
    const value = own(params, name)
    if (typeof value === 'string' && /^\d{1,15}$/.test(value)) params[name] = Number(value)
  }
  return { action, params }
}

/** Some agents write them as text. */
const NUMBERS = ['offset', 'limit', 'timeout_ms']

/** All the names of an action's main argument, the canonical one first. */
export function mainNames(action: string): readonly string[] {
  const [name, , others] = nameOf((PARAMS[action] ?? '').split(' ')[0] ?? '')
  return [name, ...others]
}

function nameOf(spec: string): readonly [name: string, required: boolean, others: readonly string[]] {
  const [head = '', others] = spec.split('=')
  const required = head.endsWith('!')
  return [required ? head.slice(0, -1) : head, required, others === undefined ? [] : others.split(',')]
}

/** Calls that do more are nobody's to look at one by one. */
export const MOST = 256

/** What cannot be read as a call of a tool that is known, or of no tool that is known: the default policies review it. */
export function otherTool(tool: string, input: Value, malformed: boolean): Draft {
  return { action: 'tool.other', params: { tool, arguments: input, ...(malformed ? { malformed } : {}) } }
}

/** Text that holds a map or a list as JSON is that. */
export function parsed(value: Value): Value {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  try {
    return JSON.parse(value) as Value // JSON.parse gives nothing else
  } catch {
    return value
  }
}
