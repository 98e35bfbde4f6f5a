/** How much is measured: the whole takes up to twenty minutes on two cores, `--quick` two, and the smallest only tells that all of it works. */

export interface Effort {
  /** Numbers of statements. */
  readonly sizes: readonly number[]
  /** Rounds of whole processes. */
  readonly coldRounds: number
  readonly warmRounds: number
  /** How long each contender runs in each round. */
  readonly warmMs: number
  /** The longest that one contender may take for one measurement. */
  readonly limitMs: number
  /** Numbers of synthetic patterns. */
  readonly patternCounts: readonly number[]
  readonly adversarialKb: readonly number[]
  /** How many of the hard patterns. */
  readonly hardPatterns: number
  /** Requests of a stream. */
  readonly streamLines: number
  /** The length of the long texts. */
  readonly longKb: number
}

export const EFFORTS = {
  full: {
    sizes: [10, 100, 1000, 10_000],
    coldRounds: 21,
    warmRounds: 7,
    warmMs: 150,
    limitMs: 90_000,
    patternCounts: [10, 100, 1000],
    adversarialKb: [10, 20, 40, 80],
    hardPatterns: 8,
    streamLines: 100_000,
    longKb: 100,
  },
  quick: {
    sizes: [10, 100, 1000],
    coldRounds: 5,
    warmRounds: 3,
    warmMs: 30,
    limitMs: 4000,
    patternCounts: [10, 100, 1000],
    adversarialKb: [10, 20],
    hardPatterns: 8,
    streamLines: 100_000,
    longKb: 100,
  },
  smallest: {
    sizes: [10],
    coldRounds: 1,
    warmRounds: 1,
    warmMs: 1,
    limitMs: 1000,
    patternCounts: [10],
    adversarialKb: [1, 2],
    hardPatterns: 1,
    streamLines: 100,
    longKb: 2,
  },
} as const satisfies Readonly<Record<string, Effort>>
