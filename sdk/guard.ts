import type { HostFacts } from '../runtime/agents/contract.js'
import type { Call, ValueMap } from '../runtime/decide/request.js'
import type { Result } from '../runtime/decide/result.js'
import { hasOwn } from '../runtime/decide/value.js'
import { type Asked, authorizeCall, authorizeUnasked, type Guarding, modeOf, refusal } from './authorize.js'
import type { Guard, ToolUse, Verdict } from './contract.js'
import { failedDecision, failureResult, reasonOf } from './failure.js'
import type { Machine } from './machine.js'
import { mappedTool } from './mapping.js'
import { openPolicy } from './open-policy.js'
import type { GuardOptions } from './options.js'
import { NotData, snapshot } from './snapshot.js'
import { wrapped } from './wrap.js'

/** A guard on a machine; one whose policy cannot be loaded refuses everything. */
export function guardOn(machine: Machine, options: GuardOptions): Guard {
  const opened = opening(machine, options)
  return typeof opened === 'string' ? closedGuard(opened) : openGuard(opened)
}

function opening(machine: Machine, options: GuardOptions): Guarding | string {
  try {
    const policy = openPolicy(options, machine)
    const facts = options.machine === undefined ? machine.facts() : elsewhere(options.machine)
    const context = policy.contextOf(options.agent ?? 'sdk', {}, facts)
    return { policy, machine, options, facts, context }
  } catch (error) {
    return `the policy cannot be loaded: ${reasonOf(error)}`
  }
}

function elsewhere(given: NonNullable<GuardOptions['machine']>): HostFacts {
  return { platform: 'linux', realPath: path => path, ...given }
}

function openGuard(guarding: Guarding): Guard {
  const authorize = (use: ToolUse) => authorizeCall(guarding, nameOf(use), () => readUse(guarding, use))
  const askedOf = (action: string, params: () => unknown, context?: ValueMap) => () => readAction(guarding, action, params(), context)
  return {
    problem: undefined,
    check: (action, params, context) => check(guarding, action, params, context),
    authorize,
    authorizeSync: use => authorizeUnasked(guarding, nameOf(use), () => readUse(guarding, use)),
    wrap: (fn, options) =>
      wrapped(fn, options, {
        asking: (params, context) => authorizeCall(guarding, options.action, askedOf(options.action, params, context)),
        unasked: (params, context) => authorizeUnasked(guarding, options.action, askedOf(options.action, params, context)),
      }),
    guard(action, fn) {
      return this.wrap(fn, { action })
    },
  }
}

function closedGuard(problem: string): Guard {
  const refused = (tool: string): Verdict => refusal(failedDecision(tool, problem))
  return {
    problem,
    check: () => failureResult(problem),
    authorize: use => refused(nameOf(use)),
    authorizeSync: use => refused(nameOf(use)),
    wrap: (fn, options) => wrapped(fn, options, { asking: () => refused(options.action), unasked: () => refused(options.action) }),
    guard(action, fn) {
      return this.wrap(fn, { action })
    },
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

/** Longer names are no model's to say. */
const LONGEST_NAME = 512

function readUse(guarding: Guarding, use: ToolUse): Asked {
  const { name, framework, id } = use
  checkName(name, 'the name of the tool')
  const { given, seen } = snapshot(use.input, value => guarding.machine.isProxy(value))
  const { policy, options, facts } = guarding
  const mapped = mappedTool(framework, name, seen, options.mapping ?? {})
  const context = contextFor(guarding, { framework, ...(id === undefined ? {} : { tool_use_id: id }), ...use.context })
  return { tool: name, call: policy.callOfTool({ ...mapped, tool: name }, context, facts), given }
}

function readAction(guarding: Guarding, action: string, params: unknown, more: ValueMap = {}): Asked {
  checkName(action, 'the action')
  const { given, seen } = snapshot(params, value => guarding.machine.isProxy(value))
  const call: Call = guarding.policy.callOfAction(action, seen, contextFor(guarding, more), guarding.facts)
  return { tool: action, call, given }
}

function checkName(name: unknown, what: string): void {
  if (typeof name !== 'string' || name === '' || name.length > LONGEST_NAME)
    throw new NotData(`${what} is no text of 1 to ${LONGEST_NAME} characters`)
}

/** Of the places that tell something the most particular counts. */
function contextFor(guarding: Guarding, more: ValueMap): ValueMap {
  const { context, options } = guarding
  const own = typeof options.context === 'function' ? options.context() : options.context
  const mode = options.mode === undefined ? {} : { mode: modeOf(guarding) }
  return {
    ...placed(guarding, own),
    ...mode,
    ...more,
    agent: own && hasOwn(own, 'agent') ? (own['agent'] ?? null) : (context['agent'] ?? null),
  }
}

/** Where the application says in which folder its agent works, the project is there. */
function placed({ policy, context, facts, options }: Guarding, own: ValueMap | undefined): ValueMap {
  if (own === undefined) return context
  const agent = options.agent ?? 'sdk'
  return { ...(typeof own['cwd'] === 'string' ? policy.contextOf(agent, { cwd: own['cwd'] }, facts) : context), ...own }
}
