/** Commands are short: most of what an engine optimises for them is never run again. */
import { setFlagsFromString } from 'node:v8'

/** How much longer than usual a function runs before it is optimised, by the version of Node. Newer ones wait by themselves. */
const FLAGS: { readonly [major: string]: string } = {
  20: '--interrupt-budget=800000',
  22: '--invocation-count-for-turbofan=20000',
}

/** Compiling policies takes up to a third less of the processor; what runs for long is optimised a moment later. */
export function optimiseLate(): void {
  const flag = FLAGS[process.versions.node.split('.')[0] ?? '']
  if (flag !== undefined && process.versions['bun'] === undefined) setFlagsFromString(flag)
}
