/** Commands are short: most of what an engine optimises for them is never run again. */
import { setFlagsFromString } from 'node:v8'

/** How much longer than usual a function runs before it is optimised, by the version of V8: Node 20, Node 22. Newer ones wait by themselves. */
const FLAGS: { readonly [version: string]: string } = {
  11.3: '--interrupt-budget=800000',
  12.4: '--invocation-count-for-turbofan=20000',
}

/** Compiling policies takes up to a third less of the processor; what runs for long is optimised a moment later. */
export function optimiseLate(): void {
  const { v8, bun } = process.versions
  const flag = FLAGS[/^\d+\.\d+/.exec(v8)?.[0] ?? '']
  // Bun says the version of a V8 that it does not have.
  if (flag !== undefined && bun === undefined) setFlagsFromString(flag)
}
