/**
 * What a tool call does as the call that a policy decides. A call that does one thing is that request. One that does several is a
 * whole of the action `batch`, which no statement can allow, with a part for each: what no statement allows is then not allowed, whatever
 * else the call does, and what one statement denies is denied.
 */
import { AbstractString, showString } from '../decide/abstract-string.js'
import type { Call, ExpandedRequest, Request, Value, ValueMap } from '../decide/request.js'
import { expandRequest } from '../shell/expand-request.js'
import type { Draft } from './canonical.js'
import { isFileUrl, withAbsolutePaths } from './context.js'
import type { HostFacts } from './contract.js'
import { draftsOfPatch, holdsPatch } from './patch.js'

/** @param drafts what is done, at least one @param otherwise what else it may be: for statements that deny or review */
export function callOf(tool: string, drafts: readonly Draft[], otherwise: readonly Draft[], context: ValueMap, facts: HostFacts): Call {
  const all = drafts.flatMap(filesToo)
  const calls = all.map(draft => memberCall(draft, context, facts))
  const effects = otherwise.map((draft): ExpandedRequest => ({ role: 'effect', request: requestOf(draft, context, facts) }))
  const [only] = calls
  if (calls.length === 1 && only !== undefined) return [...only, ...effects]
  const actions = all.map(({ action, params }): Value => ({ action, params }))
  const whole: ExpandedRequest = { role: 'whole', request: { action: 'batch', params: { tool, actions }, context } }
  const members = calls.flatMap(asMember)
  return [whole, ...ofRole(members, 'whole'), ...ofRole(members, 'part'), ...ofRole(members, 'effect'), ...effects]
}

function requestOf({ action, params }: Draft, context: ValueMap, facts: HostFacts): Request {
  return { action, params: TAKES_PATHS.test(action) ? withAbsolutePaths(params, context, facts) : params, context }
}

const TAKES_PATHS = /^(file|notebook|bash|powershell)\./

/** An address of a file is a file that is read. */
function filesToo(draft: Draft): readonly Draft[] {
  const { url } = draft.params
  const isFile = draft.action === 'web.fetch' && typeof url === 'string' && isFileUrl(url)
  return isFile ? [draft, { action: 'file.read', params: { file_path: url } }] : [draft]
}

function memberCall(draft: Draft, context: ValueMap, facts: HostFacts): Call {
  const request = requestOf(draft, context, facts)
  const call = expandRequest(request, facts)
  const { command } = request.params
  if (request.action === 'bash.execute' && typeof command === 'string' && holdsPatch(command))
    return [...call, ...patched(command, call, facts)]
  const effects = (draft.effects ?? []).map(effect => effectOf(effect, { ...context, via: draft.action }, originOf(request), facts))
  return [...call, ...effects]
}

/** @param text the words of the call that it comes from */
function effectOf(draft: Draft, context: ValueMap, text: string, facts: HostFacts): ExpandedRequest {
  const request = requestOf(draft, context, facts)
  const [expanded] = expandRequest(request, facts)
  return { ...expanded, role: 'effect', request, origin: { text, via: [], effect: originOf(request) } }
}

/** Of a member that has parts the whole is looked at by statements that deny or review only, like that of a call of its own. */
function asMember(call: Call): Call {
  const [whole, ...rest] = call
  if (whole === undefined || call.some(({ role }) => role === 'part')) return call
  return [{ ...whole, role: 'part', origin: { text: originOf(whole.request), via: [] } }, ...rest]
}

function originOf({ action, params }: Request): string {
  const main = params['file_path'] ?? params['command'] ?? params['url'] ?? params['pattern']
  return typeof main === 'string' || main instanceof AbstractString ? `${action} ${showString(main)}` : action
}

function ofRole(members: Call, role: ExpandedRequest['role']): Call {
  return members.filter(member => member.role === role)
}

const PATCHERS: readonly Value[] = ['apply_patch', 'applypatch']

/** The files of a patch that a command holds, which the platform applies itself. Relative to where the command has gone by then. */
function patched(command: string, call: Call, facts: HostFacts): Call {
  const patcher = call.find(({ request }) => PATCHERS.includes(request.params['program'] ?? null))
  const whole = call[0]?.request.context ?? {}
  const cwd = patcher?.request.params['cwd']
  const context = { ...whole, ...(cwd === undefined ? {} : { cwd }), via: 'bash.execute' }
  const drafts = draftsOfPatch(command)
  const unknown: Draft = { action: 'file.write', params: { file_path: AbstractString.of([{ hole: 'any' }]) } }
  return (drafts ?? [unknown]).map(draft => effectOf(asShell(draft), context, command, facts))
}

/** In a command a path may hold what the shell expands first. */
function asShell(draft: Draft): Draft {
  const path = draft.params['file_path']
  return typeof path === 'string' && /[$`\\]/.test(path)
    ? { ...draft, params: { ...draft.params, file_path: AbstractString.of([{ hole: 'any' }]) } }
    : draft
}
