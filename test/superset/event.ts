/** Recorded runs, as `runs/*.jsonl` hold them and the fuzzer's sandbox makes them. */
import type { Event } from '../../cli/fuzz/event.js'

export type { Event }

export interface Run {
  readonly command: string
  readonly events: readonly Event[]
}
