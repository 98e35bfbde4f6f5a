/** The generated part of docs/platforms.md: what the clients did, why, and what is known of the others. */
import { todoFor, weaknessesOf } from '../../cli/install/notes.js'
import { PLATFORM_NAMES } from '../../cli/install/detect.js'
import { AGENT_FILES, type AgentScope } from '../../compiler/protection/agent-files.js'
import type { PlatformName } from '../../runtime/agents/contract.js'
import { EXPLAINED } from './explained.js'
import { matrix, timesTable } from './matrix.js'
import type { ClientResults } from './results.js'

export const BEGIN = '<!-- generated: UPDATE=1 npm run test:agents -->\n'
export const END = '<!-- end of the generated part -->\n'

/** The page with its generated part made anew. */
export function withGenerated(page: string, results: readonly ClientResults[]): string {
  const [before = '', rest = ''] = page.split(BEGIN)
  return before + BEGIN + generated(results) + END + (rest.split(END)[1] ?? '')
}

function generated(results: readonly ClientResults[]): string {
  const parts = [
    '## The fault matrix\n',
    matrix(results),
    '### What runs in spite of the hook\n',
    explanations(results),
    '## What a call costs\n',
    'From the call of the model to its result at the model, one file written: the median of seven calls in one turn, without the hook and with it in the same run. The machine was busy with other things: the ratio says more than the milliseconds.\n',
    timesTable(results),
    '## Each agent: what is to be done, and what its hook cannot do\n',
    ...PLATFORM_NAMES.map(notesOf),
  ]
  return `\n${parts.join('\n')}\n`
}

function explanations(results: readonly ClientResults[]): string {
  const known = new Map(results.map(({ platform, product }) => [platform, product]))
  return EXPLAINED.filter(({ platforms }) => platforms.some(platform => known.has(platform)))
    .map(({ platforms, scopes, cells, why, todo }) => {
      const who = platforms.map(platform => known.get(platform) ?? platform).join(', ')
      return `- **${cells.join('; ')}** (${who}; ${scopes.join(', ')}): ${why} *What to do:* ${todo}\n`
    })
    .join('')
}

const SCOPES: readonly AgentScope[] = ['user', 'project', 'managed']

function notesOf(platform: PlatformName): string {
  const title = AGENT_FILES.find(({ name }) => name === platform)?.title ?? platform
  const todo = lines(scope => todoFor(platform, scope), 'to do')
  const limits = lines(scope => weaknessesOf(platform, scope), 'limit')
  const all = todo + limits
  return `### ${title}\n\n${all === '' ? '- nothing is known\n' : all}`
}

/** Each text once, with the scopes that it is for where it is not for all. */
function lines(of: (scope: AgentScope) => readonly string[], word: string): string {
  const texts = [...new Set(SCOPES.flatMap(of))]
  return texts
    .map(text => {
      const scopes = SCOPES.filter(scope => of(scope).includes(text))
      return `- ${word}${scopes.length === SCOPES.length ? '' : ` (${scopes.join(', ')})`}: ${text}\n`
    })
    .join('')
}
