/** Commands are short: most of what an engine optimises for them is never run again. */
import { setFlagsFromString } from 'node:v8'

interface Waiting {
  readonly flag: string
  readonly late: number
  /** Of that version by itself. */
  readonly usual: number
}

/** How long a function runs before it is optimised, by the version of V8: Node 20, Node 22. Newer ones wait by themselves. */
const WAITING: { readonly [version: string]: Waiting } = {
  11.3: { flag: '--interrupt-budget', late: 800_000, usual: 67_584 },
  12.4: { flag: '--invocation-count-for-turbofan', late: 20_000, usual: 3000 },
}

/** Compiling policies takes up to a third less of the processor; what runs for long is optimised a moment later. */
export function optimiseLate(): void {
  wait('late')
}

/** For a command that goes on and on: that it is optimised late made a stream a third slower. */
export function optimiseAsUsual(): void {
  wait('usual')
}

function wait(how: 'late' | 'usual'): void {
  const { v8, bun } = process.versions
  const waiting = WAITING[/^\d+\.\d+/.exec(v8)?.[0] ?? '']
  // Bun says the version of a V8 that it does not have.
  if (waiting !== undefined && bun === undefined) setFlagsFromString(`${waiting.flag}=${waiting[how]}`)
}
