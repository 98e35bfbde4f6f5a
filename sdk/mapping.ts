/**
 * From tools to actions. Applications name their tools as they like; those whose name and arguments say what they do get the action that
 * policies know, every other one is `tool.<name>`.
 */
import type { ValueMap } from '../runtime/decide/request.js'
import { hasOwn } from '../runtime/decide/value.js'

/**
 * A tool's action: `bash.execute`, `file.read`, `payment.create`. As a map, when its arguments have names of their own, or it takes the folder
 * that it works in as an argument.
 */
export type ToolAction =
  | string
  | {
      readonly action: string
      /** The policy's names of parameters and the tool's own: `{ command: 'script' }`. */
      readonly params?: Readonly<Record<string, string>>
      /** The argument that says in which folder a command runs. */
      readonly cwd?: string
    }

/** Tools by name, exactly as the model writes it. */
export type ToolMapping = Readonly<Record<string, ToolAction>>

/** What is known of a tool. */
export interface MappedTool {
  /** An action, or a shape of arguments (see `draftsOf`); none where the tool is its own. */
  readonly word?: string
  /** Arguments that say something else than they should make it a tool of its own. */
  readonly guessed: boolean
  readonly cwd?: string
  readonly input: ValueMap
}

export function mappedTool(framework: string, name: string, input: ValueMap, mapping: ToolMapping): MappedTool {
  const own = hasOwn(mapping, name) ? mapping[name] : undefined
  if (typeof own === 'string') return { word: own, guessed: false, input }
  if (own !== undefined) return { word: own.action, guessed: false, input: renamed(input, own.params), ...cwdOf(own) }
  const known = framework === 'claude-agent' ? CLAUDE.get(name) : undefined
  if (known !== undefined) return { word: known, guessed: false, input }
  const word = name.length > LONGEST ? undefined : KNOWN.get(plain(name))
  return word === undefined ? { guessed: false, input } : { word, guessed: true, input }
}

function cwdOf({ cwd }: { readonly cwd?: string }): { readonly cwd?: string } {
  return cwd === undefined ? {} : { cwd }
}

/** An argument that already has a canonical name that means another one is left out: the tool does not have it. */
function renamed(input: ValueMap, names: Readonly<Record<string, string>> = {}): ValueMap {
  const params = { ...input }
  for (const [canonical, own] of Object.entries(names)) {
    delete params[own]
    delete params[canonical]
  }
  for (const [canonical, own] of Object.entries(names)) {
    const value = hasOwn(input, own) ? input[own] : undefined
    if (value !== undefined) params[canonical] = value
  }
  return params
}

/** Longer than any name of the table. */
const LONGEST = 64

/** `run_command`, `run-command` and `runCommand` are one name. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}

/** By action, or shape of arguments, the names that tools are usually given. */
const NAMES: Readonly<Record<string, string>> = {
  'bash.execute*':
    'bash bashtool sh shell shelltool localshell terminal console command runbash runshell runshellcommand runcommand runcommands ' +
    'runterminalcmd runterminalcommand runinterminal execbash execcommand execshell execshellcommand executebash executecommand ' +
    'executeshell executeshellcommand shellcommand shellexec terminalcommand commandexecute',
  'powershell.execute*': 'powershell pwsh runpowershell executepowershell',
  'file.read*': 'read readfile readfiles readtextfile fileread viewfile openfile loadfile catfile',
  'file.write*': 'write writefile writefiles writetextfile filewrite createfile savefile appendfile',
  '@edit': 'edit editfile fileedit multiedit replaceinfile strreplace searchreplace updatefile',
  '@verb': 'strreplacebasededittool strreplaceeditor texteditor editor',
  '@patch': 'applypatch patch',
  'file.delete*': 'deletefile deletefiles removefile filedelete',
  'file.move': 'movefile renamefile filemove',
  'file.list': 'ls listdir listdirectory listfiles',
  'file.glob': 'glob globsearch filesearch findfiles',
  'file.grep': 'grep grepsearch searchfiles',
  'web.fetch*': 'fetch webfetch fetchurl fetchwebpage httpget httprequest geturl browse openurl',
  'web.search': 'websearch searchweb',
}

const KNOWN = byName(NAMES)

/** The tools of Claude Code, which the SDK of the same agent calls by the same names; each takes exactly the arguments of its action. */
const CLAUDE = byName({
  'bash.execute': 'Bash Monitor',
  'powershell.execute': 'PowerShell',
  'file.read': 'Read',
  'file.write': 'Write',
  'file.edit': 'Edit MultiEdit',
  'notebook.edit': 'NotebookEdit',
  'file.glob': 'Glob',
  'file.grep': 'Grep',
  'web.fetch': 'WebFetch',
  'web.search': 'WebSearch',
  'agent.spawn': 'Agent Task',
  'agent.message': 'SendMessage',
  'skill.invoke': 'Skill',
  'schedule.create': 'CronCreate Workflow',
  'process.kill': 'KillShell TaskStop',
  '@resource': 'ReadMcpResourceTool',
  'internal.*':
    'AskUserQuestion BashOutput CronDelete CronList EnterPlanMode ExitPlanMode ListAgents LSP TaskCreate TaskGet TaskList TaskOutput TaskUpdate ' +
    'TodoRead TodoWrite ToolSearch',
})

function byName(names: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(names).flatMap(([word, tools]) => tools.split(' ').map(tool => [tool, word] as const)))
}
