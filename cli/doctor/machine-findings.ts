/** What holds for every agent on the machine: policies, bundle, engine, log, environment. */
import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { lacksCodeCache } from '../engine/code-cache.js'
import { whyReplaceable } from '../engine/trusted-path.js'
import type { Home } from '../home.js'
import { unknownAgents } from '../layers/agent-folders.js'
import { statusReport, type StatusReport } from '../status-report.js'
import { type Finding, note, ok, problem } from './finding.js'

export function machineFindings(home: Home, variables: NodeJS.ProcessEnv): readonly Finding[] {
  const report = statusReport(home)
  const problems = report.problems.map(({ message, help }) => problem(message, help))
  return [
    ...problems,
    ...goodNews(report),
    ...agentFolderFindings(home),
    ...logFindings(home),
    ...engineFindings(report),
    ...codeCacheFindings(home, report),
    ...preloadFindings(variables),
  ]
}

function goodNews({ policies, bundle, mode }: StatusReport): readonly Finding[] {
  const compiled =
    bundle.state === 'current' ? [ok(`the bundle is current: ${policies.folder} compiled, ${bundle.statements} statements`)] : []
  const watching =
    mode.mode === 'observe' ? [note('mode observe: what is denied runs all the same, and is recorded', 'run `agsec enforce`')] : []
  const halted = mode.mode === 'halt' ? [note('mode halt: every call is blocked', 'run `agsec resume`')] : []
  return [...compiled, ...watching, ...halted]
}

/** Applications may call themselves as they like in code, agents may not. */
function agentFolderFindings(home: Home): readonly Finding[] {
  return unknownAgents(home).map(agent =>
    note(
      `no agent is called \`${agent}\`: the policies in ${join(home.agents, agent)} count only where an application calls itself so`,
      'give the folder the name that `agsec install` has for the agent',
    ),
  )
}

/** A call that cannot be recorded does not run. */
function logFindings({ folder, audit }: Home): readonly Finding[] {
  if (!existsSync(folder)) return []
  const log = join(audit, 'current.jsonl')
  const why = whyNotWritable(log)
  return why === undefined
    ? [ok(`the log can be written: ${log}`)]
    : [problem(`the log ${log} cannot be written: ${why}; every call is blocked`, `mend ${audit}`)]
}

function whyNotWritable(log: string): string | undefined {
  const present = [log, dirname(log), dirname(dirname(log))].find(path => existsSync(path)) ?? '/'
  if (statSync(present).isDirectory() === (present === log)) return `${present} is ${present === log ? 'a folder' : 'no folder'}`
  try {
    accessSync(present, present === log ? constants.W_OK : constants.W_OK | constants.X_OK)
    return undefined
  } catch {
    return `no permission for ${present}`
  }
}

function engineFindings({ engine }: StatusReport): readonly Finding[] {
  if (engine === undefined || engine.state !== 'as installed') return []
  const why = whyReplaceable(realpathSync(engine.program))
  const running = `hooks run on ${engine.kind} ${engine.version}, ${engine.program}`
  if (why === undefined) return [ok(running)]
  return [note(`${running}, which an agent could replace: ${why}`, 'install an engine that belongs to the system, and the hook on it')]
}

function codeCacheFindings({ bundle }: Home, { engine }: StatusReport): readonly Finding[] {
  if (engine === undefined || !lacksCodeCache(bundle, engine)) return []
  return [note('hooks start later than they could: there is no code cache for them', 'run `agsec compile`')]
}

/** It acts on the shell of the hook's command before that can clear it. */
function preloadFindings(variables: NodeJS.ProcessEnv): readonly Finding[] {
  const { LD_PRELOAD, DYLD_INSERT_LIBRARIES } = variables
  const set = LD_PRELOAD ?? DYLD_INSERT_LIBRARIES ?? ''
  if (set === '') return []
  const name = LD_PRELOAD === undefined ? 'DYLD_INSERT_LIBRARIES' : 'LD_PRELOAD'
  return [problem(`${name} is set (${set}): a library can answer in the place of the hook`, `start agents without ${name}`)]
}
