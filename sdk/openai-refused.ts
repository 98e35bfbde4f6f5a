/**
 * The items that were refused, for the requests that follow: the provider keeps the conversation and knows of the call, so that it waits for a
 * result; an application that keeps it hands back the message that stood in the call's place. In both, the model gets its call back with the
 * refusal as its result.
 */
import type { Fields } from './guarded-body.js'
import { fieldsAt, listAt, textAt } from './openai-calls.js'
import { resultOf } from './openai-items.js'

export interface RefusedItem {
  readonly item: Fields
  /** What the model is told. */
  readonly text: string
  /** The id of the message in its place. */
  readonly substitute: string
  readonly response: string | undefined
  readonly conversation: string | undefined
}

/** Older ones are forgotten: their conversations then go on as the application tells them. */
const MOST = 1000

export class RefusedItems {
  private items: RefusedItem[] = []

  remember(item: RefusedItem): void {
    this.items = [...this.items.filter(({ substitute }) => substitute !== item.substitute), item].slice(-MOST)
  }

  /** The request's body with the results of refused calls; the same text where there is none. */
  told(body: string): string {
    if (this.items.length === 0 || !/"(previous_response_id|conversation|input)":/.test(body)) return body
    const request: unknown = JSON.parse(body)
    if (typeof request !== 'object' || request === null || !('input' in request)) return body
    const input = this.inputOf({ ...request })
    return input === undefined ? body : JSON.stringify({ ...request, input })
  }

  private inputOf(request: Fields): readonly unknown[] | undefined {
    const results = this.items.filter(item => continues(request, item) && !answers(request, item.item)).flatMap(resultsOf)
    const given = Array.isArray(request['input']) ? request['input'] : [{ role: 'user', content: request['input'] }]
    const input = [...results, ...given.flatMap((item: unknown) => this.original(item))]
    return results.length === 0 && input.length === given.length ? undefined : input
  }

  /** A message that stood in a call's place is that call again, with its result. */
  private original(item: unknown): readonly unknown[] {
    const id = typeof item === 'object' && item !== null && 'id' in item ? item.id : undefined
    const refused = id === undefined ? undefined : this.items.find(({ substitute }) => substitute === id)
    const results = refused === undefined ? [] : resultsOf(refused)
    return refused === undefined || results.length === 0 ? [item] : [refused.item, ...results]
  }
}

function continues(request: Fields, { response, conversation }: RefusedItem): boolean {
  if (response !== undefined && request['previous_response_id'] === response) return true
  const named = textAt(request, 'conversation') ?? textAt(fieldsAt(request, 'conversation') ?? {}, 'id')
  return conversation !== undefined && named === conversation
}

/** Whether the application answers the call itself, or did before. */
function answers(request: Fields, item: Fields): boolean {
  return listAt(request, 'input').some(each => each['call_id'] === item['call_id'] && each['call_id'] !== undefined && each !== item)
}

function resultsOf({ item, text }: RefusedItem): readonly Fields[] {
  const result = resultOf(item, text)
  return result === undefined ? [] : [result]
}
