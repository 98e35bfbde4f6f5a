/** The server, the package of the release, and clients behind guards. */
import type * as OpenAIPackage from 'openai'
import { protect } from '../../../sdk/openai.js'
import { guardWith } from '../support/guards.js'
import { loadPackage } from '../support/load-package.js'
import { startModelServer } from '../support/model-server.js'
import { after } from '../support/test.js'
import type { ScriptedCall, ScriptedChoice } from '../support/turn.js'

export const server = await startModelServer()
after(() => server.close())

// What is installed is loaded by its path, which has no types of its own: those of this repository's release.
export const openai = (await loadPackage('openai')) as typeof OpenAIPackage

export type Client = InstanceType<typeof OpenAIPackage.OpenAI>

export const SETTINGS = { apiKey: 'k', baseURL: `${server.url}/v1`, timeout: 10_000 }

export function plainClient(): Client {
  return new openai.OpenAI(SETTINGS)
}

export function guardedClient(guard = guardWith()): Client {
  return protect(plainClient(), guard)
}

/** Where the release has the helpers `stream`, `parse` and `runTools`. */
export function helpersOf(client: Client): Client['chat']['completions'] {
  // Before version 5 they were elsewhere, which the types of this repository's release do not know.
  const { beta } = client as unknown as { readonly beta: { readonly chat?: { readonly completions: Client['chat']['completions'] } } }
  return 'runTools' in client.chat.completions ? client.chat.completions : (beta.chat?.completions ?? client.chat.completions)
}

export const ALLOWED: ScriptedCall = { name: 'read_note', arguments: '{"id":"n1"}' }
export const DENIED: ScriptedCall = { name: 'drop_table', arguments: '{"table":"users"}' }
export const REVIEWED: ScriptedCall = { name: 'send_money', arguments: '{"amount":500}' }
export const TRUNCATED: ScriptedCall = { name: 'read_note', arguments: '{"id":"n' }
export const SHOWN_REASON = /tables stay/

export function says(...calls: readonly ScriptedCall[]): ScriptedChoice {
  return { text: 'one two three', calls }
}
