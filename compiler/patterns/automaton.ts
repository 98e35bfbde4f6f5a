/** A minimal deterministic automaton over code points, as the pattern compiler makes it and the table encoder takes it. */

/** An inclusive range of code points, unpaired surrogates being ordinary ones. */
export interface CodePointRange {
  readonly from: number
  readonly to: number
}

export interface Automaton {
  /**
   * The alphabet, split into classes of code points that no transition tells apart; together they hold 0 to 0x10FFFF, each
   * class's ranges ascending and not touching, classes ordered by their smallest code point.
   */
  readonly classes: readonly (readonly CodePointRange[])[]
  readonly stateCount: number
  /** State 0 is the start. `transitions[state * classes.length + class]` is the next state. */
  readonly transitions: Uint32Array
  /** 1 where the string read so far is matched (for a search: once matched, always matched). */
  readonly accepting: Uint8Array
}
