/** Calls that do several things, and what single ones do besides. */
import { AbstractString, showString } from '../decide/abstract-string.js'
import type { Call, ExpandedRequest, Request, Value, ValueMap } from '../decide/request.js'
import { expandRequest } from '../shell/expand-request.js'
import type { Draft } from './canonical.js'
import type { HostFacts } from './contract.js'
import { draftsOfPatch } from './patch.js'
import { isPatcher, patches } from './patcher.js'
import { requestOf } from './request-of.js'

/** @param calls those of the drafts, one by one */
export function batchOf(tool: string, drafts: readonly Draft[], calls: readonly Call[], context: ValueMap): Call {
  const actions = drafts.map(({ action, params }): Value => ({ action, params }))
  const whole: ExpandedRequest = { role: 'whole', request: { action: 'batch', params: { tool, actions }, context } }
  const members = calls.flatMap(asMember)
  return [whole, ...ofRole(members, 'whole'), ...ofRole(members, 'part'), ...ofRole(members, 'effect')]
}

/** Of a member that has parts the whole is looked at by statements that deny or review only, like that of a call of its own. */
function asMember(call: Call): Call {
  const [whole, ...rest] = call
  if (whole === undefined || call.some(({ role }) => role === 'part')) return call
  return [{ ...whole, role: 'part', origin: { text: shown(whole.request), via: [] } }, ...rest]
}

function ofRole(members: Call, role: ExpandedRequest['role']): Call {
  return members.filter(member => member.role === role)
}

/** What a member does besides what it is: the effects of its draft, and the files of a patch that its command holds. */
export function besides(draft: Draft, call: Call, facts: HostFacts): Call {
  const [whole] = call
  if (whole === undefined) return []
  const { action, params, context } = whole.request
  const around = { ...context, via: action }
  const { command } = params
  const effects = (draft.effects ?? []).map(effect => effectOf(effect, around, shown(whole.request), facts))
  return typeof command === 'string' && patches(call) ? [...effects, ...patched(command, call, around, facts)] : effects
}

/** @param text the words of the call that it comes from */
function effectOf(draft: Draft, context: ValueMap, text: string, facts: HostFacts): ExpandedRequest {
  const request = requestOf(draft, context, facts)
  const [expanded] = expandRequest(request, facts)
  return { ...expanded, role: 'effect', request, origin: { text, via: [], effect: shown(request) } }
}

function shown({ action, params }: Request): string {
  const main = params['file_path'] ?? params['command'] ?? params['url'] ?? params['pattern']
  return typeof main === 'string' || main instanceof AbstractString ? `${action} ${showString(main)}` : action
}

/** The platform applies a patch in a command itself, relative to where the command has gone by then. */
function patched(command: string, call: Call, context: ValueMap, facts: HostFacts): Call {
  const drafts = draftsOfPatch(command)?.map(inShell)
  if (drafts === undefined) return [{ ...effectOf(ANY_FILE, context, command, facts), beneath: true }]
  const folders = new Set(call.filter(isPatcher).map(({ request }) => request.params['cwd']))
  const places = folders.size === 0 ? [context] : [...folders].map(cwd => ({ ...context, ...(cwd === undefined ? {} : { cwd }) }))
  return places.flatMap(place => drafts.map(draft => effectOf(draft, place, command, facts)))
}

const ANY = AbstractString.of([{ hole: 'any' }])
/** A file of which not even the folder is known, as the effects of a shell have it. */
const ANY_FILE: Draft = { action: 'file.write', params: { file_path: ANY, rooted: false } }

/** In a command a path may hold what the shell expands first. */
function inShell(draft: Draft): Draft {
  const params = { ...draft.params }
  for (const name of ['file_path', 'dest_path']) {
    const path = params[name]
    if (typeof path === 'string' && /[$`\\]/.test(path)) params[name] = ANY
  }
  return { ...draft, params }
}
