/** A peer as the process that an agent would start for every call: policy file and call in, status out. */
import { readFileSync } from 'node:fs'
import type { Peer } from './peer.js'

/** The statuses of our own hook, so that a wrong answer is seen. */
const STATUS = { allow: 10, review: 11, deny: 2 } as const

export async function runAsHook(peer: Peer): Promise<void> {
  const { tool_input: params, ...context } = JSON.parse(readFileSync(0, 'utf8'))
  const decide = await peer.load(readFileSync(process.argv[2] ?? ''))
  process.exitCode = STATUS[await decide({ action: 'bash.execute', params, context })]
}
