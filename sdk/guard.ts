import type { HostFacts } from '../runtime/agents/contract.js'
import type { Call, ValueMap } from '../runtime/decide/request.js'
import type { Result } from '../runtime/decide/result.js'
import { type Asked, authorizeCall, authorizeUnasked, type Guarding, LONGEST_NAME, modeOf, refusal, type Unread } from './authorize.js'
import { contexts } from './context.js'
import type { Guard, ToolUse, Verdict, WrapOptions } from './contract.js'
import { failedDecision, failureResult, reasonOf } from './failure.js'
import type { Machine } from './machine.js'
import { mappedTool } from './mapping.js'
import { openPolicy } from './open-policy.js'
import type { GuardOptions } from './options.js'
import { NotData, snapshot } from './snapshot.js'
import { type Asking, wrapped } from './wrap.js'

/** A guard on a machine; one whose policy cannot be loaded refuses everything. */
export function guardOn(machine: Machine, options: GuardOptions): Guard {
  const opened = opening(machine, options)
  return typeof opened === 'string' ? closedGuard(opened) : openGuard(opened)
}

function opening(machine: Machine, options: GuardOptions): Guarding | string {
  try {
    const policy = openPolicy(options, machine)
    const facts = { ...(options.machine === undefined ? machine.facts() : elsewhere(options.machine)), mode: options.mode ?? 'enforce' }
    return {
      policy,
      machine,
      options,
      facts,
      contextOf: contexts(policy, options, facts, () => (options.machine === undefined ? machine.cwd() : undefined)),
    }
  } catch (error) {
    return `the policy cannot be loaded: ${reasonOf(error)}`
  }
}

function elsewhere(given: NonNullable<GuardOptions['machine']>): HostFacts {
  return { platform: 'linux', realPath: path => path, ...given }
}

function openGuard(guarding: Guarding): Guard {
  const unread = (action: string, params: () => unknown, more: ValueMap = {}): Unread => ({
    tool: action,
    more: () => more,
    read: () => readAction(guarding, action, params(), more),
  })
  const unreadUse = (use: ToolUse): Unread => ({ tool: nameOf(use), more: () => aboutUse(use), read: () => readUse(guarding, use) })
  return {
    problem: undefined,
    check: (action, params, context) => check(guarding, action, params, context),
    authorize: use => authorizeCall(guarding, unreadUse(use)),
    authorizeSync: use => authorizeUnasked(guarding, unreadUse(use)),
    ...wrapping(({ action, context }) => ({
      asking: params => authorizeCall(guarding, unread(action, params, context)),
      unasked: params => authorizeUnasked(guarding, unread(action, params, context)),
    })),
  }
}

function closedGuard(problem: string): Guard {
  const refused = (tool: string): Verdict => refusal(failedDecision(tool, problem))
  return {
    problem,
    check: () => failureResult(problem),
    authorize: use => refused(nameOf(use)),
    authorizeSync: use => refused(nameOf(use)),
    ...wrapping(({ action }) => ({ asking: () => refused(action), unasked: () => refused(action) })),
  }
}

function wrapping(askingFor: (options: Pick<WrapOptions<[]>, 'action' | 'context'>) => Asking): Pick<Guard, 'wrap' | 'guard'> {
  return {
    wrap: (fn, options) => wrapped(fn, options, askingFor(options)),
    guard: (action, fn) => wrapped(fn, { action }, askingFor({ action })),
  }
}

/** For people; what is no text is said to be none. */
function nameOf(use: ToolUse): string {
  try {
    const name: unknown = use.name
    return typeof name === 'string' ? name : ''
  } catch {
    return ''
  }
}

function check(guarding: Guarding, action: string, params: unknown = {}, context?: ValueMap): Result {
  try {
    return guarding.policy.decide(readAction(guarding, action, params, context).call)
  } catch (error) {
    return failureResult(reasonOf(error))
  }
}

function readUse(guarding: Guarding, use: ToolUse): Asked {
  const { name, framework } = use
  checkName(name, 'the name of the tool')
  const { given, seen } = snapshot(use.input, value => guarding.machine.isProxy(value))
  const { policy, options, facts } = guarding
  const mapped = mappedTool(framework, name, seen, options.mapping ?? {})
  const context = guarding.contextOf(name, withMode(guarding, aboutUse(use)))
  return { tool: name, call: policy.callOfTool({ ...mapped, tool: name }, context, facts), given }
}

/** What the integration knows of a call. */
function aboutUse({ framework, id, context }: ToolUse): ValueMap {
  return { framework, ...(id === undefined ? {} : { tool_use_id: id }), ...context }
}

function readAction(guarding: Guarding, action: string, params: unknown, more: ValueMap = {}): Asked {
  checkName(action, 'the action')
  const { given, seen } = snapshot(params, value => guarding.machine.isProxy(value))
  const call: Call = guarding.policy.callOfAction(action, seen, guarding.contextOf(action, withMode(guarding, more)), guarding.facts)
  return { tool: action, call, given }
}

function checkName(name: unknown, what: string): void {
  if (typeof name !== 'string' || name === '' || name.length > LONGEST_NAME)
    throw new NotData(`${what} is no text of 1 to ${LONGEST_NAME} characters`)
}

/** A mode that may change is looked up for each call. */
function withMode(guarding: Guarding, more: ValueMap): ValueMap {
  return guarding.options.mode === 'machine' ? { ...more, mode: modeOf(guarding) } : more
}
