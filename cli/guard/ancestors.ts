/** The processes above this one, nearest first: who started whoever asks. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

export interface Ancestor {
  readonly pid: number
  /** The program and its arguments. */
  readonly argv: readonly string[]
  /** What the process calls itself, where the system tells it apart. */
  readonly title?: string
  /** The names of its environment variables, where they can be read. */
  readonly variables: readonly string[]
}

/** A line of the system's table of processes. */
export interface Listed {
  readonly pid: number
  readonly parent: number
  readonly argv: readonly string[]
}

/** A chain longer than this is no chain. */
const MOST = 64

/** Undefined where the system does not tell. */
export function ancestorsOf(pid: number, platform: string): readonly Ancestor[] | undefined {
  if (platform === 'linux') return chain(parentInProc(pid), ancestorInProc)
  const listed = platform === 'win32' ? parseCsv(listOf('powershell', WINDOWS_LIST)) : parsePs(listOf('/bin/ps', PS_LIST))
  const byPid = new Map(listed?.map(each => [each.pid, each]))
  const parent = byPid.get(pid)?.parent
  return parent === undefined ? undefined : chain(parent, each => ancestorIn(byPid, each))
}

interface Link {
  readonly ancestor: Ancestor
  readonly parent: number | undefined
}

function chain(first: number | undefined, linkOf: (pid: number) => Link | undefined): readonly Ancestor[] | undefined {
  if (first === undefined) return undefined
  const found: Ancestor[] = []
  for (let pid: number | undefined = first; pid !== undefined && pid > 0 && found.length < MOST; ) {
    const link = linkOf(pid)
    if (link === undefined) break
    found.push(link.ancestor)
    pid = link.parent
  }
  return found
}

function ancestorInProc(pid: number): Link | undefined {
  const argv = procFile(pid, 'cmdline')
  if (argv === undefined) return undefined
  const title = procFile(pid, 'comm')?.trim()
  const variables = partsOf(procFile(pid, 'environ') ?? '').map(each => each.slice(0, Math.max(each.indexOf('='), 0)))
  return { ancestor: { pid, argv: partsOf(argv), variables, ...(title === undefined ? {} : { title }) }, parent: parentInProc(pid) }
}

function procFile(pid: number, name: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8')
  } catch {
    return undefined
  }
}

function partsOf(text: string): readonly string[] {
  return text.split('\0').filter(each => each !== '')
}

function parentInProc(pid: number): number | undefined {
  return parentInStat(procFile(pid, 'stat') ?? '')
}

/** `pid (name) state parent …`, where the name may hold anything. */
export function parentInStat(stat: string): number | undefined {
  const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  return Number.isInteger(parent) && parent >= 0 && stat !== '' ? parent : undefined
}

function ancestorIn(byPid: ReadonlyMap<number, Listed>, pid: number): Link | undefined {
  const found = byPid.get(pid)
  return found === undefined ? undefined : { ancestor: { pid, argv: found.argv, variables: [] }, parent: found.parent }
}

function listOf(program: string, args: readonly string[]): string {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 32 * 1024 * 1024 })
  return status === 0 ? stdout : ''
}

const PS_LIST = ['-A', '-ww', '-o', 'pid=,ppid=,command=']

/** `  812   1 /bin/zsh -l`, as `ps` of macOS and the BSDs prints it. */
export function parsePs(text: string): readonly Listed[] | undefined {
  const listed = text.split('\n').flatMap(line => {
    const [, pid, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []
    return pid === undefined || parent === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), argv: wordsOf(command) }]
  })
  return listed.length === 0 ? undefined : listed
}

/** Programs of macOS have blanks in their folders: up to `.app/Contents/MacOS/name` they are one word. */
function wordsOf(command: string): readonly string[] {
  const bundled = /^.*?\.app\/Contents\/(?:MacOS|Frameworks)\/(?:.*?\.app\/Contents\/MacOS\/)?[^/]*?(?= -|$)/.exec(command)?.[0]
  if (bundled === undefined) return command.split(' ').filter(word => word !== '')
  return [
    bundled,
    ...command
      .slice(bundled.length)
      .split(' ')
      .filter(word => word !== ''),
  ] // prettier-ignore
}

const WINDOWS_LIST = [
  '-NoProfile',
  '-NonInteractive',
  '-Command',
  'Get-CimInstance Win32_Process | Select-Object ProcessId,ParentProcessId,ExecutablePath,CommandLine | ConvertTo-Csv -NoTypeInformation',
]

/** `"812","4","C:\Program Files\x.exe","""C:\Program Files\x.exe"" -a"`, as PowerShell prints it, under a line of names. */
export function parseCsv(text: string): readonly Listed[] | undefined {
  const listed = text.split(/\r?\n/).flatMap(line => {
    const [pid, parent, program = '', command = ''] = fieldsOf(line)
    if (!/^\d+$/.test(pid ?? '') || !/^\d+$/.test(parent ?? '')) return []
    const rest = command.replace(/^"[^"]*"|^\S+/, '')
    return [{ pid: Number(pid), parent: Number(parent), argv: [program, ...rest.split(/["\s]+/).filter(word => word !== '')] }]
  })
  return listed.length === 0 ? undefined : listed
}

function fieldsOf(line: string): readonly string[] {
  return [...line.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map(([, field = '']) => field.replaceAll('""', '"'))
}
