/** Rows of a folder of corpora: JSON lines, read whole; what is not there is said. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Event } from '../../test/superset/event.js'

/** The rows of all files, as far as their keys are used here. */
export interface Row {
  readonly command: string
  readonly source?: string
  /** `attack.jsonl`: whether the claimed effect was seen, and what the row is. */
  readonly verified?: boolean
  readonly class?: string
  readonly effect?: string
  readonly technique?: string
  /** `guards.jsonl`: what the guards agree on. */
  readonly expect?: string
  readonly category?: string
  /** `syntax.jsonl`: the verdict of `bash -n`, with `extglob` too, and whether it only warned of a here-document without an end. */
  readonly bash_n?: boolean
  readonly bash_n_extglob?: boolean
  readonly heredoc_eof_warning?: boolean
  /** `runs/`. */
  readonly events?: readonly Event[]
  readonly probe_executed?: boolean
  readonly argv?: readonly string[] | null
  /** `requests/`: a whole input of the hook. */
  readonly platform_input?: unknown
  readonly should?: string
}

export class Corpora {
  /** Files that a measure asked for and that are not there. */
  readonly missing = new Set<string>()
  private readonly read = new Map<string, readonly Row[]>()

  /** @param sample at most so many rows of a file, spread over it */
  constructor(
    private readonly folder: string,
    private readonly sample: number,
  ) {}

  rows(name: string): readonly Row[] {
    const known = this.read.get(name)
    if (known !== undefined) return known
    const rows = this.load(name)
    this.read.set(name, rows)
    return rows
  }

  private load(name: string): readonly Row[] {
    const file = join(this.folder, name)
    if (!existsSync(file)) {
      this.missing.add(name)
      return []
    }
    const lines = readFileSync(file, 'utf8')
      .split('\n')
      .filter(line => line !== '')
    const step = Math.max(1, lines.length / this.sample)
    return Array.from({ length: Math.floor(lines.length / step) }, (_, i) => JSON.parse(lines[Math.floor(i * step)] ?? '{}') as Row) // the files' format
  }
}
