/**
 * `agsec/sdk/openai`: the policy before the tools that a client of OpenAI's asks for. The guard stands where the client reads its answers, so
 * that there is no way of calling it that goes around: streams, helpers, raw bodies, retries, copies of the client.
 */
import type { Guard } from './contract.js'
import type { Fields, StreamGuard } from './guarded-body.js'
import { type AnswerGuard, guardedResponse, RefusedAnswer } from './guarded-response.js'
import { ChatStreamGuard, guardedCompletion } from './openai-chat.js'
import { fieldsAt, functionUse, listAt, refusalOf, textAt } from './openai-calls.js'
import { RefusedItems } from './openai-refused.js'
import { guardedResponseObject, ResponseStreamGuard } from './openai-responses.js'
import { askingTools } from './openai-tools.js'

const FRAMEWORK = 'openai'

/** As a client of OpenAI's takes it. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

const FETCHES = new WeakMap<Fetch, ReadonlySet<Guard>>()
const CLIENTS = new WeakMap<object, Set<Guard>>()

/**
 * The client behind the guard: the same one, or a copy where it is frozen. Calls that the guard refuses never reach the application; the model
 * reads why in the answer, or as the result of the call where the protocol has a place for it (`runTools`, and conversations of responses).
 * By the same guard a client is guarded once; by another one both decide.
 * @param client an `OpenAI` or `AzureOpenAI`, or one of a class of its own made from them
 * @throws TypeError where the object is no such client, or is frozen and cannot be copied
 */
export function protect<Client extends object>(client: Client, guard: Guard): Client {
  const guarded = withFetch(client, guardedFetch(fetchOf(client), guard))
  const guards = CLIENTS.get(guarded) ?? new Set()
  if (!guards.has(guard)) guardHelpers(guarded, guard)
  CLIENTS.set(guarded, guards.add(guard))
  return guarded
}

/** The same for whatever takes a `fetch` and speaks OpenAI's protocols: `new OpenAI({ fetch: guardedFetch(fetch, guard) })`. */
export function guardedFetch(fetch: Fetch, guard: Guard): Fetch {
  const guards = FETCHES.get(fetch) ?? new Set()
  if (guards.has(guard)) return fetch
  const refused = new RefusedItems()
  const guarded: Fetch = async (input, init) => {
    const request = requestOf(init, guard, refused)
    const settings = { guard, framework: FRAMEWORK, refused, asking: request.asking, structured: request.structured }
    return guardedResponse(await fetch(input, request.init), answerGuard(settings), asksForFile(input, init))
  }
  FETCHES.set(guarded, new Set([...guards, guard]))
  return guarded
}

/** Answers of models are asked for by `POST`, or read again by `GET` as JSON or, where the address says so, as a stream. */
function asksForFile(input: string | URL | Request, init: RequestInit | undefined): boolean {
  const [url, method] = typeof input === 'object' && 'url' in input ? [input.url, input.method] : [String(input), 'GET']
  return (init?.method ?? method).toUpperCase() === 'GET' && !/[?&]stream=true\b/.test(url)
}

type Settings = Parameters<typeof guardedCompletion>[1] & Parameters<typeof guardedResponseObject>[1]

function fetchOf(client: object): Fetch {
  if (!('fetch' in client) || typeof client.fetch !== 'function') throw new TypeError('expected a client of the `openai` package')
  return client.fetch as Fetch // every client has had it with this type, private though it is
}

function withFetch<Client extends object>(client: Client, fetch: Fetch): Client {
  if (Reflect.get(client, 'fetch') === fetch || Reflect.set(client, 'fetch', fetch)) return client
  const copied: unknown = 'withOptions' in client && typeof client.withOptions === 'function' ? client.withOptions({ fetch }) : undefined
  if (typeof copied === 'object' && copied !== null && Reflect.get(copied, 'fetch') === fetch) return copied as Client // of the same class
  throw new TypeError('the client is frozen and cannot be copied: give its constructor `fetch: guardedFetch(fetch, guard)`')
}

/** Copies of the client are guarded as it is, and functions that the client calls by itself ask the guard. */
function guardHelpers(client: object, guard: Guard): void {
  replace(client, 'withOptions', original => options => protect(Object(Reflect.apply(original, client, [options])), guard))
  const beta = objectAt(client, 'beta')
  for (const chat of [objectAt(client, 'chat'), beta && objectAt(beta, 'chat')]) {
    const completions = chat && objectAt(chat, 'completions')
    if (completions !== undefined) guardRunTools(completions, guard)
  }
}

function guardRunTools(completions: object, guard: Guard): void {
  replace(completions, 'runTools', original => (body, options) => {
    const asking = askingTools(body, guard, FRAMEWORK)
    const headers = { ...objectAt(Object(options), 'headers'), [askingHeader(guard)]: encodeURIComponent(JSON.stringify(asking.names)) }
    return Reflect.apply(original, completions, [asking.body, { ...Object(options), headers }])
  })
}

type Method = (...args: unknown[]) => unknown

/** What is frozen keeps its own method: the answers that it reads are guarded all the same. */
function replace(holder: object, name: string, method: (original: Method) => Method): void {
  const original: unknown = Reflect.get(holder, name)
  if (typeof original === 'function') Reflect.set(holder, name, method(original as Method))
}

function objectAt(holder: object, key: string): object | undefined {
  const value: unknown = Reflect.get(holder, key)
  return typeof value === 'object' && value !== null ? value : undefined
}

const HEADERS = new WeakMap<Guard, string>()

/** Tells the guard of the answers which tools ask by themselves; it never leaves the process, and nothing outside knows its name. */
function askingHeader(guard: Guard): string {
  const header = HEADERS.get(guard) ?? `x-agsec-asking-${crypto.randomUUID()}`
  HEADERS.set(guard, header)
  return header
}

interface GuardedRequest {
  readonly init: RequestInit | undefined
  readonly asking: ReadonlySet<string>
  readonly structured: boolean
}

function requestOf(init: RequestInit | undefined, guard: Guard, refused: RefusedItems): GuardedRequest {
  const text = typeof init?.body === 'string' ? init.body : ''
  const body = text === '' ? text : refused.told(text)
  const headers = new Headers(init?.headers)
  const names = headers.get(askingHeader(guard))
  const asking = new Set<string>(names === null ? [] : JSON.parse(decodeURIComponent(names)))
  const structured = /"response_format"\s*:|"format"\s*:\s*\{/.test(text)
  if (names === null && body === text) return { init, asking, structured }
  headers.delete(askingHeader(guard))
  // Of the body before.
  if (body !== text) headers.delete('content-length')
  return { init: { ...init, headers, ...(text === '' ? {} : { body }) }, asking, structured }
}

function answerGuard(settings: Settings): AnswerGuard {
  return { whole: body => guardedAnswer(body, settings), stream: () => new AnswerStreamGuard(settings) }
}

/** What an answer is, is told by what it has: providers with the same protocol have other paths. */
async function guardedAnswer(body: Fields, settings: Settings): Promise<Fields> {
  if (Array.isArray(body['choices'])) return guardedCompletion(body, settings)
  if (Array.isArray(body['output'])) return guardedResponseObject(body, settings)
  if (fieldsAt(body, 'required_action') !== undefined) await refuseRun(body, settings)
  return Array.isArray(body['data']) ? guardedList(body, settings) : body
}

/** A page of answers that were stored. */
async function guardedList(body: Fields, settings: Settings): Promise<Fields> {
  const before = listAt(body, 'data')
  const data = await Promise.all(before.map(each => guardedAnswer(each, settings)))
  return data.every((each, at) => each === before[at]) ? body : { ...body, data }
}

/**
 * A run of an assistant waits for the results of all its calls at once, so that none can be taken out: one that is refused refuses the run.
 * @throws RefusedAnswer
 */
async function refuseRun(run: Fields, { guard, framework }: Settings): Promise<void> {
  const outputs = fieldsAt(fieldsAt(run, 'required_action') ?? {}, 'submit_tool_outputs') ?? {}
  for (const call of listAt(outputs, 'tool_calls')) {
    const named = fieldsAt(call, 'function')
    const refusal = await refusalOf(guard, framework, { uses: named === undefined ? [] : [functionUse(named)], id: textAt(call, 'id') })
    if (refusal !== undefined) throw new RefusedAnswer(refusal)
  }
}

/** One stream has one protocol; which, its events tell. */
class AnswerStreamGuard implements StreamGuard {
  private readonly chat: ChatStreamGuard
  private readonly responses: ResponseStreamGuard

  constructor(private readonly settings: Settings) {
    this.chat = new ChatStreamGuard(settings)
    this.responses = new ResponseStreamGuard(settings)
  }

  get idle(): boolean {
    return this.chat.idle && this.responses.idle
  }

  async event(event: Fields): Promise<readonly Fields[]> {
    if (Array.isArray(event['choices'])) return this.chat.event(event)
    if (textAt(event, 'type')?.startsWith('response.') === true) return this.responses.event(event)
    if (fieldsAt(event, 'required_action') !== undefined) await refuseRun(event, this.settings)
    return [event]
  }

  async end(): Promise<readonly Fields[]> {
    return [...(await this.chat.end()), ...(await this.responses.end())]
  }
}
