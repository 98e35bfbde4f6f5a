import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Result } from '../../runtime/decide/result.js'

/** Under the working folder: it is copied for the mutants. */
export const RECORDED = join(process.cwd(), '.mutation/recorded.json')

export interface Recorded {
  readonly encoded: readonly EncodedPolicy[]
  readonly drawn: readonly RecordedPolicy[]
  readonly smallScope: readonly RecordedPolicy[]
  readonly layered: readonly RecordedLayers[]
}

/** A policy and its table, for what the compiler does with the runtime's own functions. */
export interface EncodedPolicy {
  readonly files: readonly string[]
  /** In base64. */
  readonly table: string
}

export interface RecordedPolicy {
  /** In base64. */
  readonly table: string
  /** As `encode` writes them. */
  readonly calls: unknown
  readonly results: readonly Result[]
}

/** A policy in layers. */
export interface RecordedLayers extends RecordedPolicy {
  /** Those where only the protection and what enforces in every mode counts. */
  readonly protectedResults: readonly Result[]
}

/** What `npm run test:mutation` has written first. */
export function readRecorded(): Recorded {
  return JSON.parse(readFileSync(RECORDED, 'utf8')) as Recorded // as it was written
}
