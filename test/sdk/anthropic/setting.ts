/** What the tests of the Anthropic client share: the package, the scripted server, guards, and requests. */
import type * as AnthropicPackage from '@anthropic-ai/sdk'
import { protect } from '../../../sdk/anthropic.js'
import { allow, createGuard, deny, type Guard, type GuardOptions, param, review } from '../../../sdk/index.js'
import { loadPackage } from '../support/load-package.js'
import { startModelServer } from '../support/model-server.js'
import { call } from './answers.js'
import { after } from '../support/test.js'

// What is installed is loaded by its path, which has no types of its own: those of this repository's release.
export const { default: Anthropic } = (await loadPackage('@anthropic-ai/sdk')) as typeof AnthropicPackage

export const server = await startModelServer()
after(() => server.close())

export const plain = new Anthropic({ apiKey: 'k', baseURL: server.url, maxRetries: 1 })

export const RULES = [
  allow('weather', 'bash.execute', 'file.read'),
  deny('mail').because('mail is not for agents').instead('write a draft instead').named('no-mail'),
  deny('bash.execute').when(param('command').contains('rm -rf')).because('nothing is removed'),
  review('pay').because('money is at stake'),
]

export const decided: string[] = []

/** Notes the tools that a person is asked about, and says yes to all but those of 1000 and more. */
export const guard = guardWith({
  rules: RULES,
  onReview: ({ tool, params }) => {
    decided.push(tool)
    return Number(params.amount) < 1000
  },
})

export function guardWith(options: GuardOptions): Guard {
  return createGuard(options)
}

export const client = protect(plain, guard)

export const BODY = { model: 'm', max_tokens: 99, messages: [{ role: 'user' as const, content: 'go' }] }

export const WEATHER = call('weather', { city: 'Oslo' })
export const MAIL = call('mail', { to: 'x@example.org' })
export const PAY = call('pay', { amount: 5 })
export const PAY_MUCH = call('pay', { amount: 5000 })

interface Block {
  readonly type: string
}

/** Blocks in short: `text:hello`, `weather {"city":"Oslo"}`. */
export function told(content: readonly Block[]): readonly string[] {
  return content.map(block => {
    if ('text' in block) return `text:${String(block.text)}`
    if ('name' in block && 'input' in block) return `${String(block.name)} ${JSON.stringify(block.input)}`
    return block.type
  })
}

/** What stands in the place of a call of `mail`. */
export const NO_MAIL = 'text:[agsec] mail is not for agents. (no-mail, rules:2) write a draft instead'
