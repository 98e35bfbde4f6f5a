/**
 * Responses, whole and streamed: https://platform.openai.com/docs/api-reference/responses. An item that asks for something to be run here is
 * withheld until it is complete; a refused one becomes a message of the model in the same place.
 */
import type { Guard } from './contract.js'
import type { Fields, StreamGuard } from './guarded-body.js'
import { fieldsAt, listAt, refusalOf, textAt } from './openai-calls.js'
import { askedOf, isHosted } from './openai-items.js'
import type { RefusedItems } from './openai-refused.js'

export interface ResponseSettings {
  readonly guard: Guard
  readonly framework: string
  readonly refused: RefusedItems
  /** The application reads the text as JSON: what the model is told of a refusal is then a `refusal` and no `output_text`. */
  readonly structured: boolean
}

/** What stands in place of each item that was refused, by place. */
type Replaced = ReadonlyMap<number, Fields>

/** A whole response; the same object where no item is refused. */
export async function guardedResponseObject(response: Fields, settings: ResponseSettings, known: Replaced = new Map()): Promise<Fields> {
  const before = listAt(response, 'output')
  const output = await Promise.all(before.map(async (item, at) => known.get(at) ?? guardedItem(item, settings, idOf(response))))
  if (output.every((item, at) => item === before[at])) return response
  return { ...response, output, ...('output_text' in response ? { output_text: outputText(output) } : {}) }
}

interface Ids {
  readonly response: string | undefined
  readonly conversation: string | undefined
}

function idOf(response: Fields): Ids {
  const conversation = fieldsAt(response, 'conversation')
  return { response: textAt(response, 'id'), conversation: conversation && textAt(conversation, 'id') }
}

async function guardedItem(item: Fields, settings: ResponseSettings, ids: Ids): Promise<Fields> {
  const asked = askedOf(item)
  if (asked === undefined) return item
  const text = await refusalOf(settings.guard, settings.framework, asked)
  if (text === undefined) return item
  const message = messageItem(item, text, settings.structured)
  settings.refused.remember({ item, text, substitute: textAt(message, 'id') ?? '', ...ids })
  return message
}

function messageItem(item: Fields, text: string, structured: boolean): Fields {
  const id = `msg_${textAt(item, 'id') ?? textAt(item, 'call_id') ?? ''}`
  return { id, type: 'message', role: 'assistant', status: 'completed', content: [part(text, structured)] }
}

function part(text: string, structured: boolean): Fields {
  return structured ? { type: 'refusal', refusal: text } : { type: 'output_text', text, annotations: [], logprobs: [] }
}

function outputText(output: readonly Fields[]): string {
  const parts = output.filter(item => item['type'] === 'message').flatMap(item => listAt(item, 'content'))
  return parts.map(each => (each['type'] === 'output_text' ? (textAt(each, 'text') ?? '') : '')).join('')
}

/** A stream of events. Those of an item that has to be decided are withheld until it is done. */
export class ResponseStreamGuard implements StreamGuard {
  private readonly held = new Map<unknown, Fields[]>()
  private readonly replaced = new Map<number, Fields>()
  /** What was asked about each item that was allowed: should the end of the stream tell it otherwise, it is asked again. */
  private readonly allowed = new Map<number, string>()
  private ids: Ids = { response: undefined, conversation: undefined }
  private last = -1

  constructor(private readonly settings: ResponseSettings) {}

  /** After a refusal the numbers of the events are others. */
  get idle(): boolean {
    return this.held.size === 0 && this.replaced.size === 0
  }

  async event(event: Fields): Promise<readonly Fields[]> {
    return this.numbered(await this.instead(event))
  }

  /** What is withheld at the end of the stream was never complete. */
  end(): Promise<readonly Fields[]> {
    this.held.clear()
    return Promise.resolve([])
  }

  private async instead(event: Fields): Promise<readonly Fields[]> {
    const response = fieldsAt(event, 'response')
    if (response !== undefined) return [await this.guardedState(event, response)]
    const index = event['output_index']
    const item = fieldsAt(event, 'item')
    if (event['type'] === 'response.output_item.done' && item !== undefined) return this.settle(event, item)
    const isCall = this.held.has(index) || (item === undefined ? isOfCall(event) : askedOf(item) !== undefined)
    return isCall ? this.withhold(index, event) : [event]
  }

  private withhold(index: unknown, event: Fields): readonly Fields[] {
    if (this.held.size === 0) this.last = Math.max(this.last, numberOf(event) - 1)
    this.held.set(index, [...(this.held.get(index) ?? []), event])
    return []
  }

  /** An event that carries the whole response, as it was and as it is: items that were decided are as they were decided. */
  private async guardedState(event: Fields, response: Fields): Promise<Fields> {
    this.ids = idOf(response)
    const output = [...listAt(response, 'output').entries()]
    const known = output.filter(([at, item]) => this.allowed.get(at) === wordsOf(item))
    const guarded = await guardedResponseObject(response, this.settings, new Map([...known, ...this.replaced]))
    return guarded === response ? event : { ...event, response: guarded }
  }

  private async settle(event: Fields, item: Fields): Promise<readonly Fields[]> {
    const index = event['output_index']
    const before = this.held.get(index) ?? []
    const guarded = await guardedItem(item, this.settings, this.ids)
    this.held.delete(index)
    const at = typeof index === 'number' ? index : -1
    if (guarded !== item) this.replaced.set(at, guarded)
    else this.allowed.set(at, wordsOf(item))
    return guarded === item ? [...before, event] : messageEvents(event, guarded)
  }

  /** Events keep their numbers until some are replaced; from then on they rise from those before. */
  private numbered(events: readonly Fields[]): readonly Fields[] {
    return events.map(event => {
      if (typeof event['sequence_number'] !== 'number') return event
      this.last = this.replaced.size === 0 ? numberOf(event) : this.last + 1
      return this.last === event['sequence_number'] ? event : { ...event, sequence_number: this.last }
    })
  }
}

function numberOf(event: Fields): number {
  const number = event['sequence_number']
  return typeof number === 'number' ? number : 0
}

function wordsOf(item: Fields): string {
  return JSON.stringify(askedOf(item)?.uses ?? [])
}

/** Deltas of a call that is run here, announced or not. */
function isOfCall(event: Fields): boolean {
  const [, kind] = /^response\.(\w*_call)_/.exec(textAt(event, 'type') ?? '') ?? []
  return kind !== undefined && !isHosted(kind)
}

/** The events of a message, complete in one delta. */
function messageEvents(done: Fields, item: Fields): readonly Fields[] {
  const { output_index, sequence_number } = done
  const [content = {}] = listAt(item, 'content')
  const [kind, field] = content['type'] === 'refusal' ? (['refusal', 'refusal'] as const) : (['output_text', 'text'] as const)
  const text = textAt(content, field) ?? ''
  const at = { item_id: item['id'], output_index, content_index: 0, sequence_number }
  const logprobs = kind === 'output_text' ? { logprobs: [] } : {}
  return [
    { type: 'response.output_item.added', output_index, sequence_number, item: { ...item, status: 'in_progress', content: [] } },
    { type: 'response.content_part.added', ...at, part: { ...content, [field]: '' } },
    { type: `response.${kind}.delta`, ...at, delta: text, ...logprobs },
    { type: `response.${kind}.done`, ...at, [field]: text, ...logprobs },
    { type: 'response.content_part.done', ...at, part: content },
    { type: 'response.output_item.done', output_index, sequence_number, item },
  ]
}
