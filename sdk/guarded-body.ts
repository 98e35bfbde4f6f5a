/** A streamed body in which nothing passes that was not decided. Text passes as the bytes it came in. */
import { dataOf, EventGatherer, eventsOf, eventText } from './server-sent-events.js'
import { bytesTell } from './telling.js'

export type Fields = Readonly<Record<string, unknown>>

/** Decides what an application may see of a stream of events; made anew for each stream. */
export interface StreamGuard {
  /** Whether nothing is withheld and nothing was changed: events that tell of no call then pass unread. */
  readonly idle: boolean
  /** The events in place of this one. */
  event(data: Fields): Promise<readonly Fields[]>
  /** The stream is over: the events in place of what is still withheld. */
  end(): Promise<readonly Fields[]>
}

/**
 * A word of every event that tells of a call: `tool_calls`, `function_call`, `function_call_arguments`, `mcp_approval_request`; or the escape in
 * which JSON could write their letters otherwise.
 */
const TELLING = /_call|_approval_request|\\u00/

export function tells(text: string): boolean {
  return TELLING.test(text)
}

/** @throws Error (from the iterator) where an event that tells of a call cannot be read */
export class GuardedBody implements AsyncIterableIterator<Uint8Array> {
  private readonly gatherer = new EventGatherer()
  private readonly decoder = new TextDecoder()
  private readonly encoder = new TextEncoder()
  private over = false

  constructor(
    private readonly source: AsyncIterator<Uint8Array>,
    private readonly guard: StreamGuard,
  ) {}

  [Symbol.asyncIterator](): this {
    return this
  }

  next(): Promise<IteratorResult<Uint8Array>> {
    return this.over ? Promise.resolve({ done: true, value: undefined }) : this.source.next().then(this.received)
  }

  async return(): Promise<IteratorResult<Uint8Array>> {
    this.over = true
    await this.source.return?.()
    return { done: true, value: undefined }
  }

  /** Whole events that tell of nothing are passed on as they are, without another promise. */
  private readonly received = (read: IteratorResult<Uint8Array>): IteratorResult<Uint8Array> | Promise<IteratorResult<Uint8Array>> => {
    if (read.done === true) return this.ended()
    const whole = this.gatherer.push(read.value)
    if (whole === undefined) return this.next()
    if (this.guard.idle && !bytesTell(whole, TELLING)) return whole === read.value ? read : { done: false, value: whole }
    return this.passed(this.decoder.decode(whole))
  }

  private async ended(): Promise<IteratorResult<Uint8Array>> {
    this.over = true
    const rest = this.decoder.decode(this.gatherer.rest())
    const text = (await this.guarded(rest)) + (await this.guard.end()).map(eventText).join('')
    return text === '' ? { done: true, value: undefined } : { done: false, value: this.encoder.encode(text) }
  }

  private async passed(text: string): Promise<IteratorResult<Uint8Array>> {
    const passing = await this.guarded(text)
    return passing === '' ? this.next() : { done: false, value: this.encoder.encode(passing) }
  }

  private async guarded(text: string): Promise<string> {
    let passing = ''
    for (const event of eventsOf(text)) passing += this.guard.idle && !tells(event) ? event : await this.instead(event)
    return passing
  }

  private async instead(event: string): Promise<string> {
    const data = dataOf(event)
    if (data === '') {
      if (tells(event)) throw new Error('what tells of a call is no event of a stream')
      return event
    }
    if (data.startsWith('[DONE]')) return (await this.guard.end()).map(eventText).join('') + event
    const fields = fieldsOf(data)
    const passing = await this.guard.event(fields)
    return passing.map(each => (each === fields ? event : eventText(each))).join('')
  }
}

function fieldsOf(data: string): Fields {
  const value: unknown = JSON.parse(data)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('an event of the stream is no map')
  return value as Fields // JSON has no other objects
}
