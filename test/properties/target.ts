/** A property that holds of everything that its generator can draw: tried in the ordinary tests, and for as long as one likes by the fuzzer. */
import fc from 'fast-check'
import { decode, encode } from '../arbitrary/call-json.js'

export interface Target {
  readonly name: string
  /** What of agsec it is about: paths. */
  readonly component: string
  /** The property in one sentence. */
  readonly says: string
  /** How often the ordinary tests try it; zero where another test of theirs does. */
  readonly runs: number
  /** Why it cannot be tried on this machine; undefined where it can. */
  readonly missing?: () => string | undefined
  /** Throws where a drawn case contradicts the property. */
  readonly property: fc.IPropertyWithHooks<[unknown]>
  /** A case as JSON, and the same case tried again. */
  encode(found: unknown): unknown
  replay(encoded: unknown): void
}

export interface Description<Case> extends Pick<Target, 'name' | 'component' | 'says' | 'runs'> {
  /** Cases are plain data: JSON values, the numbers that JSON lacks, strings known only in part. */
  readonly cases: fc.Arbitrary<Case>
  readonly check: (one: Case) => void
}

export function target<Case>({ cases, check, ...words }: Description<Case>): Target {
  return {
    ...words,
    property: fc.property<[unknown]>(cases, one => check(one as Case)), // drawn from `cases`
    encode,
    replay: encoded => check(decode(encoded) as Case), // what `encode` made of a case
  }
}
