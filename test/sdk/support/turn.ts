/** What a scripted model answers, in words that no provider's protocol knows: a dialect puts them into its own. */

/** One tool call. */
export interface ScriptedCall {
  readonly name: string
  /** Exactly what the model writes: JSON, broken JSON, or the free text of a custom tool. */
  readonly arguments: string
  /** `custom` takes free text; `legacy` is the one call a message could have before tools; absent: a function. */
  readonly kind?: 'custom' | 'legacy'
  /** Absent: one made of the choice and the place of the call. */
  readonly id?: string
  /** How many characters of the arguments each event brings, in order; the rest comes with the last. Absent: 7 each. */
  readonly pieces?: readonly number[]
}

/** One alternative answer; most turns have one. */
export interface ScriptedChoice {
  readonly text?: string
  readonly calls?: readonly ScriptedCall[]
  /** `length`: the model was cut off. Absent: as the calls ask for. */
  readonly finish?: 'length'
}

/** How the bytes of a streamed answer travel. */
export interface Delivery {
  /** Written in pieces of so many bytes, whatever borders of events or characters that cuts. Absent: an event each. */
  readonly pieceBytes?: number
  /** Waited after each event. */
  readonly delayMs?: number
  /** The connection is cut after so many events. */
  readonly cutAfter?: number
  /** What the answer is called, as proxies do; empty for nothing. Absent: as it is meant. */
  readonly contentType?: string
}

export interface Turn {
  readonly choices: readonly ScriptedChoice[]
  readonly delivery?: Delivery
  /** An error status: its body is an error of the provider's, and the next turn answers the retry. */
  readonly status?: number
  /** A body to send as it stands, whatever the dialect: for items that only one provider knows. */
  readonly body?: unknown
  /** Events to stream as they stand. */
  readonly events?: readonly unknown[]
}

/** How a provider's protocol says a turn. */
export interface Dialect {
  /** Whether a request to this path speaks it. */
  readonly speaks: (path: string) => boolean
  /** The body of an answer that is not streamed. */
  readonly whole: (turn: Turn, id: string) => unknown
  /** The events of a streamed answer, each as its text on the wire. */
  readonly events: (turn: Turn, id: string) => readonly string[]
}

export function callId(choice: number, call: number, scripted: ScriptedCall): string {
  return scripted.id ?? `call_${choice}_${call}`
}

/** The arguments in the pieces that the events bring. */
export function pieces({ arguments: text, pieces: sizes }: ScriptedCall): readonly string[] {
  const cut: string[] = []
  let rest = text
  for (const size of sizes ?? Array.from({ length: Math.ceil(text.length / 7) }, () => 7)) {
    cut.push(rest.slice(0, size))
    rest = rest.slice(size)
  }
  return rest === '' ? cut : [...cut, rest]
}

/** A text as a model streams it: word by word. */
export function words(text: string | undefined): readonly string[] {
  return text === undefined ? [] : (text.match(/\S+\s*|\s+/g) ?? [])
}
