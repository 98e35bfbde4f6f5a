/**
 * What the policy denies whatever else is said, as far as prefixes of commands, patterns of paths and names can say it: the floor that a
 * platform's own rules can hold where no hook is asked. Everything in it is put to the policy itself first: a command with any arguments
 * after it has to be denied for certain, and neither it nor a pattern may cover what the policy's own examples allow.
 */
import type { Condition, Json, Policy, Statement } from '../../compiler/ast.js'
import { wholeCall } from '../../runtime/decide/check-request.js'
import type { Call, Request } from '../../runtime/decide/request.js'
import type { Result } from '../../runtime/decide/result.js'
import { coversAny, plainPatterns, samplesOf } from './path-pattern.js'

export interface Floor {
  /** The words that a command begins with. */
  readonly commands: readonly Rule<readonly string[]>[]
  /** Path patterns: `**`, `*`, `~/`, absolute, or `**` and a name. */
  readonly reads: readonly Rule<string>[]
  readonly writes: readonly Rule<string>[]
  readonly hosts: readonly Rule<string>[]
  /** `server.tool` of MCP servers, by their exact names. */
  readonly mcpTools: readonly Rule<string>[]
  /** The denying statements of which nothing is in the floor. */
  readonly unsaid: readonly string[]
}

export interface Rule<T> {
  readonly what: T
  readonly sid: string
  readonly reason: string
}

export interface PolicyToAsk {
  readonly policy: Policy
  /** Decides a shell command as an agent's, in a project. */
  readonly decideCommand: (command: string) => Result
  readonly decide: (call: Call) => Result
  readonly home: string
}

/** A word about which nothing is known, the number of words that it stands for included. */
const ANYTHING = '$AGSEC_ANYTHING'

export function floorOf(asked: PolicyToAsk): Floor {
  const denying = asked.policy.statements.filter(({ effect }) => effect === 'deny')
  const allowed = asked.policy.statements.flatMap(({ tests }) => tests.allows).flatMap(({ request }) => textAt(request.params, 'file_path'))
  const said = {
    commands: distinct(denying.flatMap(each => commandsOf(asked, each))),
    reads: distinct(denying.flatMap(each => pathsOf(asked, each, 'file.read', allowed))),
    writes: distinct(denying.flatMap(each => pathsOf(asked, each, 'file.write', allowed))),
    hosts: distinct(denying.flatMap(each => hostsOf(asked, each))),
    mcpTools: distinct(denying.flatMap(each => mcpToolsOf(asked, each))),
  }
  const sids = new Set(Object.values(said).flatMap(rules => rules.map(({ sid }) => sid)))
  return { ...said, unsaid: denying.map(({ sid }) => sid).filter(sid => !sids.has(sid)) }
}

function distinct<T>(rules: readonly Rule<T>[]): readonly Rule<T>[] {
  const byText = new Map<string, Rule<T>>()
  for (const rule of rules) {
    const text = JSON.stringify(rule.what)
    if (!byText.has(text)) byText.set(text, rule)
  }
  return [...byText.values()]
}

function ruleOf<T>({ sid, reason }: Statement, what: T): Rule<T> {
  return { what, sid, reason: reason ?? sid }
}

/** The beginnings of the statement's own examples, each as short as it can be. */
function commandsOf(asked: PolicyToAsk, statement: Statement): readonly Rule<readonly string[]>[] {
  const examples = statement.tests.denies.flatMap(({ request }) => textAt(request.params, 'command'))
  return examples.flatMap(example => {
    const words = wordsOf(example)
    const prefix = words.map((_, at) => words.slice(0, at + 1)).find(each => isDenied(asked, each))
    return prefix === undefined ? [] : [ruleOf(statement, prefix)]
  })
}

/** The words of a command in which nothing is quoted, expanded, redirected or joined; none for any other. */
function wordsOf(command: string): readonly string[] {
  return /^[A-Za-z0-9_./:@%+,-]+(?: [A-Za-z0-9_./:=@%+,-]+)*$/.test(command) ? command.split(' ') : []
}

function isDenied({ policy, decideCommand }: PolicyToAsk, words: readonly string[]): boolean {
  const allowed = policy.statements.flatMap(({ tests }) => tests.allows).flatMap(({ request }) => textAt(request.params, 'command'))
  const covered = allowed.some(example => `${example} `.startsWith(`${words.join(' ')} `))
  return !covered && [words, [...words, ANYTHING]].every(each => isCertain(decideCommand(each.join(' '))))
}

function isCertain({ decision, certainty }: Result): boolean {
  return decision === 'deny' && certainty === 'definite'
}

function pathsOf(asked: PolicyToAsk, statement: Statement, action: string, allowed: readonly string[]): readonly Rule<string>[] {
  const values = textsIn(statement.condition, 'file_path')
  const patterns = values.flatMap(({ operator, text }) => plainPatterns(operator, text))
  return patterns.filter(pattern => holds(asked, pattern, action, allowed)).map(pattern => ruleOf(statement, pattern))
}

function holds(asked: PolicyToAsk, pattern: string, action: string, allowed: readonly string[]): boolean {
  const { decide, home } = asked
  const samples = samplesOf(pattern, home)
  return samples.every(file_path => isCertain(decide(requestOf(asked, action, { file_path })))) && !coversAny(pattern, allowed, home)
}

function requestOf({ home }: PolicyToAsk, action: string, params: Request['params']): Call {
  const cwd = `${home}/project`
  return wholeCall({ action, params, context: { home, cwd, project_root: cwd, agent: 'claude-code' } })
}

function hostsOf(asked: PolicyToAsk, statement: Statement): readonly Rule<string>[] {
  const hosts = textsIn(statement.condition, 'url', 'host')
    .filter(({ operator }) => operator === 'host')
    .map(({ text }) => text)
  const plain = hosts.filter(host => /^(?:\*\.)?[a-z0-9.-]+$/i.test(host))
  const denied = plain.filter(host => {
    const url = `https://${host.replace('*.', 'any.')}/any`
    return isCertain(asked.decide(requestOf(asked, 'web.fetch', { url })))
  })
  return denied.map(host => ruleOf(statement, host))
}

function mcpToolsOf(asked: PolicyToAsk, statement: Statement): readonly Rule<string>[] {
  const names = statement.actions.map(({ glob }) => glob).filter(glob => /^mcp\.[\w-]+\.[\w-]+$/.test(glob))
  const denied = names.filter(name => isCertain(asked.decide(requestOf(asked, name, {}))))
  return denied.map(name => ruleOf(statement, name.slice('mcp.'.length)))
}

interface Text {
  readonly operator: string
  readonly text: string
}

/** The values that the condition compares a field with, wherever it asks that they hold. */
function textsIn(condition: Condition, ...fields: readonly string[]): readonly Text[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.flatMap(each => textsIn(each, ...fields))
    case 'not':
      return []
    case 'test': {
      const field = condition.field.replace(/^params\./, '')
      if (condition.negated || !fields.includes(field)) return []
      return listOf(condition.value).map(text => ({ operator: condition.operator, text }))
    }
  }
}

function listOf(value: Json | undefined): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter(each => typeof each === 'string')
}

function textAt(params: { readonly [key: string]: Json }, name: string): readonly string[] {
  const value = params[name]
  return typeof value === 'string' ? [value] : []
}
