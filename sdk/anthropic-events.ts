/**
 * The events of a streamed message (docs.claude.com, "Streaming messages"). Everything passes as it comes but for the `tool_use` blocks: each is
 * withheld until its arguments are complete and decided, then passes whole, or as a block of text of the same index that says why not.
 *
 *   message_start · (content_block_start · content_block_delta* · content_block_stop)* · message_delta · message_stop, and `ping` anywhere
 */
import type { Passage, Piece } from './anthropic-body.js'
import { type Decide, gateMessage, isCutOff, isMap, isToolUse, parseJson, stopReason, type Tally } from './anthropic-message.js'
import type { Value, ValueMap, Verdict } from './contract.js'
import { EventGatherer } from './server-sent-events.js'
import { bytesTell } from './telling.js'

interface StreamEvent {
  /** As it is sent on: its lines, and the empty one. */
  readonly text: string
  readonly data: ValueMap
}

/** A `tool_use` block that is not decided yet. */
interface Held {
  readonly index: Value | undefined
  readonly block: ValueMap
  readonly texts: string[]
  json: string
  stopped: boolean
}

/** Splits text into server-sent events as the client does, so that both see the same, and hands them to a gate. */
export class EventStream implements Passage {
  readonly #gatherer = new EventGatherer()
  #rest = ''
  #lines: string[] = []
  readonly #gate: EventGate

  constructor(decide: Decide) {
    this.#gate = new EventGate(decide)
  }

  /** Whole events. */
  gather(bytes: Uint8Array): Uint8Array | undefined {
    return this.#gatherer.push(bytes)
  }

  /** Events without a word of a call, while there is no call to think of. */
  passes(bytes: Uint8Array): boolean {
    return this.#rest === '' && this.#lines.length === 0 && this.#gate.idle && !bytesTell(bytes, TELLING)
  }

  *push(text: string): Iterable<Piece> {
    if (!/[\r\n]/.test(text) && !this.#rest.endsWith('\r')) {
      this.#rest += text
      return
    }
    // Whether a carriage return ends a line alone is known by what follows it.
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/)
    this.#rest = lines.pop() ?? ''
    for (const line of lines) yield* this.#line(line)
  }

  *end(): Iterable<Piece> {
    yield* this.push(new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.#gatherer.rest()))
    if (this.#rest !== '') yield* this.#line(this.#rest.replace(/\r$/, ''))
    yield* this.#line('')
  }

  *#line(written: string): Iterable<Piece> {
    // To the client a line of nothing but such a mark ends an event too.
    const line = written.replace(/^\uFEFF/, '')
    if (line !== '') this.#lines.push(line)
    else if (this.#lines.length > 0) {
      const event = eventOf(this.#lines)
      this.#lines = []
      yield* this.#gate.accept(event)
    }
  }
}

/** A word of every event that is about a call, or the escape in which JSON could write its letters otherwise. */
const TELLING = /tool_use|\\u00/

function eventOf(lines: readonly string[]): StreamEvent {
  const texts = lines.filter(line => line.startsWith('data:')).map(line => line.slice(line.startsWith('data: ') ? 6 : 5))
  const data = parseJson(texts.join('\n'))
  return { text: `${lines.join('\n')}\n\n`, data: isMap(data) ? data : {} }
}

function written(data: ValueMap & { readonly type: string }): string {
  return `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`
}

/** The state of one streamed message. At most one block is held; blocks that start after it wait for it, since their order is their number. */
class EventGate {
  #held: Held | undefined
  #behind: StreamEvent[] = []
  readonly #decided = new Set<Value | undefined>()
  readonly #tally: Tally = { allowed: 0, refused: 0 }

  constructor(readonly decide: Decide) {}

  /** Whether there is nothing that a later event could be about. */
  get idle(): boolean {
    return this.#held === undefined && this.#decided.size === 0
  }

  *accept(event: StreamEvent): Iterable<Piece> {
    const held = this.#held
    const { type, index } = event.data
    if (held === undefined || type === 'ping') yield* this.#pass(event)
    else if (held.stopped || type === 'message_delta' || type === 'message_stop') {
      // Without a single piece of arguments nothing but what follows tells whether there are none or none arrived.
      yield* this.#settle(held, !held.stopped || isCutOff(stopOf(event.data)))
      yield* this.accept(event)
    } else if (type === 'content_block_start' || this.#waits(index)) this.#behind.push(event)
    else if (index === held.index && index !== undefined) yield* this.#hold(held, event)
    else yield* this.#pass(event)
  }

  #waits(index: Value | undefined): boolean {
    return this.#behind.some(({ data }) => data.index === index)
  }

  *#pass(event: StreamEvent): Iterable<Piece> {
    const { type, index, content_block: block } = event.data
    if (type === 'content_block_start') {
      this.#decided.delete(index)
      if (isToolUse(block)) this.#held = { index, block, texts: [event.text], json: '', stopped: false }
      else yield event.text
    } else if (type === 'message_start') yield this.#started(event)
    else if (type === 'message_delta') yield this.#withStopReason(event)
    // More of a block that has been decided would change what was decided.
    else if (index === undefined || !this.#decided.has(index)) yield event.text
  }

  /** A message may start with blocks in it. */
  #started({ text, data }: StreamEvent): Piece {
    const { message } = data
    if (!isMap(message) || !Array.isArray(message.content) || message.content.length === 0) return text
    return gateMessage(message, this.decide).then(gated =>
      gated === message ? text : written({ ...data, type: 'message_start', message: gated }),
    )
  }

  *#hold(held: Held, { text, data }: StreamEvent): Iterable<Piece> {
    held.texts.push(text)
    if (isMap(data.delta) && typeof data.delta.partial_json === 'string') held.json += data.delta.partial_json
    held.stopped = data.type === 'content_block_stop'
    if (held.stopped && held.json !== '') yield* this.#settle(held, false)
  }

  *#settle(held: Held, cut: boolean): Iterable<Piece> {
    this.#held = undefined
    this.#decided.add(held.index)
    const verdict = this.decide(held.block, held.json !== '' || cut ? held.json : (held.block.input ?? {}))
    yield verdict instanceof Promise ? verdict.then(settled => this.#said(held, settled)) : this.#said(held, verdict)
    const behind = this.#behind
    this.#behind = []
    for (const event of behind) yield* this.accept(event)
  }

  #said({ index, texts, stopped }: Held, verdict: Verdict): string {
    this.#tally[verdict.kind]++
    const stop = written({ type: 'content_block_stop', index: index ?? null })
    if (verdict.kind === 'allowed') return texts.join('') + (stopped ? '' : stop)
    return refusal(index ?? null, verdict.message) + stop
  }

  #withStopReason({ text, data }: StreamEvent): string {
    const reason = stopReason(stopOf(data), this.#tally)
    if (!isMap(data.delta) || reason === (data.delta.stop_reason ?? null)) return text
    return written({ ...data, type: 'message_delta', delta: { ...data.delta, stop_reason: reason } })
  }
}

function stopOf({ delta }: ValueMap): Value | undefined {
  return isMap(delta) ? delta.stop_reason : undefined
}

function refusal(index: Value, text: string): string {
  const start = { type: 'content_block_start', index, content_block: { type: 'text', text: '' } }
  return written(start) + written({ type: 'content_block_delta', index, delta: { type: 'text_delta', text } })
}
