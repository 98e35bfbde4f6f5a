/**
 * Approvals of calls that the policy puts to a person, on platforms that cannot ask one. All of it lies in agsec's home:
 *
 *   approvals/asked/<id>.jsonl          what hooks asked: one line each time, written by the hook
 *   approvals/granted/<fingerprint>.json  what a person approved: written by `agsec approve`, and by nothing else
 *   approvals/used/…                    approvals for one call, once it has run: the hook moves them here, and whoever moves one has it
 *
 * Only a call that is reviewed is looked up: what is denied cannot be approved.
 */
import type { Call, Value } from '../decide/request.js'
import { isMap, own } from '../decide/value.js'
import { fingerprint } from '../record/fingerprint.js'
import { isoTime } from '../record/iso-time.js'
import { maskSecrets } from '../record/mask-secrets.js'
import type { Host } from './host.js'
import { encodeUtf8 } from './utf8.js'

/** What a hook asked. */
export interface AskedLine {
  readonly v: 1
  readonly fingerprint: string
  /** ISO 8601, UTC. */
  readonly time: string
  readonly agent: string
  readonly cwd: string
  readonly action: string
  /** What the call is about, masked: for people. */
  readonly what: string
  readonly sid: string
  readonly reason: string
}

/** What a person approved. */
export interface Granted {
  readonly v: 1
  readonly fingerprint: string
  readonly use: 'once' | 'until'
  /** Milliseconds since 1970. */
  readonly expires: number
}

export interface Approval {
  /** What to give to `agsec approve`. */
  readonly id: string
  readonly granted: boolean
}

/** Digits of the fingerprint that people type. */
const ID_LENGTH = 10

export function idOf(fingerprint: string): string {
  return fingerprint.slice(0, ID_LENGTH)
}

export interface Review {
  readonly call: Call
  readonly sid: string | null
  readonly reason: string
}

/** Looks the call up, and notes that it was asked for where it is not approved. Undefined where neither can be done. */
export function approvalOf(review: Review, host: Host, agsecHome: string): Approval | undefined {
  const folder = `${agsecHome}/approvals`
  const print = fingerprint(review.call, { agsecHome, encode: encodeUtf8, contentOf: path => contentOf(host, path) })
  const id = idOf(print)
  if (isGranted(print, callNumber(review.call), host, folder)) return { id, granted: true }
  const line = `${JSON.stringify(askedLine(review, print, host.now()))}\n`
  return host.append(`${folder}/asked`, `${id}.jsonl`, line) ? { id, granted: false } : undefined
}

function isGranted(print: string, number: string, host: Host, folder: string): boolean {
  const path = `${folder}/granted/${print}.json`
  const used = `${folder}/used/${print}-${number}.json`
  const granted = readGranted(host, path, print)
  if (granted === undefined) return number !== '' && isSameCall(host, used, print)
  if (granted.expires <= host.now()) return false
  // The move is the one step that only one of several can take.
  return granted.use === 'until' || host.move(path, `${folder}/used`, used)
}

/** How long a platform may take to ask a second time about one call, in milliseconds. */
const ASKED_TWICE_MS = 10_000

/** A platform that asks twice about one call has its approval already. */
function isSameCall(host: Host, used: string, print: string): boolean {
  const facts = host.fileFacts(used)
  return facts !== undefined && host.now() - facts.ctimeMs < ASKED_TWICE_MS && readGranted(host, used, print)?.use === 'once'
}

/** Undefined where there is none, or it is not what `agsec approve` writes for this call. */
function readGranted(host: Host, path: string, print: string): Granted | undefined {
  try {
    const text = host.readFile(path)
    const json = text === undefined ? undefined : (JSON.parse(text) as Value) // JSON.parse gives nothing else
    return json !== undefined && isGrantedJson(json, print) ? json : undefined
  } catch {
    return undefined
  }
}

function isGrantedJson(json: Value, print: string): json is Value & Granted {
  if (!isMap(json)) return false
  const use = own(json, 'use')
  const expires = own(json, 'expires')
  return own(json, 'v') === 1 && own(json, 'fingerprint') === print && (use === 'once' || use === 'until') && typeof expires === 'number'
}

/** What the platform calls this one call, as part of a file's name; empty where it does not tell. */
function callNumber(call: Call): string {
  const context = call[0]?.request.context ?? {}
  const names = [own(context, 'session_id'), own(context, 'tool_use_id')]
  if (!names.every((name): name is string => typeof name === 'string' && name !== '')) return ''
  return names
    .join('-')
    .replace(/[^A-Za-z0-9-]/g, '_')
    .slice(-100)
}

/** The longest text that is looked at, in bytes; of a larger file its size and age stand for it. */
const LONGEST = 1024 * 1024

function contentOf(host: Host, path: string): string | undefined {
  const facts = path.startsWith('/') ? host.fileFacts(path) : undefined
  if (facts === undefined || !facts.isFile) return undefined
  const known = `${facts.size} ${facts.mtimeMs} ${facts.ctimeMs}`
  if (facts.size > LONGEST || /^\/(?:proc|sys|dev)\//.test(path)) return known
  try {
    return host.readFile(path)
  } catch {
    return known
  }
}

const SHOWN = 400

function askedLine({ call, sid, reason }: Review, print: string, nowMs: number): AskedLine {
  const whole = call[0]?.request
  const text = (value: Value | undefined) => (typeof value === 'string' ? maskSecrets(value.slice(0, SHOWN)) : '')
  const params = whole?.params ?? {}
  const main = ['command', 'file_path', 'url', 'prompt'].map(name => own(params, name)).find(value => typeof value === 'string')
  return {
    v: 1,
    fingerprint: print,
    time: isoTime(nowMs),
    agent: text(own(whole?.context ?? {}, 'agent')),
    cwd: text(own(whole?.context ?? {}, 'cwd')),
    action: whole?.action ?? '',
    what: main === undefined ? maskSecrets(JSON.stringify(params).slice(0, SHOWN)) : text(main),
    sid: sid ?? '',
    reason,
  }
}
